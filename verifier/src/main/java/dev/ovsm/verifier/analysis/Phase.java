package dev.ovsm.verifier.analysis;

/** How far the life of a {@link Resource} has come. */
enum Phase {
  /** It has not begun in this execution. */
  UNBEGUN,
  /** It was asked for, and there is none. */
  NULL,
  /** It has begun: a record is reserved, an iterator runs, a handle has no callback yet. */
  OPEN,
  /** A handle has a callback. */
  READY,
  /** It is over. */
  CLOSED;

  static final int COUNT = values().length;

  /** The set that has only this phase. */
  int only() {
    return 1 << ordinal();
  }

  /** Whether a set has this phase. */
  boolean isIn(int phases) {
    return (phases & only()) != 0;
  }
}
