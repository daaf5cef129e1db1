package dev.ovsm.verifier.analysis;

/**
 * A budget of work: steps are counted, never time, so that it ends at the same place everywhere.
 */
final class Fuel {
  private long left;

  /** So many steps may be made. */
  Fuel(long steps) {
    this.left = steps;
  }

  /** Makes some steps; false if there was not enough left for them. */
  boolean take(long steps) {
    left -= steps;
    return left >= 0;
  }

  /** Whether more was asked for than there was. */
  boolean isSpent() {
    return left < 0;
  }
}
