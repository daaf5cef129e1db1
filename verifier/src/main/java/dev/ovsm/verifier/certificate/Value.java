package dev.ovsm.verifier.certificate;

/**
 * What is known of a word: where it lies, and how it lies to others.
 *
 * <p>Two values of the same root differ by the difference of their distances, exactly and without
 * having left 64 bits.
 *
 * @param isFrame whether it is an address counted from the end of the function's frame
 * @param root the identity of what it was computed from
 * @param distance from that
 */
record Value(boolean isFrame, Interval range, int root, long distance) {
  /** Where it lies as a number; of an address that says nothing. */
  Interval number() {
    return isFrame ? Interval.ALL : range;
  }

  Value in(Interval other) {
    return new Value(isFrame, other, root, distance);
  }

  boolean isSame(Value other) {
    return isFrame == other.isFrame && root == other.root && distance == other.distance;
  }

  /** Whether both are the same word for sure. */
  boolean equalsForSure(Value other) {
    boolean sameConstant = range.isConstant() && range.equals(other.range);
    return isFrame == other.isFrame && (isSame(other) || sameConstant);
  }
}
