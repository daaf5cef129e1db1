package dev.ovsm.runtime.autonomous;

/**
 * When a registration may run.
 *
 * @param period slots between ticks, 0 if it is not periodic
 * @param deadline the last slot in which it may run
 */
record Timing(long period, long deadline) {
  static final long NO_DEADLINE = Long.MAX_VALUE;

  /** Once, whenever that is. */
  static final Timing ONCE = new Timing(0, NO_DEADLINE);

  /** The same for all that run once, of which there are most. */
  static Timing of(long period, long deadline) {
    return period == 0 && deadline == NO_DEADLINE ? ONCE : new Timing(period, deadline);
  }
}
