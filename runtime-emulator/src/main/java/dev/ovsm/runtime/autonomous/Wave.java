package dev.ovsm.runtime.autonomous;

import java.util.List;

/** The parts of a slot in the order in which they run. */
public enum Wave {
  /** The users' transactions, before the scheduler's turn. */
  TRANSACTIONS,
  /** What did not fit an earlier slot. */
  CARRY_OVER,
  /** Timers and schedules. */
  TIMERS,
  /** Account watchers. */
  WATCHERS,
  /** Event subscriptions. */
  EVENTS,
  /** Work queues. */
  WORK;

  /** The waves of callbacks. */
  static final List<Wave> OF_CALLBACKS = List.of(CARRY_OVER, TIMERS, WATCHERS, EVENTS, WORK);
}
