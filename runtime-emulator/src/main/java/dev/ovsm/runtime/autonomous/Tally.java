package dev.ovsm.runtime.autonomous;

import java.util.EnumMap;
import java.util.Map;

/** Counts what happens in a simulation. */
final class Tally {
  private final Map<Kind, Map<Fate, Long>> fates = new EnumMap<>(Kind.class);
  private long executions;
  private long failures;
  private long units;
  private long mostUnits;

  void add(FateRecord fate) {
    fates
        .computeIfAbsent(fate.kind(), kind -> new EnumMap<>(Fate.class))
        .merge(fate.fate(), fate.count(), Long::sum);
  }

  void add(Activation activation) {
    executions++;
    failures += activation.succeeded() ? 0 : 1;
    units += activation.units();
    mostUnits = Math.max(mostUnits, activation.units());
  }

  long executions() {
    return executions;
  }

  long failures() {
    return failures;
  }

  Summary summary(long firstSlot, long lastSlot, long slots, String stateHash) {
    return new Summary(
        firstSlot, lastSlot, slots, executions, failures, units, mostUnits, fates, stateHash);
  }
}
