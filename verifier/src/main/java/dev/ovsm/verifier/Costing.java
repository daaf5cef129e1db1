package dev.ovsm.verifier;

import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.FunctionUnits;
import dev.ovsm.verifier.analysis.Split;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what roots of machine code take, split by functions and instructions. */
final class Costing {
  private static final Comparator<Cost.FunctionCost> MOST_FIRST =
      Comparator.comparingLong(Cost.FunctionCost::share)
          .thenComparing(Cost.FunctionCost::total)
          .reversed()
          .thenComparing(Cost.FunctionCost::pc);

  private final @Nullable Insn[] insns;
  private final Examination examination;

  Costing(Program program, Examination examination) {
    this.insns = Decoder.decode(program.version(), program.text());
    this.examination = examination;
  }

  Cost of(Root root) {
    Split split = examination.split(root);
    return new Cost(
        root.name(),
        examination.units(root),
        root.budget(),
        root.declared(),
        examination.invocations(root),
        functions(root, split),
        instructions(split));
  }

  private List<Cost.FunctionCost> functions(Root root, Split split) {
    Map<Integer, Long> shares = new HashMap<>();
    split.shares().forEach(one -> shares.merge(one.function(), one.units(), Long::sum));
    List<Cost.FunctionCost> functions = new ArrayList<>();
    for (FunctionUnits one : examination.functions(root)) {
      functions.add(
          new Cost.FunctionCost(
              one.function(),
              one.place().pc(),
              shares.getOrDefault(one.index(), 0L),
              split.calls().getOrDefault(one.index(), 0L),
              one.own(),
              one.total()));
    }
    functions.sort(MOST_FIRST);
    return functions;
  }

  private List<Cost.InstructionCost> instructions(Split split) {
    SortedMap<Integer, Cost.InstructionCost> all = new TreeMap<>();
    for (Split.Share share : split.shares()) {
      int pc = share.place().pc();
      if (share.instructions() == 0) {
        add(all, pc, 0, share.units());
      }
      for (long left = share.instructions(); left > 0; left--) {
        add(all, pc, share.times(), share.times());
        Insn insn = pc < insns.length ? insns[pc] : null;
        pc += insn == null ? 1 : insn.op().slots();
      }
    }
    return List.copyOf(all.values());
  }

  private static void add(Map<Integer, Cost.InstructionCost> all, int pc, long times, long units) {
    all.merge(
        pc,
        new Cost.InstructionCost(pc, times, units),
        (a, b) -> new Cost.InstructionCost(pc, a.times() + b.times(), a.units() + b.units()));
  }
}
