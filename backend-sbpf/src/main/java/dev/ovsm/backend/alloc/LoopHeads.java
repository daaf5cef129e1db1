package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.MachineBlock;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Finds the blocks that rounds of loops begin with: where a way from there comes back. */
final class LoopHeads {
  private LoopHeads() {}

  /** The ids of such blocks. */
  static BitSet of(List<MachineBlock> blocks) {
    BitSet heads = new BitSet();
    BitSet seen = new BitSet();
    BitSet open = new BitSet();
    int[] next = new int[blocks.size()];
    Deque<Integer> way = new ArrayDeque<>(List.of(0));
    seen.set(0);
    open.set(0);
    while (!way.isEmpty()) {
      int block = way.element();
      List<Integer> successors = blocks.get(block).successors();
      if (next[block] == successors.size()) {
        open.clear(way.remove());
        continue;
      }
      int successor = successors.get(next[block]++);
      if (open.get(successor)) {
        heads.set(successor);
      }
      if (!seen.get(successor)) {
        seen.set(successor);
        open.set(successor);
        way.push(successor);
      }
    }
    return heads;
  }
}
