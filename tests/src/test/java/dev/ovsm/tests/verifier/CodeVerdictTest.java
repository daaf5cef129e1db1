package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is proved of IR is proved of its machine code, however much it is optimised; safe and
 * guarded count as one, since what is optimised away is not left to the machine.
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

  /** Sources that are compiled together, and need no optimisation to stay within their budgets. */
  private static final List<List<String>> TOGETHER =
      List.of(
          List.of("heartbeat_bot", "heartbeat_bot.helpers"),
          List.of("vault", "vault.helpers"),
          List.of("dao", "dao.helpers"));

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

  @TestFactory
  Stream<DynamicTest> verdictsOnCodeAreThoseOnIr() {
    return tests(CodeVerdictTest::compare);
  }

  @TestFactory
  Stream<DynamicTest> verdictsAreThoseOfEveryLevelOfOptimisation() {
    return tests(CodeVerdictTest::level);
  }

  private static Stream<DynamicTest> tests(Consumer<List<Path>> test) {
    List<List<Path>> programs = programs().filter(CodeVerdictTest::isAccepted).toList();
    assertThat(programs).hasSizeGreaterThan(60);
    return programs.stream()
        .map(files -> dynamicTest(files.get(0).getFileName().toString(), () -> test.accept(files)));
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

  private static void level(List<Path> files) {
    SortedMap<String, Verdict> plain = worst(Built.of(module(files, Optimizer.NONE), Version.V0));
    assertThat(plain).isNotEmpty();
    for (int level = Optimizer.NONE + 1; level <= Optimizer.ALL; level++) {
      assertThat(worst(Built.of(module(files, level), Version.V0)))
          .as("%s at level %d", files, level)
          .isEqualTo(plain);
    }
  }

  private static SortedMap<String, Verdict> worst(Built built) {
    return worst(built.findings());
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".ovsm")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Module module(List<Path> files, int level) {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(new Source(file.toString(), Files.readString(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Built.module(sources, level);
  }

  private static boolean isAccepted(List<Path> files) {
    Module module = module(files, Optimizer.NONE);
    return Verifier.verify(module, Policy.standard()).verified().isPresent();
  }

  private static void compare(List<Path> files) {
    Module module = module(files, Optimizer.NONE);
    for (Version version : List.of(Version.V0, Version.V3)) {
      Built built = Built.of(module, version);
      SortedMap<String, Verdict> code = worst(built.findings());
      assertThat(code)
          .as("%s, %s", files, version)
          .containsAllEntriesOf(onCode(worst(built.report().findings()), code));
    }
  }

  /** The verdicts on properties that code has too. */
  private static Map<String, Verdict> onCode(
      SortedMap<String, Verdict> verdicts, SortedMap<String, Verdict> code) {
    return verdicts.entrySet().stream()
        .filter(one -> !one.getKey().contains("ARITHMETIC"))
        .filter(one -> code.containsKey(one.getKey()) || one.getValue() != Verdict.SAFE)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static SortedMap<String, Verdict> worst(List<Finding> findings) {
    SortedMap<String, Verdict> worst = new TreeMap<>();
    for (Finding finding : findings) {
      worst.merge(
          finding.entry() + " " + finding.property(),
          finding.verdict() == Verdict.GUARDED ? Verdict.SAFE : finding.verdict(),
          Verdict::worse);
    }
    return worst;
  }
}
