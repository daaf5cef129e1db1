package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of macro code. Numbers of a type stay within it and do not mix with those of another;
 * numbers without one are as large as they get, up to a limit.
 */
final class Arithmetic {
  private static final int LONGEST_NUMBER = 256;
  private static final BigInteger MOST_SHIFTED = BigInteger.valueOf(LONGEST_NUMBER);

  private Arithmetic() {}

  /** The operation on all arguments, from left to right. */
  static Value of(String operation, List<Value> arguments, Span at) {
    @Nullable String type = type(arguments, at);
    BigInteger result = number(arguments, 0, at);
    if (operation.equals("-") && arguments.size() == 1) {
      return value(result.negate(), type, at);
    }
    for (int i = 1; i < arguments.size(); i++) {
      result = apply(operation, result, number(arguments, i, at), at);
      value(result, type, at);
    }
    return value(result, type, at);
  }

  private static BigInteger apply(String operation, BigInteger a, BigInteger b, Span at) {
    return switch (operation) {
      case "+" -> a.add(b);
      case "-" -> a.subtract(b);
      case "*" -> a.multiply(b);
      case "/" -> a.divide(divisor(b, at));
      case "bit-and" -> a.and(b);
      case "bit-or" -> a.or(b);
      case "bit-xor" -> a.xor(b);
      case "<<" -> a.shiftLeft(bits(b, at));
      case ">>" -> a.shiftRight(bits(b, at));
      default -> a.remainder(divisor(b, at));
    };
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

  private static Value value(BigInteger value, @Nullable String type, Span at) {
    boolean isSigned = type != null && type.startsWith("i");
    int bits = type == null ? LONGEST_NUMBER : Integer.parseInt(type.substring(1));
    boolean fits =
        (type != null && !isSigned)
            ? value.signum() >= 0 && value.bitLength() <= bits
            : value.bitLength() < (isSigned ? bits : bits + 1);
    if (!fits) {
      throw Evaluator.failed(
          at,
          type == null ? "this number is too large" : value + " does not fit " + type,
          "smaller numbers" + (type == null ? "" : ", or of a wider type"));
    }
    return new Value.Data(new Form.Whole(value, type, at));
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

  private static int bits(BigInteger count, Span at) {
    if (count.signum() < 0 || count.compareTo(MOST_SHIFTED) > 0) {
      throw Evaluator.failed(at, "no number is shifted this far", "0 to " + LONGEST_NUMBER);
    }
    return count.intValue();
  }
}
