package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * {@code f64} in compiled programs is Java's {@code double}, bit for bit, in random numbers and in
 * all pairs of edges: sums, products, quotients, roots, comparisons and conversions.
 */
class FloatsTest {
  private static final int CASES = Integer.getInteger("float.cases", 300_000);
  private static final long CANONICAL_NAN = 0x7ff8000000000000L;
  private static final BigInteger TWO_127 = BigInteger.ONE.shiftLeft(127);

  /** What the program computes of each pair, in this order; one is a mask of comparisons. */
  private static final List<String> VALUES =
      List.of(
          "(f64-bits (+ a b))",
          "(f64-bits (- a b))",
          "(f64-bits (* a b))",
          "(f64-bits (/ a b))",
          "(f64-bits (f64/sqrt a))",
          "(f64-bits (- a))",
          "(f64-bits (f64 (wrapping-i64 (f64-bits a))))",
          "(f64-bits (f64 (f64-bits a)))",
          "(wrapping-u64 a)",
          "(wrapping-u64 (wrapping-i64 a))",
          "(bit-or (u64 (< a b)) (* 2 (u64 (<= a b))) (* 4 (u64 (> a b))) (* 8 (u64 (>= a b)))"
              + " (* 16 (u64 (= a b))) (* 32 (u64 (!= a b))))",
          "(f64-bits (f64 (bit-or (<< (u128 (mem-load in 0)) 64) (u128 (mem-load in 8)))))",
          "(f64-bits (f64 (wrapping-i128 (bit-or (<< (u128 (mem-load in 0)) 64)"
              + " (u128 (mem-load in 8))))))",
          "(wrapping-u64 (>> (wrapping-u128 a) 64))",
          "(wrapping-u64 (>> (wrapping-i128 a) 64))",
          "(bit-or (<< (u64 (saturating-u32 a)) 32) (bit-and (wrapping-u64 (saturating-i32 b))"
              + " 0xffffffff))");

  private static final double[] EDGES = {
    0.0,
    Double.MIN_VALUE,
    2 * Double.MIN_VALUE,
    Math.nextDown(Double.MIN_NORMAL),
    Double.MIN_NORMAL,
    Math.nextUp(Double.MIN_NORMAL),
    0x1p-1000,
    0.1,
    0.5,
    Math.nextDown(1.0),
    1.0,
    Math.nextUp(1.0),
    1.5,
    2.0,
    3.0,
    10.0,
    0x1p31,
    0x1p32,
    0x1p52 - 0.5,
    0x1p52,
    0x1p53,
    Math.nextUp(0x1p53),
    Math.nextDown(0x1p63),
    0x1p63,
    Math.nextDown(0x1p64),
    0x1p64,
    Math.nextDown(0x1p127),
    0x1p127,
    Math.nextDown(0x1p128),
    0x1p128,
    0x1p1000,
    Math.nextDown(Double.MAX_VALUE),
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY
  };

