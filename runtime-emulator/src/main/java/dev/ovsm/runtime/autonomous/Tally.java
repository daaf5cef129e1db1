package dev.ovsm.runtime.autonomous;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts what happens in a simulation. */
final class Tally {
  /** By the numbers of kinds and fates. */
  private final long[][] fates = new long[Kind.values().length][Fate.values().length];

  private long executions;
  private long failures;
  private long units;
  private long mostUnits;

  void add(FateRecord fate) {
    fates[fate.kind().number()][fate.fate().number()] += fate.count();
  }

  void add(Activation activation) {
    executions++;
    failures += activation.succeeded() ? 0 : 1;
    units += activation.units();
    mostUnits = Math.max(mostUnits, activation.units());
  }

  void write(StateWriter out) {
    out.u64(executions).u64(failures).u64(units).u64(mostUnits);
    for (long[] ofKind : fates) {
      for (long count : ofKind) {
        out.u64(count);
      }
    }
  }

  void read(StateReader in) {
    executions = in.u64();
    failures = in.u64();
    units = in.u64();
    mostUnits = in.u64();
    for (long[] ofKind : fates) {
      Arrays.setAll(ofKind, any -> in.u64());
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
        firstSlot, lastSlot, slots, executions, failures, units, mostUnits, counts(), stateHash);
  }

  private Map<Kind, Map<Fate, Long>> counts() {
    Map<Kind, Map<Fate, Long>> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      for (Fate fate : Fate.values()) {
        long count = fates[kind.number()][fate.number()];
        if (count != 0) {
          counts.computeIfAbsent(kind, any -> new EnumMap<>(Fate.class)).put(fate, count);
        }
      }
    }
    return counts;
  }
}
