package dev.ovsm.verifier.lift;

/**
 * What is known of a value before any analysis: a constant, or a fixed distance from the frame
 * pointer or from an argument that the function began with.
 *
 * @param value the constant or the distance
 * @param index the argument's index from 0, else 0
 */
record Locus(Kind kind, long value, int index) {
  static final Locus ANYTHING = new Locus(Kind.ANYTHING, 0, 0);

  /** Frames are small; what lies farther from a base is not followed. */
  static final long FARTHEST = 1L << 24;

  /** What the value counts from. */
  enum Kind {
    CONSTANT,
    /** The frame pointer when the function begins. */
    FRAME,
    ARGUMENT,
    ANYTHING
  }

  static Locus constant(long value) {
    return new Locus(Kind.CONSTANT, value, 0);
  }

  static Locus frame(long distance) {
    return new Locus(Kind.FRAME, distance, 0);
  }

  static Locus argument(int index) {
    return new Locus(Kind.ARGUMENT, 0, index);
  }

  boolean isFrame() {
    return kind == Kind.FRAME;
  }

  boolean isConstant() {
    return kind == Kind.CONSTANT;
  }

  /** The value after adding a constant. */
  Locus plus(long amount) {
    long sum = value + amount;
    return switch (kind) {
      case CONSTANT -> constant(sum);
      case FRAME, ARGUMENT ->
          Math.abs(amount) < FARTHEST && Math.abs(sum) < FARTHEST
              ? new Locus(kind, sum, index)
              : ANYTHING;
      case ANYTHING -> this;
    };
  }

  /** The sum of two values. */
  Locus plus(Locus other) {
    return other.isConstant() ? plus(other.value) : isConstant() ? other.plus(value) : ANYTHING;
  }

  /** What holds if either may be meant. */
  Locus join(Locus other) {
    return equals(other) ? this : ANYTHING;
  }
}
