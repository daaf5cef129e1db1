package dev.ovsm.cli.run;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.BuildCache;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.cli.program.Imports;
import dev.ovsm.cli.program.ProgramFile;
import dev.ovsm.cli.program.ProgramId;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.runtime.account.Pubkey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a user wants to run.
 *
 * @param list empty unless all of them were found
 */
public record Programs(Outcome outcome, List<RunnableProgram> list) {
  private static final String FOLDER = "target/deploy";

  public Programs {
    list = List.copyOf(list);
  }

  /** Whether there is something to run, and what is in the way if not. */
  public enum Outcome {
    FOUND,
    /** A file cannot be read. */
    ENVIRONMENT,
    /** It is not clear which program is meant. */
    USAGE,
    /** A source does not parse or type, or a file is no program. */
    NOT_A_PROGRAM,
    /** The verifier calls something in a source unsafe. */
    UNSAFE
  }

  /**
   * Reads compiled programs, and compiles sources as one program; without files, takes what was
   * compiled last. What is wrong is added to {@code found}.
   *
   * @param programId the address asked for, or null
   */
  public static Programs find(List<String> files, @Nullable String programId, Diagnostics found) {
    List<String> names = files.isEmpty() ? compiled(found) : files;
    if (names.isEmpty()) {
      return new Programs(Outcome.USAGE, List.of());
    }
    return new Finder(programId, found).find(names);
  }

  /** Takes a compiled program as if it had been read from a file of this name. */
  public static Programs of(String file, byte[] elf, Diagnostics found) {
    Finder finder = new Finder(null, found);
    finder.add(file, file, elf);
    return finder.found();
  }

  /** The one program in the folder where compiled ones go. */
  private static List<String> compiled(Diagnostics found) {
    List<String> programs = new ArrayList<>();
    Path folder = Path.of(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.map(path -> FOLDER + "/" + path.getFileName())
            .filter(name -> name.endsWith(".so"))
            .sorted()
            .forEach(programs::add);
      } catch (IOException | UncheckedIOException e) {
        programs.clear();
      }
    }
    if (programs.isEmpty()) {
      found.add(
          Diagnostic.in(FOLDER, RunCode.NO_PROGRAM, "there is no program to run")
              .withHelp("name one, or compile one first: ovsm compile FILE"));
    } else if (programs.size() > 1) {
      found.add(
          Diagnostic.in(
                  FOLDER,
                  RunCode.SEVERAL_PROGRAMS,
                  "which of " + programs.size() + " programs is to run?")
              .withNote(String.join(", ", programs))
              .withHelp("name it: ovsm run " + programs.get(0)));
      programs.clear();
    }
    return programs;
  }

  private static final class Finder {
    private final @Nullable String programId;
    private final Diagnostics found;
    private final List<RunnableProgram> programs = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private Outcome outcome = Outcome.FOUND;

    Finder(@Nullable String programId, Diagnostics found) {
      this.programId = programId;
      this.found = found;
    }

    Programs find(List<String> names) {
      for (String name : names) {
        Optional<byte[]> bytes = InputFile.bytes(name, InputFile.MOST_PROGRAM, found);
        if (bytes.isEmpty()) {
          outcome = Outcome.ENVIRONMENT;
        } else if (ProgramFile.isMeant(name, bytes.get())) {
          add(name, name, bytes.get());
        } else {
          addSource(name, bytes.get());
        }
      }
      if (outcome == Outcome.FOUND && !sources.isEmpty()) {
        compile();
      }
      if (programId != null && programs.size() > 1 && outcome == Outcome.FOUND) {
        found.add(
            Diagnostic.in("--program-id", CommandCode.USAGE, "one address for several programs")
                .withHelp("put a keypair beside each program instead"));
        outcome = Outcome.USAGE;
      }
      return found();
    }

    Programs found() {
      return new Programs(outcome, outcome == Outcome.FOUND ? programs : List.of());
    }

    private void addSource(String name, byte[] bytes) {
      Optional<Source> source = InputFile.source(name, bytes, found);
      source.ifPresent(sources::add);
      if (source.isEmpty()) {
        outcome = Outcome.NOT_A_PROGRAM;
      }
    }

    private void compile() {
      BuildCache cache = BuildCache.here();
      String name = sources.get(0).name();
      cache
          .find(sources)
          .or(() -> made(cache))
          .ifPresent(elf -> add(name, FOLDER + "/" + InputFile.stem(name) + ".so", elf));
    }

    private Optional<byte[]> made(BuildCache cache) {
      Imports imports = new Imports();
      Diagnostics said = new Diagnostics();
      Compilation compilation = Compilation.of(sources, Compilation.Target.DEFAULT, imports, said);
      found.addAll(said.list());
      switch (compilation.outcome()) {
        case COMPILED -> {
          if (said.list().isEmpty()) {
            cache.keep(sources, imports, compilation.elf().orElseThrow());
          }
        }
        case NOT_A_PROGRAM -> outcome = Outcome.NOT_A_PROGRAM;
        case UNSAFE -> outcome = Outcome.UNSAFE;
      }
      return compilation.elf();
    }

    /** Adds a program whose keypair, if it has one, stands beside {@code place}. */
    private void add(String file, String place, byte[] elf) {
      LoaderConfig loader = LoaderConfig.autonomous();
      if (ProgramFile.load(file, elf, loader, found).isEmpty()) {
        outcome = Outcome.NOT_A_PROGRAM;
        return;
      }
      Diagnostics damage = new Diagnostics();
      Manifest manifest = new SectionReader(elf).manifest(damage).orElse(null);
      if (damage.hasErrors()) {
        found.addAll(damage.list());
        outcome = Outcome.NOT_A_PROGRAM;
        return;
      }
      String name = manifest == null ? InputFile.stem(file) : manifest.name();
      Optional<Pubkey> id = ProgramId.of(programId, Path.of(place), name, found);
      if (id.isEmpty()) {
        outcome = programId == null ? Outcome.ENVIRONMENT : Outcome.USAGE;
        return;
      }
      for (RunnableProgram other : programs) {
        if (other.id().equals(id.get())) {
          found.add(
              Diagnostic.in(
                      file,
                      CommandCode.USAGE,
                      other.file() + " and " + file + " have one address, " + id.get())
                  .withHelp("name one of them, or put a keypair beside each"));
          outcome = Outcome.USAGE;
          return;
        }
      }
      programs.add(new RunnableProgram(name, file, id.get(), elf, manifest));
    }
  }
}
