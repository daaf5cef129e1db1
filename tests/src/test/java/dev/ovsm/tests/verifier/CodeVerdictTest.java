package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is proved of IR is proved of its machine code, however much it is optimised. */
class CodeVerdictTest {
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("../examples"),
          Path.of("../examples/existing"),
          Path.of("../examples/rosetta"),
          Path.of("golden/programs"),
          Path.of("golden/examples"));

  @TestFactory
  Stream<DynamicTest> verdictsOnCodeAreThoseOnIr() throws IOException {
    List<Path> sources =
        FOLDERS.stream().flatMap(CodeVerdictTest::sources).filter(this::isAccepted).toList();
    assertThat(sources).hasSizeGreaterThan(20);
    return sources.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  @TestFactory
  Stream<DynamicTest> verdictsAreThoseOfEveryLevelOfOptimisation() {
    List<Path> sources =
        FOLDERS.stream().flatMap(CodeVerdictTest::sources).filter(this::isAccepted).toList();
    assertThat(sources).hasSizeGreaterThan(20);
    return sources.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> level(file)));
  }

  private static void level(Path file) {
    SortedMap<String, Verdict> plain = worst(Built.of(module(file, Optimizer.NONE), Version.V0));
    assertThat(plain).isNotEmpty();
    for (int level = Optimizer.NONE + 1; level <= Optimizer.ALL; level++) {
      assertThat(worst(Built.of(module(file, level), Version.V0)))
          .as("%s at level %d", file, level)
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

  private static Module module(Path file, int level) {
    try {
      return Built.module(new Source(file.toString(), Files.readString(file)), level);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isAccepted(Path file) {
    Module module = module(file, Optimizer.NONE);
    return Verifier.verify(module, Policy.standard()).verified().isPresent();
  }

  private static void compare(Path file) {
    Module module = module(file, Optimizer.NONE);
    for (Version version : List.of(Version.V0, Version.V3)) {
      Built built = Built.of(module, version);
      SortedMap<String, Verdict> code = worst(built.findings());
      assertThat(code)
          .as("%s, %s", file, version)
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
    Comparator<Verdict> badness =
        Comparator.comparing(
            verdict -> List.of(Verdict.SAFE, Verdict.UNKNOWN, Verdict.UNSAFE).indexOf(verdict));
    for (Finding finding : findings) {
      worst.merge(
          finding.entry() + " " + finding.property(),
          finding.verdict(),
          (a, b) -> badness.compare(a, b) >= 0 ? a : b);
    }
    return worst;
  }
}
