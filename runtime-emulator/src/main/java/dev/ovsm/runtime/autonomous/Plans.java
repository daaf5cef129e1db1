package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Users' transactions for later slots; those of a slot run in the order of planning. */
final class Plans {
  private final TreeMap<Long, List<Plan>> bySlot = new TreeMap<>();

  private record Plan(Instruction instruction, Consumer<TransactionOutcome> then) {}

  void add(long slot, Instruction instruction, Consumer<TransactionOutcome> then) {
    bySlot.computeIfAbsent(slot, s -> new ArrayList<>()).add(new Plan(instruction, then));
  }

  /** Sends what is planned up to a slot and tells those who planned it what came of it. */
  void run(long slot, Function<Instruction, TransactionOutcome> send) {
    while (!bySlot.isEmpty() && bySlot.firstKey() <= slot) {
      for (Plan plan : bySlot.pollFirstEntry().getValue()) {
        plan.then.accept(send.apply(plan.instruction));
      }
    }
  }
}
