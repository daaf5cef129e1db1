package dev.ovsm.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> WORDS = List.of("compile", "run", "lint", "link", "explain");

  @ParameterizedTest
  @CsvSource({
    "compil, compile",
    "complie, compile",
    "ccompille, compile",
    "rn, run",
    "lin, lint",
    "lnik, link",
  })
  void findsTheWordMeant(String word, String meant) {
    assertThat(Spelling.nearest(word, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "''", "rip", "commit", "deploy", "run"})
  void staysSilentWhenNothingIsNear(String word) {
    assertThat(Spelling.nearest(word, WORDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1000000"})
  void takesNoTimeForAHugeWord(int length) {
    String huge = "a".repeat(length);
    assertThat(Spelling.nearest(huge, List.of(huge + "b"))).isEmpty();
  }
}
