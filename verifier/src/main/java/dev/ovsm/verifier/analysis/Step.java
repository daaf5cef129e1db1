package dev.ovsm.verifier.analysis;

import org.jspecify.annotations.Nullable;

/**
 * By how much one value lies above another, modulo 2^64: a signed number from {@code low} to {@code
 * high}.
 */
record Step(long low, long high) {
  static final Step NONE = new Step(0, 0);

  /** Larger distances are of no use and could overflow. */
  private static final long FARTHEST = 1L << 61;

  /** The interval, or null if it reaches too far. */
  static @Nullable Step of(long low, long high) {
    return low < -FARTHEST || high > FARTHEST ? null : new Step(low, high);
  }

  @Nullable Step add(Step other) {
    return of(low + other.low, high + other.high);
  }

  @Nullable Step subtract(Step other) {
    return of(low - other.high, high - other.low);
  }

  /** The product with a number, or null if it reaches too far. */
  @Nullable Step times(long number) {
    boolean far =
        Math.multiplyHigh(low, number) != (low * number) >> 63
            || Math.multiplyHigh(high, number) != (high * number) >> 63;
    long one = low * number;
    long other = high * number;
    return far ? null : of(Math.min(one, other), Math.max(one, other));
  }

  Step join(Step other) {
    return new Step(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** The distance after at most {@code times} such steps, none included; null if it is far. */
  @Nullable Step repeated(long times) {
    long least = Math.min(low, 0);
    long most = Math.max(high, 0);
    boolean far =
        times < 0
            || Math.multiplyHigh(least, times) != (least * times) >> 63
            || Math.multiplyHigh(most, times) != (most * times) >> 63;
    return far ? null : of(least * times, most * times);
  }

  /** How much farther the farthest is than the nearest. */
  long width() {
    return high - low;
  }

  boolean isFixed() {
    return low == high;
  }

  boolean rises() {
    return low > 0;
  }

  boolean falls() {
    return high < 0;
  }

  @Override
  public String toString() {
    return isFixed() ? signed(low) : signed(low) + " to " + signed(high);
  }

  private static String signed(long number) {
    return number < 0 ? Long.toString(number) : "+" + number;
  }
}
