package dev.ovsm.verifier.certificate;

/** Gives every value that nothing is known of an identity of its own. */
final class Roots {
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
}
