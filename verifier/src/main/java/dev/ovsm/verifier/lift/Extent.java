package dev.ovsm.verifier.lift;

/**
 * Bytes from {@code low} up to, but without, {@code high}, counted from some base; an end that is
 * {@link #FAR} away stands for all beyond.
 */
record Extent(long low, long high) {
  static final Extent NOTHING = new Extent(0, 0);

  /** As far as any distance from a base is followed. */
  static final long FAR = 1L << 40;

  Extent {
    low = Math.max(low, -FAR);
    high = Math.min(high, FAR);
  }

  boolean isEmpty() {
    return low >= high;
  }

  boolean meets(long from, long to) {
    return !isEmpty() && from < high && low < to;
  }

  Extent join(Extent other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new Extent(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** The same bytes counted from a base that lies anywhere in an interval. */
  Extent plus(long least, long most) {
    return isEmpty()
        ? this
        : new Extent(low <= -FAR ? low : low + least, high >= FAR ? high : high + most);
  }
}
