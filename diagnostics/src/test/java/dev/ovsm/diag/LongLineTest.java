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
