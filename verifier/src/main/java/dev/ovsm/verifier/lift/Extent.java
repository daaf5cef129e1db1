package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Argument;
import org.jspecify.annotations.Nullable;

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

  /**
   * The memory of a syscall's argument, by what its arguments hold; FAR where that is not known.
   */
  static Extent of(Argument.@Nullable Extent extent, Locus[] passed) {
    if (extent == null) {
      return new Extent(0, FAR);
    }
    Locus times = extent.times() == 0 ? Locus.constant(1) : passed[extent.times() - 1];
    boolean known = times.isConstant() && times.value() >= 0 && times.value() < Locus.FARTHEST;
    return new Extent(0, known ? extent.unit() * times.value() : FAR);
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
