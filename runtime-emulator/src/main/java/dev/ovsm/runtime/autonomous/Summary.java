package dev.ovsm.runtime.autonomous;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What came of a simulation.
 *
 * @param firstSlot the slot after that of start-up
 * @param slots how many slots were processed from there on
 * @param executions activations of callbacks
 * @param failures activations that failed
 * @param units compute units that activations consumed
 * @param mostUnits the most that a single one consumed
 * @param fates how many triggers met each fate, by the kind of their registration
 * @param stateHash SHA-256 of all accounts and all that the runtime keeps, in hexadecimal
 */
public record Summary(
    long firstSlot,
    long lastSlot,
    long slots,
    long executions,
    long failures,
    long units,
    long mostUnits,
    Map<Kind, Map<Fate, Long>> fates,
    String stateHash) {
  public Summary {
    Map<Kind, Map<Fate, Long>> copy = new EnumMap<>(Kind.class);
    fates.forEach((kind, counts) -> copy.put(kind, Collections.unmodifiableMap(counts)));
    fates = Collections.unmodifiableMap(copy);
  }

  /** How many triggers met a fate. */
  public long of(Fate fate) {
    return fates.values().stream().mapToLong(counts -> counts.getOrDefault(fate, 0L)).sum();
  }
}
