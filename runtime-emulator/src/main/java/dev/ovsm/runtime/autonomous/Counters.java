package dev.ovsm.runtime.autonomous;

/**
 * Counts that prove that no trigger is lost: created = finals + pending at the end of every slot.
 */
final class Counters {
  /** By the numbers of fates. */
  private final long[] fates = new long[Fate.values().length];

  private long created;
  private long finals;

  void created(long change) {
    created += change;
  }

  void add(Fate fate, long change) {
    fates[fate.number()] += change;
    finals += fate.isFinal() ? change : 0;
  }

  /** Triggers created so far. */
  long created() {
    return created;
  }

  /** Triggers with a final fate so far. */
  long finals() {
    return finals;
  }

  long of(Fate fate) {
    return fates[fate.number()];
  }
}
