package dev.ovsm.runtime.autonomous;

/**
 * What {@code sol_registration_set} sets of a registration.
 *
 * @param policy what becomes of late ticks, if it is periodic
 * @param priority 0 to {@value #MOST_PRIORITY}
 * @param minInterval the least number of slots between the slots of its triggers
 * @param maxRetries how often an activation is tried again
 * @param tellsCompletion whether the end of each activation is an event
 */
record Terms(
    OverduePolicy policy, int priority, long minInterval, int maxRetries, boolean tellsCompletion) {
  static final int MAX_RETRIES = 3;
  static final int NORMAL_PRIORITY = 1;
  static final int MOST_PRIORITY = 3;

  /** Those of a registration of which nothing was set. */
  static final Terms DEFAULT =
      new Terms(OverduePolicy.COALESCE, NORMAL_PRIORITY, 0, MAX_RETRIES, false);

  Terms withPolicy(OverduePolicy other) {
    return new Terms(other, priority, minInterval, maxRetries, tellsCompletion);
  }

  Terms withPriority(int other) {
    return new Terms(policy, other, minInterval, maxRetries, tellsCompletion);
  }

  Terms withMinInterval(long slots) {
    return new Terms(policy, priority, slots, maxRetries, tellsCompletion);
  }

  Terms withMaxRetries(int most) {
    return new Terms(policy, priority, minInterval, most, tellsCompletion);
  }

  Terms withTellsCompletion(boolean wanted) {
    return new Terms(policy, priority, minInterval, maxRetries, wanted);
  }
}
