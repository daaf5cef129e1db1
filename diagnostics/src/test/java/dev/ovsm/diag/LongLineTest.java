package dev.ovsm.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is shown of a line takes no longer for being a part of a long one. */
class LongLineTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Diagnostic at(Source source, int start) {
    Span span = new Span(source, start, start + 3);
    return Diagnostic.at(span, LanguageCode.UNKNOWN_NAME, "no abc")
        .withLabel(new Span(source, 5, 6), "here")
        .withHelp("write more")
        .withFix(new Fix("use x", span, "x"));
  }

  @Test
  void manyPlacesOfOneLine() {
    String line = "abc ".repeat(1_000_000);
    for (String text : List.of(line, "💓" + line, line + "💓", "\n" + line + "\r\n")) {
      Source source = new Source("long", text);
      Assertions.assertTimeoutPreemptively(
          SOON,
          () -> {
            for (int i = 0; i < 200; i++) {
              String shown = new TextRenderer().render(at(source, 4_000 + 4 * i));
              assertThat(shown).contains("…\n").hasSizeLessThan(2_000);
            }
          });
    }
  }

  /** The carets are below what they point at, wherever that is. */
  @Test
  void aWindowIsShownAroundThePlace() {
    for (String before : List.of("", "x ".repeat(20), "💓 ".repeat(99), "x ".repeat(5_000))) {
      for (String after : List.of("", " y", " 💓y".repeat(5_000))) {
        String text = before + "needle" + after;
        int at = before.length();
        Source source = new Source("s", "\n" + text + "\nnext");
        Span span = new Span(source, at + 1, at + 7);
        Diagnostic report =
            Diagnostic.at(span, LanguageCode.UNKNOWN_NAME, "no needle")
                .withLabel(new Span(source, 1, 2), "first");
        List<String> lines = new TextRenderer().render(report).lines().toList();
        String line =
            lines.stream().filter(one -> one.startsWith("2 | ")).findFirst().orElseThrow();
        String carets = lines.stream().filter(one -> one.endsWith("^")).findFirst().orElseThrow();
        int column = line.codePointCount(0, line.indexOf("needle"));
        assertThat(carets).isEqualTo("  | " + " ".repeat(column - 4) + "^^^^^^");
        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(4 + 202);
        assertThat(String.join("\n", lines)).contains("first");
      }
    }
  }

  @Test
  void columnsCountCodePoints() {
    Source source = new Source("s", "a💓b\r\ncd");
    assertThat(source.column(3)).isEqualTo(3);
    assertThat(source.length(1)).isEqualTo(3);
    assertThat(source.length(2)).isEqualTo(2);
    assertThat(source.offset(1, 3)).isEqualTo(3);
    assertThat(source.offset(1, 99)).isEqualTo(4);
    assertThat(source.lineText(1)).isEqualTo("a💓b");
    assertThat(new Source("p", "abc\ndef").column(6)).isEqualTo(3);
  }
}
