package dev.ovsm.runtime.autonomous;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A number in an account and a comparison with it.
 *
 * @param offset where in the data, in bytes, for {@link Field#DATA}
 * @param mask bits of the little-endian operand that count, not 0; the bytes it reaches must exist
 * @param threshold the right operand; basis points for {@link Op#CHANGE_PCT}
 * @param signed whether values and threshold compare as i64
 */
record Criteria(Field field, Op op, long offset, long mask, long threshold, boolean signed) {
  private static final long BASIS_POINTS = 10_000;

  /** Parts of an account, with their numbers in the 32-byte layout. */
  enum Field {
    DATA(0),
    LAMPORTS(1),
    OWNER(2);

    private final int number;

    Field(int number) {
      this.number = number;
    }

    static @Nullable Field of(int number) {
      return Arrays.stream(values()).filter(f -> f.number == number).findFirst().orElse(null);
    }

    int number() {
      return number;
    }
  }

  /** Comparisons, with their numbers in the 32-byte layout. */
  enum Op {
    EQ(0),
    NEQ(1),
    GT(2),
    GTE(3),
    LT(4),
    LTE(5),
    CHANGE_ABS(6),
    CHANGE_PCT(7);

    private final int number;

    Op(int number) {
      this.number = number;
    }

    static @Nullable Op of(int number) {
      return Arrays.stream(values()).filter(op -> op.number == number).findFirst().orElse(null);
    }

    int number() {
      return number;
    }
  }

  /** Whether the comparison is of a value with the threshold, not of an old with a new value. */
  boolean isLevel() {
    return op != Op.CHANGE_ABS && op != Op.CHANGE_PCT;
  }

  /** The bytes that the operand takes, 1 to 8. */
  int width() {
    return (Long.SIZE - Long.numberOfLeadingZeros(mask) + 7) / Byte.SIZE;
  }

  /** Whether a value satisfies a level comparison. */
  boolean holds(long value) {
    int order = signed ? Long.compare(value, threshold) : Long.compareUnsigned(value, threshold);
    return switch (op) {
      case EQ -> order == 0;
      case NEQ -> order != 0;
      case GT -> order > 0;
      case GTE -> order >= 0;
      case LT -> order < 0;
      case LTE -> order <= 0;
      case CHANGE_ABS, CHANGE_PCT -> false;
    };
  }

  /** Whether the step from one unsigned value to another satisfies a change comparison. */
  boolean changes(long before, long after) {
    long distance = Long.compareUnsigned(before, after) < 0 ? after - before : before - after;
    if (distance == 0) {
      return false;
    }
    return switch (op) {
      case CHANGE_ABS -> Long.compareUnsigned(distance, threshold) >= 0;
      case CHANGE_PCT -> isAtLeast(distance, BASIS_POINTS, before, threshold);
      case EQ, NEQ, GT, GTE, LT, LTE -> false;
    };
  }

  /** Whether a·b ≥ c·d, all unsigned and without overflow. */
  private static boolean isAtLeast(long a, long b, long c, long d) {
    int high = Long.compareUnsigned(highProduct(a, b), highProduct(c, d));
    return high > 0 || (high == 0 && Long.compareUnsigned(a * b, c * d) >= 0);
  }

  private static long highProduct(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }
}
