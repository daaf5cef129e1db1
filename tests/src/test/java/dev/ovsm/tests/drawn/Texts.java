package dev.ovsm.tests.drawn;

import java.util.List;

/** Draws texts. */
final class Texts {
  private static final List<String> WORDS = List.of("", "a", "low", "word", "two words", "é💓");

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Texts(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Term literal() {
    String word = draws.from(WORDS);
    return draft.term(Construct.TEXT, Kind.Plain.STRING, "\"" + word + "\"", machine -> word);
  }

  Term of(int depth) {
    if (draws.below(2) == 0) {
      Term left = expressions.of(Kind.Plain.STRING, depth - 1);
      Kind kind = expressions.plainKind();
      Term right = expressions.of(kind == Kind.Plain.F64 ? Kind.Plain.BOOL : kind, depth - 1);
      return draft.term(
          Construct.STR,
          Kind.Plain.STRING,
          "(str " + left.text() + " " + right.text() + ")",
          machine -> {
            String first = (String) left.in(machine);
            return first + Shown.of(right.kind(), right.in(machine));
          });
    }
    String word = WORDS.get(2 + draws.below(3));
    int from = draws.below(word.length());
    int to = from + draws.below(word.length() - from + (draws.chance(10) ? 2 : 1));
    return draft.term(
        Construct.SUBSTRING,
        Kind.Plain.STRING,
        "(substring \"" + word + "\" " + from + " " + to + ")",
        machine -> {
          if (to > word.length()) {
            throw new Signal.Failure(5003);
          }
          return word.substring(from, to);
        });
  }
}
