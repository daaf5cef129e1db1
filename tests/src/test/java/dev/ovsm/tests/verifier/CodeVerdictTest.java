package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.certify.Certifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is proved of IR is proved of its machine code, and what is proved of machine code is proved
 * of it at every level of optimisation and in every version, entry by entry and property by
 * property. All of it can be certified, without an exception.
 */
class CodeVerdictTest {
  private static final Path SEEDS = Path.of("../examples/seeds");
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("../examples"),
          Path.of("../examples/existing"),
          Path.of("../examples/rosetta"),
          SEEDS,
          Path.of("golden/programs"),
          Path.of("golden/examples"));

  /** Sources that are compiled together. */
  private static final List<List<String>> TOGETHER =
      List.of(
          List.of("heartbeat_bot", "heartbeat_bot.helpers"),
          List.of("vault", "vault.helpers"),
          List.of("dao", "dao.helpers"),
          List.of("tail_calls", "tail_calls.helpers"),
          List.of("pipeline", "pipeline.helpers", "oracles"),
          List.of("pairs_trading", "pairs_trading.helpers", "oracles"),
          List.of("pairs_trading_bpf", "pairs_trading_bpf.helpers", "oracles"));

  /** What is no program by itself. */
  private static final Set<String> FRAGMENTS =
      Set.of(
          "schedule_execution",
          "subscribe",
          "subscribe_event",
          "watch_account",
          "heartbeat_bot",
          "tail_calls",
          "tail_calls.helpers",
          "vault",
          "dao",
          "pipeline",
          "pipeline.helpers",
          "pairs_trading",
          "pairs_trading.helpers",
          "pairs_trading_bpf",
          "pairs_trading_bpf.helpers");

  private static final List<Version> VERSIONS =
      Stream.of(Version.values()).filter(ElfWriter::writes).toList();

  @TestFactory
  Stream<DynamicTest> verdictsAreOneOnIrAndOnCodeOfEveryLevelAndVersion() {
    List<List<Path>> programs = programs().filter(CodeVerdictTest::isAccepted).toList();
    assertThat(programs).hasSizeGreaterThan(60);
    return programs.stream()
        .map(files -> dynamicTest(files.get(0).getFileName().toString(), () -> compare(files)));
  }

  private static Stream<List<Path>> programs() {
    Stream<List<Path>> alone =
        FOLDERS.stream()
            .flatMap(CodeVerdictTest::sources)
            .filter(file -> !file.startsWith(SEEDS) || !FRAGMENTS.contains(name(file)))
            .map(List::of);
    Stream<List<Path>> together =
        TOGETHER.stream()
            .map(names -> names.stream().map(name -> SEEDS.resolve(name + ".ovsm")).toList());
    return Stream.concat(alone, together);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".ovsm", "");
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".ovsm")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Source> read(List<Path> files) {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(new Source(file.toString(), Files.readString(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  private static boolean isAccepted(List<Path> files) {
    Module module = Built.module(read(files), Optimizer.NONE);
    return Verifier.verify(module, Policy.standard()).verified().isPresent();
  }

  private static void compare(List<Path> files) {
    String program = name(files.get(0));
    boolean isExample = files.get(0).startsWith(Path.of("../examples"));
    Map<String, List<Verdict>> byLevel = new TreeMap<>();
    for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
      SortedMap<String, Verdict> ir = new TreeMap<>();
      List<SortedMap<String, Verdict>> codes = new ArrayList<>();
      for (Version version : VERSIONS) {
        Compilation.Target target = new Compilation.Target(version, level, false);
        Built built = Built.of(Compilation.of(read(files), target, new Diagnostics()));
        ir = Verdicts.worst(built.report().findings());
        List<Finding> findings = built.findings();
        codes.add(Verdicts.worst(findings));
        if (isExample) {
          // No callback of an example goes by the time of day.
          assertThat(Verdicts.warnings(findings))
              .as("%s at level %d for %s", program, level, version)
              .noneMatch(warning -> warning.endsWith(" " + VerifierCode.NONDETERMINISM.id()));
        }
        assertThat(Verdicts.warnings(built.report().findings()))
            .as("%s at level %d for %s, warned of on IR", program, level, version)
            .containsAll(Verdicts.warnings(findings));
        assertThat(Certifier.certify(new byte[0], built.program()).objections())
            .as("%s at level %d for %s, certified", program, level, version)
            .isEmpty();
      }
      assertThat(codes)
          .as("%s at level %d in all versions", program, level)
          .containsOnly(codes.get(0));
      SortedMap<String, Verdict> code = codes.get(0);
      assertThat(code).isNotEmpty();
      if (isExample) {
        assertThat(code.entrySet())
            .as("%s at level %d, accepted", program, level)
            .allMatch(one -> one.getValue().passes());
      }
      code.forEach(
          (where, verdict) -> byLevel.computeIfAbsent(where, w -> new ArrayList<>()).add(verdict));
      assertThat(unshown(ir, code)).as("%s at level %d, on code alone", program, level).isEmpty();
    }
    byLevel.forEach(
        (where, verdicts) ->
            assertThat(verdicts)
                .as("%s %s at all levels", program, where)
                .isEqualTo(Collections.nCopies(Optimizer.ALL + 1, verdicts.get(0))));
  }

  /**
   * What IR passes and code does not, or not as well: accesses may be left to the machine that are
   * the library's on IR. Compute units are estimated on IR; what is doubtful there, code decides.
   */
  private static List<String> unshown(
      SortedMap<String, Verdict> ir, SortedMap<String, Verdict> code) {
    List<String> worse = new ArrayList<>();
    code.forEach(
        (where, verdict) -> {
          Verdict before = ir.getOrDefault(where, Verdict.SAFE);
          boolean same =
              before == verdict
                  || (Verdicts.isAccess(where)
                      && before == Verdict.SAFE
                      && verdict == Verdict.GUARDED)
                  || (where.endsWith(" " + Property.COMPUTE) && before == Verdict.UNKNOWN);
          if (!same) {
            worse.add(where + ": " + before + " on IR, " + verdict);
          }
        });
    ir.forEach(
        (where, verdict) -> {
          boolean onlyThere = where.endsWith(" " + Property.ARITHMETIC) || verdict == Verdict.SAFE;
          if (!onlyThere && !code.containsKey(where)) {
            worse.add(where + ": " + verdict + " on IR, nothing");
          }
        });
    return worse;
  }
}
