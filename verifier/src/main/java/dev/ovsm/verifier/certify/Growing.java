package dev.ovsm.verifier.certify;

import dev.ovsm.verifier.certificate.Interval;
import org.jspecify.annotations.Nullable;

/** A range that only grows: exactly at first, later in large steps. */
final class Growing {
  private static final int EXACTLY = 3;

  private final Widening widening;
  private @Nullable Interval range;
  private int times;

  /**
   * @param range to begin with, or null if nothing was seen yet
   */
  Growing(@Nullable Interval range, Widening widening) {
    this.range = range;
    this.widening = widening;
  }

  /** Whether it has become every word, so that it says nothing. */
  boolean isAnything() {
    return Interval.ALL.equals(range);
  }

  Interval orElse(Interval other) {
    Interval known = range;
    return known == null ? other : known;
  }

  /** Takes in what was seen; whether it grew. */
  boolean grow(Interval seen) {
    Interval before = range;
    if (before == null) {
      range = seen;
    } else if (times++ < EXACTLY) {
      range = before.join(seen);
    } else {
      range = widening.grow(before, seen);
    }
    return !range.equals(before);
  }
}