  private static long random(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        double edge = EDGES[random.nextInt(EDGES.length)];
        yield Double.doubleToRawLongBits(random.nextBoolean() ? edge : -edge);
      }
      case 1, 2 -> random.nextLong();
      case 3 -> Double.doubleToRawLongBits(random.nextInt(-1_000, 1_000) / 8.0);
      default -> {
        long exponent = (960L + random.nextInt(130)) << 52;
        long fraction = (random.nextLong() >>> 12) & (-1L << random.nextInt(52));
        yield exponent | fraction | (random.nextLong() << 63);
      }
    };
  }

  @Test
  void areJavas() {
    int pairs = compare(VALUES, CASES);
    System.out.printf(
        Locale.ROOT, "FloatsTest: %,d pairs, of each %s%n", pairs, String.join(", ", VALUES));
  }

  /** A sum that is rounded twice is a slip that shows in few pairs only. */
  @Test
  void areNotRoundedTwice() {
    List<String> slip = new ArrayList<>(VALUES);
    slip.set(0, "(f64-bits (+ (+ a 4.9e-324) b))");
    assertThatThrownBy(() -> compare(slip, CASES)).isInstanceOf(AssertionError.class);
  }

  private static int compare(List<String> values, int cases) {
    List<long[]> pairs = new ArrayList<>();
    long[] all = new long[2 * EDGES.length + 2];
    for (int i = 0; i < EDGES.length; i++) {
      all[2 * i] = Double.doubleToRawLongBits(EDGES[i]);
      all[2 * i + 1] = Double.doubleToRawLongBits(-EDGES[i]);
    }
    all[all.length - 2] = CANONICAL_NAN;
    all[all.length - 1] = 0xfff0000000000001L;
    for (long a : all) {
      for (long b : all) {
        pairs.add(new long[] {a, b});
      }
    }
    SplittableRandom random = new SplittableRandom(20_260_406);
    Formulas formulas =
        new Formulas(
            2,
            List.of(
                "(define a (bits-f64 (mem-load in 0)))", "(define b (bits-f64 (mem-load in 8)))"),
            values);
    int done = 0;
    while (done < cases) {
      while (pairs.size() < Formulas.BATCH) {
        pairs.add(new long[] {random(random), random(random)});
      }
      check(pairs.subList(0, Formulas.BATCH), formulas);
      pairs.subList(0, Formulas.BATCH).clear();
      done += Formulas.BATCH;
    }
    assertThat(done).isGreaterThanOrEqualTo(cases);
    return done;
  }

  private static void check(List<long[]> pairs, Formulas formulas) {
    List<long[]> all = formulas.of(pairs);
    for (int i = 0; i < all.size(); i++) {
      long[] expected = expected(pairs.get(i)[0], pairs.get(i)[1]);
      for (int j = 0; j < expected.length; j++) {
        long found = all.get(i)[j];
        if (found != expected[j]) {
          assertThat(Long.toHexString(found))
              .as("%s of %x and %x", VALUES.get(j), pairs.get(i)[0], pairs.get(i)[1])
              .isEqualTo(Long.toHexString(expected[j]));
        }
      }
    }
  }

  private static long[] expected(long left, long right) {
    double a = Double.longBitsToDouble(left);
    double b = Double.longBitsToDouble(right);
    long comparisons =
        (a < b ? 1 : 0)
            | (a <= b ? 2 : 0)
            | (a > b ? 4 : 0)
            | (a >= b ? 8 : 0)
            | (a == b ? 16 : 0)
            | (a != b ? 32 : 0);
    double unsigned = (left >>> 1 | (left & 1)) * 2.0;
    return new long[] {
      bits(a + b),
      bits(a - b),
      bits(a * b),
      bits(a / b),
      bits(Math.sqrt(a)),
      bits(-a),
      bits((double) left),
      bits(left >= 0 ? (double) left : unsigned),
      integer(a, false).longValue(),
      integer(a, true).longValue(),
      comparisons,
      bits(wide(left, right).doubleValue()),
      bits(BigInteger.valueOf(left).shiftLeft(64).or(word(right)).doubleValue()),
      integer(a, false).shiftRight(64).longValue(),
      integer(a, true).shiftRight(64).longValue(),
      (Math.min(0xffffffffL, Math.max(0, (long) a)) << 32) | ((int) b & 0xffffffffL)
    };
  }

  private static long bits(double value) {
    return Double.isNaN(value) ? CANONICAL_NAN : Double.doubleToRawLongBits(value);
  }

  private static BigInteger word(long bits) {
    BigInteger low = BigInteger.valueOf(bits & Long.MAX_VALUE);
    return bits < 0 ? low.setBit(63) : low;
  }

  private static BigInteger wide(long high, long low) {
    return word(high).shiftLeft(64).or(word(low));
  }

  /** The number that is nearest among those of 128 bits, cut off. */
  private static BigInteger integer(double value, boolean signed) {
    if (Double.isNaN(value) || (!signed && value < 0)) {
      return BigInteger.ZERO;
    }
    if (Math.abs(value) < 0x1p63) {
      return BigInteger.valueOf((long) value);
    }
    BigInteger most =
        signed ? TWO_127.subtract(BigInteger.ONE) : TWO_127.shiftLeft(1).subtract(BigInteger.ONE);
    if (Double.isInfinite(value)) {
      return value > 0 ? most : signed ? TWO_127.negate() : BigInteger.ZERO;
    }
    BigInteger whole = new BigDecimal(value).toBigInteger();
    return whole.min(most).max(TWO_127.negate());
  }
}
