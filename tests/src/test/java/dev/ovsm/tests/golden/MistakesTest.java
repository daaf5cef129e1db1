package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.TextRenderer;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Sources with one mistake each: exactly one error is said, however often the mistake shows, and it
 * has a place and a way out. Fixes, applied, mend what they are for.
 */
class MistakesTest {
  private static final int MINIMUM = 200;
  private static final String TITLE = "(?m)^;;;; ";

  @TestFactory
  Stream<DynamicTest> eachMistakeIsSaidOnce() throws IOException {
    return GoldenFiles.in("mistakes", ".ovsm").expect("text", MistakesTest::said).tests();
  }

  @Test
  void thereAreManyKinds() throws IOException {
    List<Mistake> all = all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(MINIMUM);
    assertThat(all).extracting(Mistake::title).doesNotHaveDuplicates();
  }

  /** Of the fixes that a machine can apply, each leaves a source without that error. */
  @TestFactory
  Stream<DynamicTest> fixesMend() throws IOException {
    List<Mistake> fixable = all().stream().filter(one -> error(one).fix() != null).toList();
    assertThat(fixable).hasSizeGreaterThanOrEqualTo(14);
    return fixable.stream()
        .map(one -> DynamicTest.dynamicTest(one.title(), () -> assertThat(mended(one)).isEmpty()));
  }

  private record Mistake(String title, String text) {}

  private static List<Mistake> all() throws IOException {
    List<Mistake> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("golden", "mistakes"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".ovsm")).sorted().toList()) {
        all.addAll(mistakes(file));
      }
    }
    return all;
  }

  private static List<Mistake> mistakes(Path file) throws IOException {
    List<Mistake> mistakes = new ArrayList<>();
    for (String part : Files.readString(file).split(TITLE, -1)) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        mistakes.add(new Mistake(part.substring(0, end), part.substring(end + 1)));
      }
    }
    return mistakes;
  }

  private static List<Diagnostic> diagnostics(String text) {
    Diagnostics found = new Diagnostics();
    Frontend.compile(List.of(new Source("mistake.ovsm", text)), Options.defaults(), found);
    return found.list();
  }

  private static Diagnostic error(Mistake mistake) {
    List<Diagnostic> all = diagnostics(mistake.text());
    assertThat(all).as(mistake.title()).hasSize(1);
    return all.get(0);
  }

  private static String said(Path file) throws IOException {
    StringBuilder out = new StringBuilder();
    for (Mistake mistake : mistakes(file)) {
      Diagnostic error = error(mistake);
      assertThat(error.severity()).as(mistake.title()).isEqualTo(Severity.ERROR);
      assertThat(error.primary()).as(mistake.title()).isNotNull();
      assertThat(error.help()).as(mistake.title()).isNotBlank();
      out.append(";;;; ").append(mistake.title()).append('\n');
      out.append(new TextRenderer().render(error)).append('\n');
    }
    return out.toString();
  }

  private static List<Diagnostic> mended(Mistake mistake) {
    var fix = error(mistake).fix();
    assertThat(fix).isNotNull();
    String after =
        mistake.text().substring(0, fix.span().start())
            + fix.replacement()
            + mistake.text().substring(fix.span().end());
    return diagnostics(after);
  }
}
