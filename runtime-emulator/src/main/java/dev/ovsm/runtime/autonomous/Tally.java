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

  void write(StateWriter out) {
    out.u64(executions).u64(failures).u64(units).u64(mostUnits);
    for (Kind kind : Kind.values()) {
      for (Fate fate : Fate.values()) {
        out.u64(fates.getOrDefault(kind, Map.of()).getOrDefault(fate, 0L));
      }
    }
  }

  void read(StateReader in) {
    executions = in.u64();
    failures = in.u64();
    units = in.u64();
    mostUnits = in.u64();
    for (Kind kind : Kind.values()) {
      for (Fate fate : Fate.values()) {
        long count = in.u64();
        if (count != 0) {
          fates.computeIfAbsent(kind, k -> new EnumMap<>(Fate.class)).put(fate, count);
        }
      }
    }
  }

  long executions() {
    return executions;
  }

  long units() {
    return units;
  }

  long failures() {
    return failures;
  }

  Summary summary(long firstSlot, long lastSlot, long slots, String stateHash) {
    return new Summary(
        firstSlot, lastSlot, slots, executions, failures, units, mostUnits, fates, stateHash);
  }
}
