package dev.ovsm.runtime.autonomous;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One reason to run a callback, from its creation to its final fate.
 *
 * <p>Invariant: the fields that order it change only while it is in no queue.
 */
final class Trigger {
  /** The order of a wave: slot in which it fell due, priority (higher first), creation. */
  static final Comparator<Trigger> ORDER =
      (a, b) -> {
        int order = Long.compare(a.due, b.due);
        if (order == 0) {
          order = Integer.compare(b.priority, a.priority);
        }
        return order == 0 ? Long.compare(a.seq, b.seq) : order;
      };

  final Registration registration;

  /** The slot for which it was meant; the grid of a periodic registration counts from it. */
  final long nominal;

  final Making making;

  /** What the callback is told; a watcher's is filled in when it first runs. */
  byte[] payload;

  /** Its place in the global order; a retry takes a fresh one. */
  long seq;

  /** The first slot in which it may run. */
  long due;

  /** Its registration's priority when it was queued. */
  byte priority;

  /** Failed attempts so far. */
  int attempt;

  /** Ticks merged into this one. */
  long missed;

  /** Where it waits, or null while it runs or is held. */
  @Nullable Wave queue;

  /**
   * The next one of its registration's that has no final fate either; the first one if it is the
   * last, and itself if it is alone.
   */
  Trigger nextOpen = this;

  /** Whether it waits for its callback's entry to come back. */
  boolean held;

  Trigger(
      Registration registration, long seq, long nominal, long due, byte[] payload, Making making) {
    this.registration = registration;
    this.seq = seq;
    this.nominal = nominal;
    this.due = due;
    this.payload = payload;
    this.making = making;
    rank();
  }

  /** Gives it the priority that its registration has now. */
  void rank() {
    rank(registration.terms.priority());
  }

  /** Gives it a priority from 0 to {@value Terms#MOST_PRIORITY}. */
  void rank(int wanted) {
    priority = (byte) wanted;
  }
}
