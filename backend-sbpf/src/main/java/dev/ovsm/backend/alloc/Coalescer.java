package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins virtual registers that a copy connects and that never hold different wanted numbers at
 * once, the most frequent copies first.
 */
final class Coalescer {
  private final MachineFunction function;
  private final GrowingInterval[] intervals;
  private final int[] leader;

  Coalescer(MachineFunction function, Liveness liveness) {
    this.function = function;
    this.intervals = new GrowingInterval[function.locations()];
    this.leader = new int[function.locations()];
    for (int i = 0; i < leader.length; i++) {
      leader[i] = i;
      intervals[i] = GrowingInterval.of(liveness.interval(i));
    }
  }

  /** Joins what can be joined, renames the function's registers and tells whether any was. */
  boolean run() {
    List<Copies.Copy> copies = new ArrayList<>(Copies.of(function));
    copies.removeIf(c -> !Location.isVirtual(c.dst()) || !Location.isVirtual(c.src()));
    copies.sort(Comparator.comparingLong(Copies.Copy::frequency).reversed());
    boolean joined = false;
    for (Copies.Copy copy : copies) {
      joined |= join(copy);
    }
    if (joined) {
      Renaming.apply(
          function, register -> Location.isVirtual(register) ? find(register) : register);
    }
    return joined;
  }

  private boolean join(Copies.Copy copy) {
    int a = find(copy.dst());
    int b = find(copy.src());
    if (a == b || intervals[a].overlaps(intervals[b])) {
      return false;
    }
    int kept = Math.min(a, b);
    int gone = Math.max(a, b);
    intervals[kept] = intervals[kept].union(intervals[gone]);
    leader[gone] = kept;
    return true;
  }

  private int find(int register) {
    int root = register;
    while (leader[root] != root) {
      root = leader[root];
    }
    int at = register;
    while (leader[at] != root) {
      int next = leader[at];
      leader[at] = root;
      at = next;
    }
    return root;
  }
}
