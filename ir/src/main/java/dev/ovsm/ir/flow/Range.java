package dev.ovsm.ir.flow;

import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * The numbers from {@code low} to {@code high} of a type, both in canonical form and both included,
 * in the order of the type's signedness; never empty.
 */
public record Range(Type type, long low, long high) {
  // Written out: what the language makes of a record takes long before it is compiled.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Range range
        && type == range.type
        && low == range.low
        && high == range.high;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(low) + Long.hashCode(high);
  }

  /** Every number of a type. */
  public static Range all(Type type) {
    return new Range(type, type.min(), type.max());
  }

  public static Range only(Type type, long number) {
    return new Range(type, number, number);
  }

  public boolean isOnly() {
    return low == high;
  }

  public boolean contains(long number) {
    return compare(low, number) <= 0 && compare(number, high) <= 0;
  }

  /** Whether every number of it is 0 or more. */
  public boolean isNatural() {
    return !type.signed() || low >= 0;
  }

  /** The least range with the numbers of both. */
  public Range union(Range other) {
    return new Range(type, min(low, other.low), max(high, other.high));
  }

  /** The numbers that may be {@code x} where {@code x op y} holds for some {@code y} of another. */
  public Range where(Comparison op, Range other) {
    return switch (op) {
      case EQ -> clip(other.low, other.high);
      case NE -> other.isOnly() ? without(other.low) : this;
      case LT -> other.high == type.min() ? this : clip(type.min(), other.high - 1);
      case LE -> clip(type.min(), other.high);
      case GT -> other.low == type.max() ? this : clip(other.low + 1, type.max());
      case GE -> clip(other.low, type.max());
    };
  }

  private Range without(long number) {
    if (isOnly()) {
      return this;
    }
    return number == low
        ? new Range(type, low + 1, high)
        : number == high ? new Range(type, low, high - 1) : this;
  }

  /** The part between two numbers; all of it if there is none, as where code is not reached. */
  private Range clip(long from, long to) {
    long newLow = max(low, from);
    long newHigh = min(high, to);
    return compare(newLow, newHigh) <= 0 ? new Range(type, newLow, newHigh) : this;
  }

  /** Whether {@code x op y} holds for all numbers, 1, for none, 0, or is not known, -1. */
  public int holds(Comparison op, Range other) {
    boolean below = compare(high, other.low) < 0;
    boolean above = compare(low, other.high) > 0;
    boolean notAbove = compare(high, other.low) <= 0;
    boolean notBelow = compare(low, other.high) >= 0;
    boolean same = isOnly() && other.isOnly() && low == other.low;
    return switch (op) {
      case EQ -> same ? 1 : below || above ? 0 : -1;
      case NE -> same ? 0 : below || above ? 1 : -1;
      case LT -> below ? 1 : notBelow ? 0 : -1;
      case LE -> notAbove ? 1 : above ? 0 : -1;
      case GT -> above ? 1 : notAbove ? 0 : -1;
      case GE -> notBelow ? 1 : below ? 0 : -1;
    };
  }

  /** Whether a sum, difference or product of numbers of both always fits the type. */
  public boolean fits(BinaryOp op, Range other) {
    return switch (op) {
      case ADD -> fits(op, low, other.low) && fits(op, high, other.high);
      case SUB -> fits(op, low, other.high) && fits(op, high, other.low);
      case MUL ->
          fits(op, low, other.low)
              && fits(op, low, other.high)
              && fits(op, high, other.low)
              && fits(op, high, other.high);
      case DIV, REM -> !other.contains(0) && (isNatural() || other.isNatural());
      case AND, OR, XOR, SHL, SHR, MULHI -> true;
    };
  }

  private boolean fits(BinaryOp op, long left, long right) {
    return Arithmetic.failure(op, type, left, right) == null;
  }

  /** The results of an operation, those that do not fit the type left out. */
  public Range apply(BinaryOp op, Range other) {
    return switch (op) {
      case ADD -> sum(op, other.low, other.high);
      case SUB -> sum(op, other.high, other.low);
      case MUL -> fits(op, other) ? product(other) : all(type);
      case DIV -> quotient(other);
      case REM -> remainder(other);
      case AND -> and(other);
      case OR, XOR -> or(op, other);
      case SHL -> all(type);
      case SHR -> shiftRight(other);
      case MULHI -> all(type);
    };
  }

  /** From {@code low op right} to {@code high op otherRight}. */
  private Range sum(BinaryOp op, long right, long otherRight) {
    boolean lowFits = fits(op, low, right);
    boolean highFits = fits(op, high, otherRight);
    boolean nothingFits = (!lowFits && !sinks(op, low)) || (!highFits && sinks(op, high));
    return nothingFits
        ? all(type)
        : new Range(
            type,
            lowFits ? Arithmetic.wrap(op, type, low, right) : type.min(),
            highFits ? Arithmetic.wrap(op, type, high, otherRight) : type.max());
  }

  /** Whether a result that does not fit is too small. */
  private boolean sinks(BinaryOp op, long left) {
    return type.signed() ? left < 0 : op == BinaryOp.SUB;
  }

  private Range product(Range other) {
    long a = low * other.low;
    long b = low * other.high;
    long c = high * other.low;
    long d = high * other.high;
    return new Range(type, min(min(a, b), min(c, d)), max(max(a, b), max(c, d)));
  }

  private Range quotient(Range other) {
    if (other.contains(0) || !isNatural() || !other.isNatural()) {
      return type.signed() ? all(type) : new Range(type, 0, high);
    }
    return new Range(
        type, Long.divideUnsigned(low, other.high), Long.divideUnsigned(high, other.low));
  }

  private Range remainder(Range other) {
    if (!isNatural() || !other.isNatural() || other.high == 0) {
      return all(type);
    }
    return new Range(type, 0, min(high, other.high - 1));
  }

  private Range and(Range other) {
    if (isNatural() && other.isNatural()) {
      return new Range(type, 0, min(high, other.high));
    }
    if (isNatural() || other.isNatural()) {
      return new Range(type, 0, isNatural() ? high : other.high);
    }
    return all(type);
  }

  private Range or(BinaryOp op, Range other) {
    if (!isNatural() || !other.isNatural()) {
      return all(type);
    }
    long bits = high | other.high;
    long ones = bits == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(bits);
    return new Range(type, op == BinaryOp.OR ? max(low, other.low) : 0, ones);
  }

  private Range shiftRight(Range other) {
    int mask = type.bits() - 1;
    if (other.isOnly()) {
      long amount = other.low & mask;
      return type.signed()
          ? new Range(type, low >> amount, high >> amount)
          : new Range(type, low >>> amount, high >>> amount);
    }
    return isNatural() ? new Range(type, 0, high) : all(type);
  }

  /** The numbers of another type that a conversion gives for those that fit it. */
  public Range in(Type other) {
    long from = max(low, type.admits(other.min(), other) ? other.min() : type.min());
    long to = min(high, type.admits(other.max(), other) ? other.max() : type.max());
    return compare(from, to) <= 0 ? new Range(other, from, to) : all(other);
  }

  /** Whether every number of it is one of another type. */
  public boolean fits(Type other) {
    return other.admits(low, type) && other.admits(high, type);
  }

  private int compare(long a, long b) {
    return type.signed() ? Long.compare(a, b) : Long.compareUnsigned(a, b);
  }

  private long min(long a, long b) {
    return compare(a, b) <= 0 ? a : b;
  }

  private long max(long a, long b) {
    return compare(a, b) >= 0 ? a : b;
  }
}
