package dev.ovsm.runtime.ml;

/** Signed numbers with 32 bits before and 32 after the point; results saturate. */
final class Fixed {
  static final long ONE = 1L << 32;

  private static final int FRACTION_BITS = 32;

  private Fixed() {}

  /** The product, rounded towards negative infinity. */
  static long product(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long result = (high << FRACTION_BITS) | ((a * b) >>> FRACTION_BITS);
    boolean fits = high >> 31 == high >> 63;
    return fits ? result : high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  static long sum(long a, long b) {
    long sum = a + b;
    boolean overflows = ((a ^ sum) & (b ^ sum)) < 0;
    return !overflows ? sum : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  static long clamp(long value, long least, long most) {
    return Math.max(least, Math.min(most, value));
  }
}
