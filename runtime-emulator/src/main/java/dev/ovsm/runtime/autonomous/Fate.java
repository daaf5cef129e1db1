package dev.ovsm.runtime.autonomous;

/** What became of a trigger; every trigger ends in exactly one final fate. */
public enum Fate {
  /** Its callback ran and committed. */
  EXECUTED(0, true),
  /** Its callback ran and failed; final for periodic registrations, which do not retry. */
  FAILED(1, true),
  /** Its callback failed and will be tried again. */
  RETRIED(2, false),
  /** It was merged into a trigger that was already waiting. */
  COALESCED(3, true),
  /** It was due but did not fit the slot's budget and waits for the next. */
  DEFERRED(4, false),
  /** Its registration was cancelled, re-armed or removed before it ran. */
  CANCELLED(5, true),
  /** Its deadline passed before it ran, or its overdue policy skips late ticks. */
  EXPIRED(6, true),
  /** Its registration's circuit breaker was open; final for periodic registrations. */
  SUPPRESSED(7, true),
  /** Its handle's map element was evicted. */
  EVICTED(8, true),
  /** Its callback's entry is gone after an upgrade; it waits until it is back. */
  QUARANTINED(9, false),
  /** An event that nobody subscribes to. */
  NO_SUBSCRIBER(10, true),
  /** It was given up and is kept with its payload, to be replayed. */
  DEAD_LETTERED(11, true);

  private final int number;
  private final boolean ends;

  Fate(int number, boolean ends) {
    this.number = number;
    this.ends = ends;
  }

  /** The number in {@code completed} events and snapshots, counted from 0 without gaps. */
  public int number() {
    return number;
  }

  /** Whether a trigger with this fate is no longer pending. */
  public boolean isFinal() {
    return ends;
  }
}
