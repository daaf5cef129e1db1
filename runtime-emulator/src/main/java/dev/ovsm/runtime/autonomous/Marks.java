package dev.ovsm.runtime.autonomous;

import java.util.Optional;
import java.util.TreeMap;

/** States that are kept to go back to, the latest {@link Simulation#MOST_MARKS} of them. */
final class Marks {
  private final TreeMap<Long, SavedState> bySlot = new TreeMap<>();

  void keep(long slot, SavedState state) {
    bySlot.put(slot, state);
    if (bySlot.size() > Simulation.MOST_MARKS) {
      bySlot.pollFirstEntry();
    }
  }

  /** The state of the latest slot up to one; those of later slots are dropped if there is any. */
  Optional<SavedState> goBackTo(long slot) {
    var mark = bySlot.floorEntry(slot);
    if (mark == null) {
      return Optional.empty();
    }
    bySlot.tailMap(mark.getKey(), false).clear();
    return Optional.of(mark.getValue());
  }
}
