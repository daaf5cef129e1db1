package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Builtin;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of macro code: that of programs. Numbers of a type stay within it, or wrap or saturate
 * there, and do not mix with those of another; numbers without one are as large as they get, up to
 * a limit.
 */
final class Arithmetic {
  private static final int LONGEST_NUMBER = 256;
  private static final BigInteger MOST_SHIFTED = BigInteger.valueOf(LONGEST_NUMBER);
  private static final Map<String, Operator> OPERATORS = byName(Operator.values());
  private static final Map<String, Conversion> CONVERSIONS = byName(Conversion.values());

  private Arithmetic() {}

  /** What becomes of a number that does not fit its type. */
  private enum Fit {
    FAIL,
    WRAP,
    SATURATE;

    static Fit of(String name) {
      return name.startsWith("wrapping-") ? WRAP : name.startsWith("saturating-") ? SATURATE : FAIL;
    }
  }

  private static <B extends Builtin> Map<String, B> byName(B[] all) {
    Map<String, B> named = new HashMap<>();
    for (B one : all) {
      one.names().forEach(name -> named.put(name, one));
    }
    return Map.copyOf(named);
  }

  /** The operation of a name that takes numbers and gives a number, or whether they compare so. */
  static Optional<Value.Body> find(String name) {
    Conversion conversion = CONVERSIONS.get(name);
    if (conversion != null) {
      return Optional.of((arguments, at) -> converted(conversion, Fit.of(name), arguments, at));
    }
    return Optional.ofNullable(OPERATORS.get(name)).flatMap(Arithmetic::body);
  }

  /** Nothing for what is no matter of numbers alone. */
  private static Optional<Value.Body> body(Operator operator) {
    return switch (operator) {
      case EQ, NE, NOT -> Optional.empty();
      case LT -> Optional.of(comparing(order -> order < 0));
      case LE -> Optional.of(comparing(order -> order <= 0));
      case GT -> Optional.of(comparing(order -> order > 0));
      case GE -> Optional.of(comparing(order -> order >= 0));
      case ADD, SUB, MUL, DIV, REM, MUL_HIGH, BIT_AND, BIT_OR, BIT_XOR ->
          Optional.of((arguments, at) -> of(operator, Fit.FAIL, arguments, at));
      case WRAPPING_ADD,
          WRAPPING_SUB,
          WRAPPING_MUL,
          WRAPPING_DIV,
          WRAPPING_NEG,
          BIT_NOT,
          SHIFT_LEFT,
          SHIFT_RIGHT ->
          Optional.of((arguments, at) -> of(operator, Fit.WRAP, arguments, at));
      case SATURATING_ADD, SATURATING_SUB, SATURATING_MUL, SATURATING_DIV, SATURATING_NEG ->
          Optional.of((arguments, at) -> of(operator, Fit.SATURATE, arguments, at));
    };
  }

  /** The operation on all arguments, from left to right. */
  private static Value of(Operator operator, Fit fit, List<Value> arguments, Span at) {
    @Nullable String type = type(arguments, at);
    BigInteger result = number(arguments, 0, at);
    limit(operator, arguments, at);
    if (arguments.size() == 1 && operator.fewest() == 1) {
      return value(alone(operator, result), type, fit, at);
    }
    for (int i = 1; i < Math.max(arguments.size(), operator.fewest()); i++) {
      result = fitted(apply(operator, result, number(arguments, i, at), type, at), type, fit, at);
    }
    return value(result, type, fit, at);
  }

  private static BigInteger alone(Operator operator, BigInteger number) {
    boolean isNegative =
        operator == Operator.SUB
            || operator == Operator.WRAPPING_NEG
            || operator == Operator.SATURATING_NEG;
    return operator == Operator.BIT_NOT ? number.not() : isNegative ? number.negate() : number;
  }

  private static BigInteger apply(
      Operator operator, BigInteger a, BigInteger b, @Nullable String type, Span at) {
    return switch (operator) {
      case ADD, WRAPPING_ADD, SATURATING_ADD -> a.add(b);
      case SUB, WRAPPING_SUB, SATURATING_SUB -> a.subtract(b);
      case MUL, WRAPPING_MUL, SATURATING_MUL -> a.multiply(b);
      case DIV, WRAPPING_DIV, SATURATING_DIV -> a.divide(divisor(b, at));
      case REM -> a.remainder(divisor(b, at));
      case MUL_HIGH -> a.multiply(b).shiftRight(width(type, at));
      case BIT_AND -> a.and(b);
      case BIT_OR -> a.or(b);
      case BIT_XOR -> a.xor(b);
      case SHIFT_LEFT -> a.shiftLeft(bits(b, type, at));
      case SHIFT_RIGHT -> a.shiftRight(bits(b, type, at));
      case WRAPPING_NEG, SATURATING_NEG, BIT_NOT, EQ, NE, LT, LE, GT, GE, NOT ->
          throw new IllegalArgumentException(operator.name());
    };
  }

