package dev.ovsm.cli;

import dev.ovsm.cli.emit.Artifact;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.cli.program.ProgramId;
import dev.ovsm.cli.program.Timings;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm compile FILE…}: sources to one program file, unless the verifier refuses it. */
@CommandLine.Command(
    name = "compile",
    aliases = "build",
    description = {
      "Compile sources to one Solana program, named after the first.",
      "",
      "What the verifier calls unsafe is refused. Only the program file is written, and with it"
          + " what --emit asks for: all or nothing."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm compile examples/heartbeat.ovsm",
      "  ovsm compile main.ovsm helpers.ovsm --output build/main.so --sbpf v3",
      "  ovsm compile examples/counter.ovsm --emit idl,ts,asm",
      "  ovsm compile examples/counter.ovsm -o - | sha256sum",
      "",
      "Exit codes: 0 done, 1 the program is unsafe, 2 wrong usage, 3 a source does not",
      "parse or type, 4 a file cannot be read or written."
    })
final class CompileCommand implements Command {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Sources in OVSM.")
  private List<String> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The program file (default: target/deploy/NAME.so); - is standard output.")
  private @Nullable String output;

  @Option(
      names = "--sbpf",
      paramLabel = "v0|v3",
      defaultValue = "v0",
      description =
          "Version of the instruction set (default: ${DEFAULT-VALUE}, which runs everywhere).")
  private SbpfVersion version = SbpfVersion.V0;

  @Option(
      names = {"-O", "--optimize"},
      paramLabel = "0|1|2",
      defaultValue = "2",
      description = {
        "How much is done for speed (default: ${DEFAULT-VALUE}):",
        "0 nothing, 1 cheap clean-up of each function, 2 everything."
      })
  private Level level = Level.ALL;

  @Option(
      names = "--emit",
      paramLabel = "WHAT",
      split = ",",
      description = {
        "What else to write, separated by commas, each under the program's name:",
        "forms (expanded), ast, ir (optimised), asm: NAME.forms, .ast, .ir, .s beside it;",
        "idl (of Anchor), ts (a typed client): NAME.json, NAME.ts, beside it too, or in idl and"
            + " types beside its folder if that is deploy;",
        "cert (bounds that ovsm lint --check-certificate checks): NAME.cert beside it."
      })
  private List<Artifact> emitted = List.of();

  @Option(
      names = "--target",
      paramLabel = "bpf",
      defaultValue = "bpf",
      description = "The machine; there is one.")
  @SuppressWarnings(
      "UnusedVariable") // its one value changes nothing; that it is that one is checked
  private Machine machine = Machine.BPF;

  @Option(
      names = "--strip",
      description = "Leave the table of source lines out of the file, which makes it smaller.")
  private boolean strip;

  @Option(
      names = "--debug",
      description = {
        "Log each error that the program raises with its place, as Anchor's clients read it:",
        "the program is larger and takes more compute units."
      })
  private boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing unless something is wrong.")
  private boolean quiet;

  @Option(names = "--timings", description = "Say how long each phase took.")
  private boolean showTimings;

  /** Versions that the compiler writes. */
  enum SbpfVersion {
    V0(Version.V0),
    V3(Version.V3);

    private final Version version;

    SbpfVersion(Version version) {
      this.version = version;
    }
  }

  /** Levels of optimisation. */
  enum Level {
    NONE(Optimizer.NONE),
    CLEAN(Optimizer.CLEAN),
    ALL(Optimizer.ALL);

    private final int number;

    Level(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return String.valueOf(number);
    }
  }

