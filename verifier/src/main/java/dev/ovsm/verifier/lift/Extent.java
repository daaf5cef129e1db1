package dev.ovsm.verifier.lift;

/** Bytes from {@code low} up to, but without, {@code high}, counted from some base. */
record Extent(long low, long high) {
  static final Extent NOTHING = new Extent(0, 0);

  /** As far as any distance from a base is followed. */
  static final long FAR = 1L << 40;

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

  Extent plus(long distance) {
    return isEmpty() ? this : new Extent(low + distance, Math.min(high + distance, FAR));
  }
}
