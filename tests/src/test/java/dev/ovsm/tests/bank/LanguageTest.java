package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.Manifest;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small programs, one for each construct of the language, say what they are written to say: by the
 * IR's interpreter, by the bank and by the real VM, at every level of optimisation.
 */
@ComparedWithRealVm(minimum = 500)
class LanguageTest {
  private static final Path CASES = Path.of("language");
  private static final String NAME = ";;;; ";
  private static final String SAYS = ";=> ";
  private static final Pattern SAID =
      Pattern.compile("Program (?:log: (?<log>.*)|\\w+ (?<end>failed: .*))");
  private static final int FIRST_KEY = 100;

  /**
   * How much an account can grow in a call, and no less than what an entry has besides its data.
   */
  private static final int GROWTH = 10_240;

  private static final int ENTRY = 40;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".ovsm")).sorted().toList();
    }
  }

  /**
   * A program of a file.
   *
   * @param says the lines that it logs, and how it fails
   */
  private record Case(String name, String text, List<String> says) {
    static List<Case> of(Path file) throws IOException {
      String text = Files.readString(file);
      return Stream.of(text.split("(?m)^" + NAME)).skip(1).map(Case::of).toList();
    }

    private static Case of(String text) {
      List<String> lines = text.lines().toList();
      List<String> says =
          lines.stream()
              .filter(line -> line.startsWith(SAYS))
              .map(line -> line.substring(SAYS.length()))
              .toList();
      return new Case(lines.get(0).strip(), text.substring(text.indexOf('\n') + 1), says);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatItShould(Path file, RealVm vm, Comparisons comparisons) throws IOException {
    Ledger ledger = new Ledger(vm, Simulation.PAYER);
    List<Deployed> all = new ArrayList<>();
    for (Case one : Case.of(file)) {
      assertThat(one.says()).as(one.name()).isNotEmpty();
      for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
        Version version = level % 2 == 0 ? Version.V0 : Version.V3;
        Compilation made = compile(one, version, level);
        Pubkey id = Ledger.key(FIRST_KEY + all.size());
        ledger.program(id, made.elf().orElseThrow(), Loader.UPGRADEABLE);
        all.add(new Deployed(one, level, id, made));
        if (level == Optimizer.NONE && isBare(made)) {
          assertThat(Interpretation.logs(Objects.requireNonNull(made.phases().module())))
              .as("%s, interpreted", one.name())
              .isEqualTo(one.says());
        }
      }
    }
    for (Deployed next : all) {
      assertThat(next.run(ledger)).as(next::toString).isEqualTo(next.of().says());
    }
    ledger.compare(comparisons);
  }

  private static boolean isBare(Compilation made) {
    return Objects.requireNonNull(made.phases().typed()).bare();
  }

  /** A case at a level of optimisation, as a program of its own. */
  private record Deployed(Case of, int level, Pubkey id, Compilation made) {
    /** What its instructions log, one after the other; its maps are created before. */
    List<String> run(Ledger ledger) {
      List<String> logged = new ArrayList<>();
      if (isBare(made)) {
        ledger.send(toString(), new Instruction(id, List.of(), new byte[0]));
        logged.addAll(logged(ledger));
        return logged;
      }
      Manifest manifest = made.output().orElseThrow().manifest();
      List<Manifest.Entry> ordered = new ArrayList<>(manifest.entries());
      ordered.sort(Comparator.comparing(entry -> entry.kind() != Manifest.EntryKind.CREATE_MAPS));
      for (Manifest.Entry entry : ordered) {
        boolean grows = entry.kind() == Manifest.EntryKind.CREATE_MAPS;
        for (long i = grows ? creations(manifest) : 1; i > 0; i--) {
          ledger.send(this + ", " + entry.name(), EntryCall.of(id, entry, new byte[0]));
          logged.addAll(logged(ledger));
        }
      }
      return logged;
    }

    /** Enough calls for all maps to have grown, and one more, which changes nothing. */
    private static long creations(Manifest manifest) {
      long most =
          manifest.maps().stream()
              .mapToLong(map -> map.maxEntries() * (ENTRY + map.keyBytes() + map.valueBytes()))
              .max()
              .orElse(0);
      return 2 + most / GROWTH;
    }

    private static List<String> logged(Ledger ledger) {
      return ledger
          .lastLog()
          .lines()
          .map(SAID::matcher)
          .filter(Matcher::matches)
          .map(said -> Objects.requireNonNullElse(said.group("log"), said.group("end")))
          .toList();
    }

    @Override
    public String toString() {
      return of.name() + " at level " + level;
    }
  }

  private static Compilation compile(Case one, Version version, int level) {
    Diagnostics found = new Diagnostics();
    Compilation made =
        Compilation.of(
            List.of(new Source(one.name(), one.text())),
            new Compilation.Target(version, level, true),
            found);
    assertThat(made.elf()).as("%s: %s", one.name(), found.list()).isPresent();
    return made;
  }
}
