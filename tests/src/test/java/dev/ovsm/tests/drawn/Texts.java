package dev.ovsm.tests.drawn;

import java.math.BigInteger;
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

  /** One that programs write, so that texts are the same as others sometimes. */
  String word() {
    return draws.from(WORDS);
  }

  Term literal() {
    String word = draws.from(WORDS);
    return draft.term(Construct.TEXT, Kind.Plain.STRING, "\"" + word + "\"", machine -> word);
  }

  Term of(int depth) {
    int how = draws.below(6);
    if (how == 5) {
      return expressions.macros().expansion();
    }
    if (how == 4) {
      return joined(depth);
    }
    if (how < 2) {
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
    return part();
  }

  private Term joined(int depth) {
    Term left = expressions.of(Kind.Plain.STRING, depth - 1);
    Term right = expressions.of(Kind.Plain.STRING, depth - 1);
    return draft.term(
        Construct.JOINED_TEXTS,
        Kind.Plain.STRING,
        "(+ " + left.text() + " " + right.text() + ")",
        machine -> {
          String first = (String) left.in(machine);
          return first + right.in(machine);
        });
  }

  /** A byte of what is no text, or its end. */
  Term byteOf() {
    int length = 1 + draws.below(4);
    StringBuilder text = new StringBuilder();
    int[] bytes = new int[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = draws.below(256);
      text.append(i > 0 ? " " : "").append(bytes[i]);
    }
    Term index = expressions.of(Kind.Int.U64, 1);
    BigInteger limit = BigInteger.valueOf(length + (draws.chance(10) ? 1L : 0));
    return draft.term(
        Construct.BYTES,
        Kind.Int.U8,
        "(get (the bytes [%s]) (%% %s %d))".formatted(text, index.text(), limit),
        machine -> {
          int at = index.integer(machine).mod(limit).intValue();
          if (at >= length) {
            throw new Signal.Failure(5003);
          }
          return BigInteger.valueOf(bytes[at]);
        });
  }

  private Term part() {
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
