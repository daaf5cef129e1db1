package dev.ovsm.tests.drawn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Draws numbers with a fraction: {@code f64} and {@code decimal}. */
final class Fractions {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final Kind.Int I128 = new Kind.Int(128, true);

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Fractions(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Term literal(Kind kind) {
    int eighths = draws.below(draws.below(4) == 3 ? 1 << 20 : 100) - (draws.chance(30) ? 50 : 0);
    BigDecimal value = new BigDecimal(eighths).divide(new BigDecimal(8));
    String digits = value.scale() <= 0 ? value.setScale(1).toPlainString() : value.toPlainString();
    if (kind == Kind.Plain.F64) {
      double number = value.doubleValue();
      return draft.term(Construct.FLOAT, kind, digits, machine -> number);
    }
    BigInteger millionths = value.multiply(new BigDecimal(MILLION)).toBigIntegerExact();
    return draft.term(Construct.DECIMAL, kind, "(decimal " + digits + ")", machine -> millionths);
  }

  Term of(Kind kind, int depth) {
    if (draws.below(5) == 4) {
      return function(kind, depth);
    }
    return kind == Kind.Plain.F64 ? binary(depth) : decimal(depth);
  }

  /** The number with the one NaN that there is. */
  private static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value;
  }

  private Term binary(int depth) {
    if (draws.below(3) == 0) {
      Kind.Int from = expressions.integerKind();
      Term value = expressions.of(from, depth);
      return draft.term(
          Construct.FLOAT,
          Kind.Plain.F64,
          "(f64 " + value.text() + ")",
          machine -> value.integer(machine).doubleValue());
    }
    Term left = expressions.of(Kind.Plain.F64, depth);
    Term right = expressions.of(Kind.Plain.F64, depth);
    int op = draws.below(4);
    return draft.term(
        Construct.FLOAT,
        Kind.Plain.F64,
        "(" + "+-*/".charAt(op) + " " + left.text() + " " + right.text() + ")",
        machine -> {
          double a = (Double) left.in(machine);
          double b = (Double) right.in(machine);
          return canonical(
              switch (op) {
                case 0 -> a + b;
                case 1 -> a - b;
                case 2 -> a * b;
                default -> a / b;
              });
        });
  }

  /** The smaller or larger of two, the negative number or the magnitude, in either kind. */
  private Term function(Kind kind, int depth) {
    int which = draws.below(4);
    Term left = expressions.of(kind, depth);
    Term right = which < 2 ? expressions.of(kind, depth) : left;
    String text =
        which < 2
            ? "(%s %s %s)".formatted(which == 0 ? "min" : "max", left.text(), right.text())
            : "(%s %s)".formatted(which == 2 ? "-" : "abs", left.text());
    return draft.term(
        Construct.FRACTION_FUNCTION,
        kind,
        text,
        machine -> {
          Object first = left.in(machine);
          Object second = which < 2 ? right.in(machine) : first;
          return kind == Kind.Plain.F64
              ? computed(which, (Double) first, (Double) second)
              : computed(which, (BigInteger) first, (BigInteger) second);
        });
  }

  /** As the library says it: what is no number is neither smaller nor larger. */
  private static double computed(int which, double a, double b) {
    return canonical(
        switch (which) {
          case 0 -> b < a ? b : a;
          case 1 -> b > a ? b : a;
          case 2 -> -a;
          default -> Math.abs(a);
        });
  }

  private static BigInteger computed(int which, BigInteger a, BigInteger b) {
    return switch (which) {
      case 0 -> a.min(b);
      case 1 -> a.max(b);
      case 2 -> Integers.fitting(I128, a.negate(), 5000);
      default -> Integers.fitting(I128, a.abs(), 5000);
    };
  }

  /** What stands before the point, brought into a type. */
  Term cut(Kind.Int kind, int depth) {
    Term value = expressions.of(Kind.Plain.DECIMAL, depth);
    int how = draws.below(3);
    return draft.term(
        Construct.CUT_DECIMAL,
        kind,
        "(%s%s %s)"
            .formatted(List.of("saturating-", "wrapping-", "").get(how), kind.text(), value.text()),
        machine -> {
          BigInteger whole = value.integer(machine).divide(MILLION);
          return switch (how) {
            case 0 -> kind.nearest(whole);
            case 1 -> kind.wrapped(whole);
            default -> Integers.fitting(kind, whole, 5002);
          };
        });
  }

  /** As many millionths as a number says, any of the type or near an end of it. */
  private Term millionths(int depth) {
    if (draws.below(2) == 0) {
      Term count = expressions.of(I128, depth);
      return draft.term(
          Construct.MILLIONTHS,
          Kind.Plain.DECIMAL,
          "(millionths-decimal " + count.text() + ")",
          count.meaning());
    }
    BigInteger away = BigInteger.valueOf(draws.bits(40)).shiftLeft(draws.below(80));
    BigInteger value = draws.below(2) == 0 ? I128.most().subtract(away) : I128.least().add(away);
    return draft.term(
        Construct.MILLIONTHS,
        Kind.Plain.DECIMAL,
        "(millionths-decimal " + value + "i128)",
        machine -> value);
  }

  private Term decimal(int depth) {
    if (draws.below(4) == 3) {
      return millionths(depth);
    }
    if (draws.below(3) == 0) {
      Kind.Int from = expressions.integerKind();
      Term value = expressions.of(from, depth);
      return draft.term(
          Construct.DECIMAL,
          Kind.Plain.DECIMAL,
          "(decimal " + value.text() + ")",
          machine -> {
            BigInteger whole = Integers.fitting(I128, value.integer(machine), 5002);
            return Integers.fitting(I128, whole.multiply(MILLION), 5000);
          });
    }
    Term left = expressions.of(Kind.Plain.DECIMAL, depth);
    Term right = expressions.of(Kind.Plain.DECIMAL, depth);
    int op = draws.below(4);
    return draft.term(
        Construct.DECIMAL,
        Kind.Plain.DECIMAL,
        "(" + "+-*/".charAt(op) + " " + left.text() + " " + right.text() + ")",
        machine -> {
          BigInteger a = left.integer(machine);
          BigInteger b = right.integer(machine);
          return switch (op) {
            case 0 -> Integers.fitting(I128, a.add(b), 5000);
            case 1 -> Integers.fitting(I128, a.subtract(b), 5000);
            case 2 -> Integers.fitting(I128, a.multiply(b).divide(MILLION), 5000);
            default -> quotient(a.multiply(MILLION), b);
          };
        });
  }

  private static BigInteger quotient(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw new Signal.Failure(5001);
    }
    return Integers.fitting(I128, a.divide(b), 5000);
  }
}