  /** Machines that the compiler writes for. */
  enum Machine {
    BPF
  }

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> misnamed = misnamed();
    if (misnamed.isPresent()) {
      terminal.report(misnamed.get());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    List<Source> sources = new ArrayList<>();
    boolean isRead = true;
    for (String file : files) {
      Optional<byte[]> bytes = InputFile.bytes(file, InputFile.MOST_SOURCE, found);
      isRead &= bytes.isPresent();
      bytes.flatMap(text -> InputFile.source(file, text, found)).ifPresent(sources::add);
    }
    if (found.hasErrors()) {
      found.list().forEach(terminal::report);
      return isRead ? ExitCode.NOT_A_PROGRAM : ExitCode.ENVIRONMENT;
    }
    Timings timings = new Timings();
    Compilation compilation =
        Compilation.of(
            sources,
            new Compilation.Target(version.version, level.number, !strip, debug),
            timings,
            found);
    found.list().forEach(terminal::report);
    if (showTimings) {
      terminal.err().print(timings.table());
    }
    return switch (compilation.outcome()) {
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case UNSAFE -> ExitCode.FINDINGS;
      case COMPILED -> write(compilation, terminal);
    };
  }

  /** Whoever names what is to stand beside the program would find the program there. */
  private Optional<Diagnostic> misnamed() {
    String file = output;
    return file == null || emitted.stream().noneMatch(artifact -> artifact.isNameOf(file))
        ? Optional.empty()
        : Optional.of(
            Diagnostic.in("--output", CommandCode.USAGE, file + " would be the program itself")
                .withHelp("name the program, -o NAME.so: the rest is written beside it"));
  }

  private ExitCode write(Compilation compilation, Terminal terminal) {
    String file = output == null ? "target/deploy/" + InputFile.stem(files.get(0)) + ".so" : output;
    byte[] elf = compilation.elf().orElseThrow();
    if (file.equals(Terminal.STANDARD)) {
      return writeOut(elf, terminal);
    }
    Map<String, byte[]> written = new LinkedHashMap<>();
    Diagnostics found = new Diagnostics();
    written.put(file, elf);
    if (!emitted.isEmpty()) {
      written.putAll(beside(Path.of(file), compilation, found));
    }
    Optional<Diagnostic> overwriting = OutputFile.overwriting(files, written.keySet());
    if (overwriting.isPresent()) {
      terminal.report(overwriting.get());
      return ExitCode.USAGE;
    }
    List<Diagnostic> refused = refused(Path.of(file), written, elf);
    if (!refused.isEmpty()) {
      refused.forEach(terminal::report);
      return ExitCode.FINDINGS;
    }
    if (found.hasErrors() || !OutputFile.writeAll(written, found)) {
      found.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    if (!quiet) {
      terminal
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s  %,d bytes  sBPF %s  from %s",
                  file,
                  elf.length,
                  version.name().toLowerCase(Locale.ROOT),
                  String.join(", ", files)));
      written.keySet().stream().skip(1).forEach(terminal.out()::println);
    }
    return ExitCode.OK;
  }

  private ExitCode writeOut(byte[] elf, Terminal terminal) {
    Diagnostics found = new Diagnostics();
    if (!emitted.isEmpty()) {
      found.add(
          Diagnostic.in("--emit", CommandCode.USAGE, "--emit writes beside the program's file")
              .withHelp("name one: -o FILE, or leave --emit out"));
    }
    boolean isWritten = !found.hasErrors() && terminal.write(elf, found);
    found.list().forEach(terminal::report);
    return isWritten ? ExitCode.OK : ExitCode.USAGE;
  }

  /** What was asked for beside the program, by the names of the files. */
  private Map<String, byte[]> beside(Path program, Compilation compilation, Diagnostics found) {
    String name = Objects.requireNonNull(compilation.phases().module()).name();
    Map<String, byte[]> written = new LinkedHashMap<>();
    ProgramId.of(null, program, name, found)
        .ifPresent(
            address -> {
              for (Artifact artifact : emitted) {
                String file = artifact.beside(program).toString();
                written.put(file, artifact.bytes(compilation, address));
              }
            });
    return written;
  }

  /** Why some of what was asked for cannot be. */
  private List<Diagnostic> refused(Path program, Map<String, byte[]> written, byte[] elf) {
    List<Diagnostic> refused = new ArrayList<>();
    for (Artifact artifact : emitted) {
      byte[] bytes = written.get(artifact.beside(program).toString());
      if (bytes != null) {
        refused.addAll(artifact.refusal(bytes, elf));
      }
    }
    return refused;
  }
}
