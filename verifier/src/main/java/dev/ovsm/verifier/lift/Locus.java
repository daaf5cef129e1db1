package dev.ovsm.verifier.lift;

/**
 * What is known of a value before any analysis: a number, or a distance from the frame pointer or
 * from an argument that the function began with; each lies in an interval.
 *
 * <p>An end of the interval that is {@link Extent#FAR} away stands for all beyond. No execution
 * lasts long enough to get around the address space by the steps that are followed.
 *
 * @param index the argument's index from 0, else 0
 */
record Locus(Kind kind, long low, long high, int index) {
  static final Locus ANYTHING = new Locus(Kind.ANYTHING, 0, 0, 0);

  /** Frames are small; what moves by more is not followed. */
  static final long FARTHEST = 1L << 24;

  /** What the value counts from. */
  enum Kind {
    NUMBER,
    /** The frame pointer when the function begins. */
    FRAME,
    ARGUMENT,
    ANYTHING
  }

  static Locus constant(long value) {
    return new Locus(Kind.NUMBER, value, value, 0);
  }

  static Locus number(long low, long high) {
    return new Locus(Kind.NUMBER, low, high, 0);
  }

  static Locus frame(long distance) {
    return new Locus(Kind.FRAME, distance, distance, 0);
  }

  static Locus argument(int index) {
    return new Locus(Kind.ARGUMENT, 0, 0, index);
  }

  /** Whether it is one distance from the frame pointer. */
  boolean isFrame() {
    return kind == Kind.FRAME && low == high;
  }

  boolean isConstant() {
    return kind == Kind.NUMBER && low == high;
  }

  /** Whether it is one distance from the frame pointer or from an argument. */
  boolean isPlace() {
    return (kind == Kind.FRAME || kind == Kind.ARGUMENT) && low == high;
  }

  /** The constant or the one distance. */
  long value() {
    return low;
  }

  /** The value after adding a constant. */
  Locus plus(long amount) {
    return plus(constant(amount));
  }

  /** The sum of two values. */
  Locus plus(Locus other) {
    if (other.kind != Kind.NUMBER) {
      return kind == Kind.NUMBER ? other.plus(this) : ANYTHING;
    }
    if (isConstant() && other.isConstant()) {
      return constant(low + other.low);
    }
    boolean beyond = (isLowest() && other.isLowest()) || (isHighest() && other.isHighest());
    boolean follows = (isStep() && other.isNear()) || (isNear() && other.isStep());
    if (kind == Kind.ANYTHING || beyond || !follows) {
      return ANYTHING;
    }
    long least = isLowest() || other.isLowest() ? -Extent.FAR : low + other.low;
    long most = isHighest() || other.isHighest() ? Extent.FAR : high + other.high;
    return new Locus(kind, Math.max(least, -Extent.FAR), Math.min(most, Extent.FAR), index);
  }

  private boolean isLowest() {
    return low <= -Extent.FAR;
  }

  private boolean isHighest() {
    return high >= Extent.FAR;
  }

  private boolean isNear() {
    return low >= -Extent.FAR && high <= Extent.FAR;
  }

  /** Whether each end is small or stands for all beyond, so that adding it again never gets far. */
  private boolean isStep() {
    return (isLowest() || Math.abs(low) < FARTHEST) && (isHighest() || Math.abs(high) < FARTHEST);
  }

  /** The product with a number that is not large. */
  Locus times(long factor) {
    boolean small = Math.abs(low) < FARTHEST && Math.abs(high) < FARTHEST;
    boolean follows = kind == Kind.NUMBER && small && factor >= 0 && factor < FARTHEST;
    return isConstant()
        ? constant(low * factor)
        : follows ? number(low * factor, high * factor) : ANYTHING;
  }

  /** What holds if either may be meant. */
  Locus join(Locus other) {
    if (equals(other)) {
      return this;
    }
    boolean same = kind == other.kind && index == other.index && kind != Kind.ANYTHING;
    return same
        ? new Locus(kind, Math.min(low, other.low), Math.max(high, other.high), index)
        : ANYTHING;
  }

  /** The same, with the ends that moved as far as can be. */
  Locus widened(Locus before) {
    if (kind == Kind.ANYTHING || equals(before)) {
      return this;
    }
    boolean near = isNear() && before.isNear() && kind == before.kind;
    return near
        ? new Locus(
            kind,
            low < before.low ? -Extent.FAR : low,
            high > before.high ? Extent.FAR : high,
            index)
        : ANYTHING;
  }
}
