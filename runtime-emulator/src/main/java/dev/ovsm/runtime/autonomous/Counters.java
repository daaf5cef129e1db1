package dev.ovsm.runtime.autonomous;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts that prove that no trigger is lost: created = finals + pending at the end of every slot.
 */
final class Counters {
  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private long created;
  private long finals;

  void created(long change) {
    created += change;
  }

  void add(Fate fate, long change) {
    fates.merge(fate, change, Long::sum);
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
    return fates.getOrDefault(fate, 0L);
  }
}
