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

  /** The seq of the trigger whose callback produced this one, 0 for a user transaction. */
  final long cause;

  /** What made it, and in which slot. */
  Origin origin = Origin.OUTSIDE;

  long made;

  /** What the callback is told; a watcher's is filled in when it first runs. */
  byte[] payload;

  /** Its place in the global order; a retry takes a fresh one. */
  long seq;

  /** The first slot in which it may run. */
  long due;

  /** Its registration's priority when it was queued. */
  int priority;

  /** Failed attempts so far. */
  int attempt;

  /** Ticks merged into this one. */
  long missed;

  /** What a callee is to answer in the attempt that runs; null if nothing, and once it did. */
  Fault.@Nullable Rebuffed rebuff;

  /** Where it waits, or null while it runs or is held. */
  @Nullable Wave queue;

  /** The next one of its registration's that has no final fate either. */
  @Nullable Trigger nextOpen;

  /** Whether it waits for its callback's entry to come back. */
  boolean held;

  Trigger(Registration registration, long seq, long nominal, long due, byte[] payload, long cause) {
    this.registration = registration;
    this.seq = seq;
    this.nominal = nominal;
    this.due = due;
    this.payload = payload;
    this.cause = cause;
    this.priority = registration.terms.priority();
  }
}
