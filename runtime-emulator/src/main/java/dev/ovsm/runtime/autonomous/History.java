package dev.ovsm.runtime.autonomous;

/** What became of a registration's triggers so far. */
final class History {
  final Breaker breaker = new Breaker();

  /** The slot of the latest trigger, if triggers come from changes and events. */
  long lastDue = Registration.NEVER;

  /** Activations that ran, failed ones included. */
  long fired;

  /** Ticks that merged into others or came too late. */
  long missed;

  /** Of the activation that ran last, as far as one did. */
  long lastSeq;

  long lastSlot = Registration.NEVER;
  long lastUnits;

  /** Whether it makes calls that can be made only in its turn; decides nothing but time. */
  boolean waitsForTurn;

  /** Counts an activation that ran. */
  void ran(long seq, long slot, long units) {
    fired++;
    lastSeq = seq;
    lastSlot = slot;
    lastUnits = units;
  }
}