  private static void limit(Builtin builtin, List<Value> arguments, Span at) {
    if (arguments.size() > builtin.most()) {
      throw Evaluator.failed(at, "this call has too many arguments", builtin.most() + " of them");
    }
  }

  private static Value converted(Conversion to, Fit fit, List<Value> arguments, Span at) {
    limit(to, arguments, at);
    boolean isTruth =
        arguments.size() == 1
            && arguments.get(0) instanceof Value.Data data
            && data.form() instanceof Form.Bool;
    BigInteger number =
        isTruth
            ? arguments.get(0).isTrue() ? BigInteger.ONE : BigInteger.ZERO
            : number(arguments, 0, at);
    return value(number, to.name().toLowerCase(Locale.ROOT), fit, at);
  }

  /** Whether each argument compares so with the next. */
  static boolean compare(List<Value> arguments, Span at, IntPredicate test) {
    type(arguments, at);
    boolean holds = true;
    for (int i = 0; i + 1 < Math.max(arguments.size(), 2); i++) {
      BigInteger left = number(arguments, i, at);
      holds &= test.test(left.compareTo(number(arguments, i + 1, at)));
    }
    return holds;
  }

  private static Value.Body comparing(IntPredicate test) {
    return (arguments, at) -> new Value.Data(new Form.Bool(compare(arguments, at, test), at));
  }

  /** The type that some arguments are written with, if any is. */
  private static @Nullable String type(List<Value> arguments, Span at) {
    String found = null;
    for (Value argument : arguments) {
      String type =
          argument instanceof Value.Data data && data.form() instanceof Form.Whole whole
              ? whole.suffix()
              : null;
      if (type != null && found != null && !type.equals(found)) {
        throw Evaluator.failed(
            at, "the operands are a " + found + " and a " + type, "both of one type");
      }
      found = type == null ? found : type;
    }
    return found;
  }

  private static Value value(BigInteger value, @Nullable String type, Fit fit, Span at) {
    return new Value.Data(new Form.Whole(fitted(value, type, fit, at), type, at));
  }

  private static BigInteger fitted(BigInteger value, @Nullable String type, Fit fit, Span at) {
    boolean isSigned = type == null || type.startsWith("i");
    int bits = type == null ? LONGEST_NUMBER + 1 : width(type, at);
    BigInteger most = BigInteger.ONE.shiftLeft(isSigned ? bits - 1 : bits).subtract(BigInteger.ONE);
    BigInteger least = isSigned ? most.not() : BigInteger.ZERO;
    if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
      return value;
    } else if (type == null || fit == Fit.FAIL) {
      throw Evaluator.failed(
          at,
          type == null ? "this number is too large" : value + " does not fit " + type,
          "smaller numbers" + (type == null ? "" : ", or of a wider type"));
    } else if (fit == Fit.SATURATE) {
      return value.signum() < 0 ? least : most;
    }
    BigInteger low = value.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    return low.compareTo(most) > 0 ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
  }

  private static int width(@Nullable String type, Span at) {
    if (type == null) {
      throw Evaluator.failed(at, "these numbers have no type", "numbers of a type, such as 2u64");
    }
    return Integer.parseInt(type.substring(1));
  }

  private static BigInteger number(List<Value> arguments, int index, Span at) {
    if (index >= arguments.size()) {
      throw Evaluator.failed(at, "this call lacks an argument", "one more argument");
    }
    if (arguments.get(index) instanceof Value.Data data
        && data.form() instanceof Form.Whole whole) {
      return whole.value();
    }
    throw Evaluator.failed(at, "a whole number is needed here", "a number");
  }

  private static BigInteger divisor(BigInteger divisor, Span at) {
    if (divisor.signum() == 0) {
      throw Evaluator.failed(at, "this divides by zero", "another divisor");
    }
    return divisor;
  }

  /** By how many bits it is shifted: of a type, modulo its width. */
  private static int bits(BigInteger count, @Nullable String type, Span at) {
    if (type != null) {
      return count.mod(BigInteger.valueOf(width(type, at))).intValue();
    }
    if (count.signum() < 0 || count.compareTo(MOST_SHIFTED) > 0) {
      throw Evaluator.failed(at, "no number is shifted this far", "0 to " + LONGEST_NUMBER);
    }
    return count.intValue();
  }
}
