package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws what a type does at its ends: quotients, negation, magnitudes and powers, each checked,
 * wrapping and saturating, and what the library's module of numbers has.
 */
final class Modes {
  private static final int OVERFLOW = 5000;
  private static final int DIVISION = 5001;
  private static final int NARROWING = 5002;
  private static final int EXPONENT = 6910;
  private static final int MOST_EXPONENT = 64;
  private static final String IMPORT = "(import math)";

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Modes(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** What becomes of a number that does not fit. */
  private enum Mode {
    CHECKED(""),
    WRAPPING("wrapping-"),
    SATURATING("saturating-");

    private final String prefix;

    Mode(String prefix) {
      this.prefix = prefix;
    }

    BigInteger fit(Kind.Int kind, BigInteger value) {
      return switch (this) {
        case CHECKED -> Integers.fitting(kind, value, OVERFLOW);
        case WRAPPING -> kind.wrapped(value);
        case SATURATING -> kind.nearest(value);
      };
    }
  }

  Term of(Kind.Int kind, int depth) {
    return switch (draws.below(8)) {
      case 0, 1 -> quotient(kind, depth);
      case 2, 3 -> signed(kind, depth);
      case 4 -> power(kind, depth);
      default -> kind.equals(Kind.Int.U64) ? library(depth) : clamp(kind, depth);
    };
  }

  /** The least number often, which no other mode but a checked one may divide by -1. */
  private Term end(Kind.Int kind, int depth) {
    if (draws.below(3) != 2) {
      return expressions.of(kind, depth);
    }
    BigInteger least = kind.least();
    return draft.term(Construct.LITERAL, kind, least + kind.text(), machine -> least);
  }

  private Term quotient(Kind.Int kind, int depth) {
    Mode mode = draws.of(Mode.values());
    Term left = end(kind, depth);
    Term right = divisor(kind, depth);
    return draft.term(
        Construct.QUOTIENT,
        kind,
        "(%s %s %s)"
            .formatted(mode == Mode.CHECKED ? "/" : mode.prefix + "div", left.text(), right.text()),
        machine -> {
          BigInteger dividend = left.integer(machine);
          BigInteger by = right.integer(machine);
          if (by.signum() == 0) {
            throw new Signal.Failure(DIVISION);
          }
          return mode.fit(kind, dividend.divide(by));
        });
  }

  private Term divisor(Kind.Int kind, int depth) {
    return switch (draws.below(4)) {
      case 2 -> {
        BigInteger one = kind.signed() ? BigInteger.ONE.negate() : BigInteger.ONE;
        yield draft.term(Construct.LITERAL, kind, one + kind.text(), machine -> one);
      }
      case 3 -> expressions.of(kind, depth);
      default -> expressions.literal(kind);
    };
  }

  /** The negative number, or the magnitude. */
  private Term signed(Kind.Int kind, int depth) {
    Mode mode = draws.of(Mode.values());
    boolean magnitude = draws.below(2) == 1;
    Term value = end(kind, depth);
    String name =
        magnitude ? mode.prefix + "abs" : mode == Mode.CHECKED ? "-" : mode.prefix + "neg";
    return draft.term(
        magnitude ? Construct.MAGNITUDE : Construct.NEGATIVE,
        kind,
        "(" + name + " " + value.text() + ")",
        machine -> {
          BigInteger number = value.integer(machine);
          return mode.fit(kind, magnitude ? number.abs() : number.negate());
        });
  }

  private Term power(Kind.Int kind, int depth) {
    draft.need(IMPORT);
    Mode mode = draws.of(Mode.values());
    Term base = draws.below(2) == 0 ? expressions.literal(kind) : expressions.of(kind, depth);
    Term exponent = exponent(depth);
    return draft.term(
        Construct.POWER,
        kind,
        "(%spow %s %s)".formatted(mode.prefix, base.text(), exponent.text()),
        machine -> {
          BigInteger number = base.integer(machine);
          int times = exponent.integer(machine).min(BigInteger.valueOf(MOST_EXPONENT)).intValue();
          if (times >= MOST_EXPONENT) {
            throw new Signal.Failure(EXPONENT);
          }
          return mode.fit(kind, number.pow(times));
        });
  }

  private Term exponent(int depth) {
    if (draws.below(3) != 2) {
      BigInteger value = BigInteger.valueOf(draws.below(draws.chance(20) ? 70 : 8));
      return draft.term(Construct.LITERAL, Kind.Int.U64, value.toString(), machine -> value);
    }
    Term value = expressions.of(Kind.Int.U64, depth);
    BigInteger limit = BigInteger.valueOf(66);
    return new Term(
        Kind.Int.U64,
        "(% " + value.text() + " 66)",
        false,
        machine -> value.integer(machine).mod(limit));
  }

  private Term clamp(Kind.Int kind, int depth) {
    Term value = expressions.of(kind, depth);
    Term low = expressions.of(kind, depth);
    Term high = expressions.of(kind, depth);
    return draft.term(
        Construct.EXTREMES,
        kind,
        "(clamp %s %s %s)".formatted(value.text(), low.text(), high.text()),
        machine -> {
          BigInteger number = value.integer(machine);
          BigInteger least = low.integer(machine);
          return number.max(least).min(high.integer(machine));
        });
  }

  /** A function of the module {@code math}, and what it computes. */
  private record Named(String name, int arguments, Meaning meaning) {}

  /** What a function computes of its arguments. */
  private interface Meaning {
    BigInteger of(List<BigInteger> arguments);
  }

  private static final List<Named> LIBRARY =
      List.of(
          new Named("isqrt", 1, a -> a.get(0).sqrt()),
          new Named("average", 2, a -> a.get(0).add(a.get(1)).shiftRight(1)),
          new Named("gcd", 2, a -> a.get(0).gcd(a.get(1))),
          new Named("div-up", 2, a -> up(a.get(0), a.get(1))),
          new Named("mul-div", 3, a -> word(divided(a.get(0).multiply(a.get(1)), a.get(2)))),
          new Named("mul-div-up", 3, a -> word(up(a.get(0).multiply(a.get(1)), a.get(2)))),
          new Named(
              "bps",
              2,
              a -> word(divided(a.get(0).multiply(a.get(1)), BigInteger.valueOf(10_000)))),
          new Named(
              "fixed-ratio", 2, a -> word(divided(a.get(0).shiftLeft(Integer.SIZE), a.get(1)))));

  private static BigInteger divided(BigInteger a, BigInteger by) {
    if (by.signum() == 0) {
      throw new Signal.Failure(DIVISION);
    }
    return a.divide(by);
  }

  private static BigInteger up(BigInteger a, BigInteger by) {
    return divided(a, by).add(BigInteger.valueOf(a.mod(by).signum()));
  }

  private static BigInteger word(BigInteger value) {
    return Integers.fitting(Kind.Int.U64, value, NARROWING);
  }

  private Term library(int depth) {
    draft.need(IMPORT);
    Named named = draws.from(LIBRARY);
    StringBuilder text = new StringBuilder("(" + named.name);
    List<Term> arguments = new ArrayList<>();
    for (int i = 0; i < named.arguments; i++) {
      Term argument =
          draws.below(2) == 0
              ? expressions.literal(Kind.Int.U64)
              : expressions.of(Kind.Int.U64, depth);
      arguments.add(argument);
      text.append(' ').append(argument.text());
    }
    return draft.term(
        Construct.MATH,
        Kind.Int.U64,
        text.append(')').toString(),
        machine ->
            named.meaning.of(
                arguments.stream().map(argument -> argument.integer(machine)).toList()));
  }
}
