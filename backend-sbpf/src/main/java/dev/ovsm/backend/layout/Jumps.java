package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Leads jumps past blocks that only jump on, and copies short ends of functions to where they are.
 */
final class Jumps {
  private final MachineFunction function;
  private final int[] targets;

  private Jumps(MachineFunction function) {
    this.function = function;
    this.targets = new int[function.blocks().size()];
    Arrays.fill(targets, -1);
  }

  static void thread(MachineFunction function) {
    Jumps jumps = new Jumps(function);
    for (MachineBlock block : function.blocks()) {
      jumps.rewrite(block);
    }
  }

  private void rewrite(MachineBlock block) {
    List<MachineInst> insts = new ArrayList<>(block.insts());
    for (int at = block.end(); at < insts.size(); at++) {
      if (insts.get(at) instanceof Code code && code.link() instanceof Link.Edge edge) {
        insts.set(at, to(code, last(edge.block())));
      }
    }
    int last = insts.size() - 1;
    if (last > 0
        && insts.get(last - 1) instanceof Code first
        && insts.get(last) instanceof Code second
        && first.link() instanceof Link.Edge
        && first.link().equals(second.link())) {
      insts.remove(last - 1);
    }
    block.insts(insts);
  }

  private static Code to(Code jump, int block) {
    return new Code(
        jump.op(), jump.dst(), jump.src(), 0, jump.imm(), new Link.Edge(block), jump.span());
  }

  /** Where a jump to a block ends up; an endless circle of jumps stays one. */
  private int last(int block) {
    List<Integer> path = new ArrayList<>();
    int at = block;
    while (targets[at] < 0 && next(at) >= 0) {
      targets[at] = at;
      path.add(at);
      at = next(at);
    }
    int end = targets[at] < 0 ? at : targets[at];
    for (int passed : path) {
      targets[passed] = end;
    }
    return end;
  }

  /** The block that a block without work of its own goes to, or -1. */
  private int next(int block) {
    List<MachineInst> insts = function.blocks().get(block).insts();
    return insts.size() == 1
            && insts.get(0) instanceof Code code
            && code.op() == Opcode.JA
            && code.link() instanceof Link.Edge edge
        ? edge.block()
        : -1;
  }
}
