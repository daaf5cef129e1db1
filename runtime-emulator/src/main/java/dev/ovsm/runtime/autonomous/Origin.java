package dev.ovsm.runtime.autonomous;

import java.util.Locale;

/** What made a trigger, or ended one before it ran. */
public enum Origin {
  /** The callback of a trigger, or the end of its run. */
  CALLBACK(0),
  /** A user's transaction. */
  TRANSACTION(1),
  /** A transaction in the slot of start-up. */
  START_UP(2),
  /** A change from outside any transaction. */
  OUTSIDE(3),
  /** The grid of a periodic registration. */
  GRID(4),
  /** Somebody had a dead letter run once more. */
  REPLAY(5);

  private final int number;

  Origin(int number) {
    this.number = number;
  }

  /** The number in snapshots. */
  int number() {
    return number;
  }

  /** The word in a run's events. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
