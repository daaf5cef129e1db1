package dev.ovsm.verifier.analysis;

/** How far the life of a {@link Resource} has come. */
enum Phase {
  /** It has not begun in this execution. */
  UNBEGUN(0),
  /** It was asked for, and there is none. */
  NULL(1),
  /** It has begun: a record is reserved, an iterator runs, a handle has no callback yet. */
  OPEN(2),
  /** A handle has a callback. */
  READY(3),
  /** It is over. */
  CLOSED(4);

  static final int COUNT = values().length;

  private final int index;

  Phase(int index) {
    this.index = index;
  }

  /** Its place in arrays of all phases. */
  int index() {
    return index;
  }

  /** The set that has only this phase. */
  int only() {
    return 1 << index;
  }

  /** Whether a set has this phase. */
  boolean isIn(int phases) {
    return (phases & only()) != 0;
  }
}
