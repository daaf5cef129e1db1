package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Verification;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.TextRenderer;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import dev.ovsm.frontend.lint.Linter;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every warning fires where it should, and not where something like it is meant. */
class LintTest {
  private static final Path FOLDER = Path.of("golden", "lint");

  @TestFactory
  Stream<DynamicTest> warnings() throws IOException {
    return GoldenFiles.in("lint", ".ovsm")
        .expect(
            "text",
            file -> {
              TextRenderer renderer = new TextRenderer();
              return warningsOf(file).stream()
                  .map((Diagnostic one) -> renderer.render(one))
                  .collect(Collectors.joining("\n"));
            })
        .tests();
  }

  static Stream<LintCode> warningsAboutPrograms() {
    return Arrays.stream(LintCode.values())
        .filter(code -> code.compareTo(LintCode.BAD_SILENCER) < 0);
  }

  @ParameterizedTest
  @MethodSource("warningsAboutPrograms")
  void firesAndSparesItsNearMiss(LintCode code) throws IOException {
    String name = code.name().toLowerCase(Locale.ROOT);
    assertThat(warningsOf(FOLDER.resolve(name + ".ovsm")))
        .extracting(Diagnostic::code)
        .containsOnly(code);
    assertThat(warningsOf(FOLDER.resolve(name + "_near.ovsm"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("warningsAboutPrograms")
  void saysWhatToDo(LintCode code) throws IOException {
    String name = code.name().toLowerCase(Locale.ROOT);
    assertThat(warningsOf(FOLDER.resolve(name + ".ovsm")))
        .allSatisfy(one -> assertThat(one.help()).isNotBlank());
  }

  /** Each fix that a machine can apply leaves a warning less, and no other in its place. */
  @Test
  void fixesMend() throws IOException {
    int applied = 0;
    Set<LintCode> fixed = EnumSet.noneOf(LintCode.class);
    for (LintCode code : warningsAboutPrograms().toList()) {
      Path file = FOLDER.resolve(code.name().toLowerCase(Locale.ROOT) + ".ovsm");
      String text = Files.readString(file);
      List<Diagnostic> before = warningsOf(file);
      for (Diagnostic one : before) {
        Fix fix = one.fix();
        if (fix != null) {
          applied++;
          fixed.add(code);
          String after =
              text.substring(0, fix.span().start())
                  + fix.replacement()
                  + text.substring(fix.span().end());
          assertThat(warningsOf(new Source(file.getFileName().toString(), after)))
              .as("%s, fixed", one)
              .hasSizeLessThan(before.size())
              .extracting(Diagnostic::message)
              .isSubsetOf(before.stream().map(Diagnostic::message).toList());
        }
      }
    }
    assertThat(applied).isGreaterThanOrEqualTo(17);
    // What the others need only the author knows: another place, a bound, what comes first.
    assertThat(fixed)
        .containsExactlyInAnyOrder(
            LintCode.HOT_TIMER,
            LintCode.UNUSED_RESULT,
            LintCode.NANOSECONDS,
            LintCode.UNCHECKED_LOOKUP,
            LintCode.NO_MINIMUM_INTERVAL,
            LintCode.LAMPORTS_OFFSET,
            LintCode.STALE_PRICE,
            LintCode.PRICE_SIGN,
            LintCode.PRICE_EXPONENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../examples", "../examples/existing", "../examples/rosetta"})
  void sparesTheExamples(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".ovsm")).sorted().toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        assertThat(warningsOf(source)).as("%s", source).isEmpty();
      }
    }
  }

  /** What the documents' programs are rightly warned of. */
  @ParameterizedTest
  @CsvSource({
    "'heartbeat_bot heartbeat_bot.helpers', ''",
    "'tail_calls tail_calls.helpers', ''",
    "'vault vault.helpers', ''",
    "'dao dao.helpers', 'W0011'",
    "'pairs_trading_bpf pairs_trading_bpf.helpers oracles', 'W0004 W0013'",
    "'pipeline pipeline.helpers oracles', 'W0013'",
    "'pairs_trading pairs_trading.helpers oracles', 'W0011 W0013'"
  })
  void warnsOfWhatIsWrongInTheDocuments(String files, String codes) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String file : files.split(" ", -1)) {
      Path path = Path.of("../examples/seeds", file + ".ovsm");
      sources.add(new Source(path.toString(), Files.readString(path)));
    }
    Compiled phases = Frontend.compile(sources, Options.defaults(), new Diagnostics());
    assertThat(Linter.lint(phases).stream().map(one -> one.code().id()).distinct().sorted())
        .containsExactlyElementsOf(codes.isEmpty() ? List.of() : List.of(codes.split(" ", -1)));
  }

  @Test
  void sparesTheLibrary() throws IOException {
    Path folder = Path.of("../stdlib/src/main/resources/dev/ovsm/stdlib");
    try (Stream<Path> files = Files.list(folder)) {
      String all =
          files
              .map(file -> file.getFileName().toString().replace(".ovsm", ""))
              .filter(name -> !List.of("core", "intrinsics", "runtime").contains(name))
              .sorted()
              .map(name -> "(import " + name + ")\n")
              .collect(Collectors.joining());
      Source source = new Source("all.ovsm", all + "(log :message \"hello\")");
      assertThat(warningsOf(source)).isEmpty();
    }
  }

  private static List<Diagnostic> warningsOf(Path file) throws IOException {
    return warningsOf(new Source(file.getFileName().toString(), Files.readString(file)));
  }

  private static List<Diagnostic> warningsOf(Source source) {
    Diagnostics found = new Diagnostics();
    List<Finding> findings =
        Verification.ofSources(List.of(source), Policy.standard(), found).orElse(List.of());
    assertThat(found.list()).noneMatch(one -> one.severity() == Severity.ERROR);
    List<Diagnostic> all = new ArrayList<>(found.list());
    findings.stream().map(Finding::diagnostic).filter(one -> one != null).forEach(all::add);
    return all.stream().filter(one -> one.code() instanceof LintCode).toList();
  }
}
