package dev.ovsm.runtime.autonomous;

/** Result codes of the autonomous system calls. */
public enum AsyncCode {
  SUCCESS(0),
  /** A null pointer with a length, or where something must be. */
  NULL_POINTER(1),
  /** No such timer, or one of another program. */
  INVALID_TIMER(2),
  /** No such watcher or subscription, or one of another program. */
  INVALID_WATCHER(3),
  MAX_TIMERS(4),
  MAX_WATCHERS(5),
  /** A slot that is past, current, or too far away. */
  INVALID_SLOT(6),
  /** The program is being closed. */
  SHUTDOWN(7),
  /** No such ring, or one of another program. */
  INVALID_BUFFER(8),
  BUFFER_FULL(9),
  MAX_BUFFERS(10),
  /** A budget of 0, or above what callbacks may use in a slot. */
  BUDGET_EXCEEDED(11),
  /** Stake has reserved too much of the slot for this. */
  NO_CAPACITY(12),
  INSUFFICIENT_ESCROW(13),
  TAIL_CALL_LIMIT(14),
  NO_PROGRAM(15),
  EVENT_LIMIT(16),
  /** Flags, layouts or numbers that make no sense. */
  INVALID_ARGUMENT(17),
  QUEUE_FULL(18);

  private final int number;

  AsyncCode(int number) {
    this.number = number;
  }

  /** The number that a program sees. */
  public int number() {
    return number;
  }
}
