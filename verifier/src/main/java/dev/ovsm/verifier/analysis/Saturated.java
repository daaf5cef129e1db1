package dev.ovsm.verifier.analysis;

/** Sums and products of counts that stop at {@link #UNBOUNDED} and never wrap around. */
public final class Saturated {
  /** More than can be counted, or a count without a bound. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private Saturated() {}

  /** The sum of two counts, neither negative. */
  public static long sum(long a, long b) {
    return a > UNBOUNDED - b ? UNBOUNDED : a + b;
  }

  /** The product of two counts, neither negative; nothing, without a bound, is still nothing. */
  public static long product(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? UNBOUNDED : a * b;
  }
}
