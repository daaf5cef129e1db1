package dev.ovsm.verifier.analysis;

/** How far the life of a {@link Resource} has come. */
enum Phase {
  /** It has not begun in this execution. */
  UNBEGUN(1 << 0),
  /** It was asked for, and there is none. */
  NULL(1 << 1),
  /** It has begun: a record is reserved, an iterator runs, a handle has no callback yet. */
  OPEN(1 << 2),
  /** A handle has a callback. */
  READY(1 << 3),
  /** It is over. */
  CLOSED(1 << 4);

  static final int COUNT = values().length;

  private final int bit;

  Phase(int bit) {
    this.bit = bit;
  }

  /** The set that has only this phase. */
  int only() {
    return bit;
  }

  /** Whether a set has this phase. */
  boolean isIn(int phases) {
    return (phases & only()) != 0;
  }
}
