package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that an access touches, counted from a value: it begins from {@code low} to {@code
 * high} and ends before {@code leastEnd} to {@code mostEnd}.
 *
 * @param writes whether it may change them
 */
record Reach(
    long low,
    long high,
    long leastEnd,
    long mostEnd,
    boolean writes,
    Place place,
    String function) {
  /** No object is as large; a length that may be larger is not known. */
  static final long UNKNOWN = 1L << 40;

  /** An access of a number of bytes at a value. */
  static Reach of(long least, long most, boolean writes, Place place, String function) {
    return new Reach(0, 0, least, most, writes, place, function);
  }

  /** The same, counted from a value that lies before this one; null if that is too far. */
  @Nullable Reach after(Step step) {
    boolean near = Math.abs(step.low()) < UNKNOWN * 16 && Math.abs(step.high()) < UNKNOWN * 16;
    return near
        ? new Reach(
            low + step.low(),
            high + step.high(),
            leastEnd + step.low(),
            mostEnd + step.high(),
            writes,
            place,
            function)
        : null;
  }

  /** The same where its end is known by itself. */
  Reach until(Step end) {
    return new Reach(
        low,
        high,
        Math.max(leastEnd, end.low()),
        Math.min(mostEnd, end.high()),
        writes,
        place,
        function);
  }

  /** Whether it may have no bytes at all. */
  boolean isPerhapsNothing() {
    return leastEnd <= high;
  }

  /** Whether all of it lies between two distances. */
  boolean isWithin(long from, long to) {
    return low >= from && mostEnd <= to;
  }

  /** Whether some of it always lies outside. */
  boolean isOutside(long from, long to) {
    return leastEnd > low && (high < from || leastEnd > to);
  }

  @Override
  public String toString() {
    long bytes = mostEnd - high;
    String length = bytes < UNKNOWN / 2 ? bytes + " bytes" : "an unknown length";
    return length + " at " + new Step(low, high);
  }
}
