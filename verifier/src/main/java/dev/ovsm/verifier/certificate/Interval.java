package dev.ovsm.verifier.certificate;

import org.jspecify.annotations.Nullable;

/** The 64-bit words from {@code low} to {@code high}, as signed numbers; never empty. */
public record Interval(long low, long high) {
  /** Every word. */
  public static final Interval ALL = new Interval(Long.MIN_VALUE, Long.MAX_VALUE);

  /** What is the same number on 32 bits and on 64, with a sign and without. */
  static final Interval SMALL = new Interval(0, Integer.MAX_VALUE);

  static final Interval WORD = new Interval(0, 0xffff_ffffL);

  public Interval {
    if (low > high) {
      throw new IllegalArgumentException(low + " above " + high);
    }
  }

  static Interval of(long value) {
    return new Interval(value, value);
  }

  boolean isConstant() {
    return low == high;
  }

  boolean isNatural() {
    return low >= 0;
  }

  /** Whether every word of the other is in this one. */
  boolean includes(Interval other) {
    return low <= other.low && other.high <= high;
  }

  /** The least interval that includes both. */
  public Interval join(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** The words of this one from {@code from} to {@code to}; null if there are none. */
  @Nullable Interval meet(long from, long to) {
    long least = Math.max(low, from);
    long most = Math.min(high, to);
    return least <= most ? new Interval(least, most) : null;
  }

  /** Whether the sum with a number cannot leave 64 bits. */
  boolean canMove(long by) {
    return by >= 0 ? high <= Long.MAX_VALUE - by : low >= Long.MIN_VALUE - by;
  }

  Interval moved(long by) {
    return canMove(by) ? new Interval(low + by, high + by) : ALL;
  }

  @Override
  public String toString() {
    return low + " to " + high;
  }
}
