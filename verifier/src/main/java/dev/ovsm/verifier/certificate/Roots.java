package dev.ovsm.verifier.certificate;

import java.util.HashMap;
import java.util.Map;

/** Gives every value that nothing is known of an identity of its own. */
final class Roots {
  private final Map<Integer, Integer> halves = new HashMap<>();
  private final Map<Integer, Integer> fallen = new HashMap<>();
  private int last;

  int next() {
    return ++last;
  }

  Value any() {
    return in(Interval.ALL);
  }

  Value in(Interval range) {
    return new Value(false, range, next(), 0);
  }

  /** A natural number that is at most half of another one, and less if either is not 0. */
  Value half(Value of, Interval range) {
    Value half = in(range);
    if (of.distance() == 0) {
      (of.range().low() > 0 ? fallen : halves).put(half.root(), of.root());
    }
    return half;
  }

  /** Whether a value is at most half of another one, and less. */
  boolean hasFallen(Value value, Value from) {
    boolean less = fallen.getOrDefault(value.root(), 0) == from.root();
    boolean half = halves.getOrDefault(value.root(), 0) == from.root();
    return value.distance() == 0 && (less || (half && value.range().low() > 0));
  }
}
