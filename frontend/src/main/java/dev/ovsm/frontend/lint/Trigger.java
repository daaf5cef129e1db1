package dev.ovsm.frontend.lint;

/** What makes an execution begin. */
enum Trigger {
  /** Once, when the program starts. */
  START,
  /** A transaction, as often as somebody sends one. */
  INSTRUCTION,
  /** A tail call of another execution. */
  CHAIN,
  TIMER,
  QUEUE,
  WATCH,
  EVENT,
  SCHEDULE,
  /** A slot, an epoch or a time that comes. */
  CLOCK
}
