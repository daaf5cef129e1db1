package dev.ovsm.runtime.jit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a program that are compiled; what begins elsewhere is interpreted.
 *
 * <p>Functions that share code are compiled with a copy each, so their number of blocks is limited:
 * the entries that come first in the code get what there is, the entrypoint first of all.
 */
final class Functions {
  private final List<Function> all = new ArrayList<>();
  private final @Nullable Function[] byBlock;

  /**
   * Finds the functions of a program.
   *
   * @param copies how many times the number of its instructions all functions may have altogether
   */
  Functions(Flow flow, int copies) {
    byBlock = new Function[flow.blocks().size()];
    long left = (long) copies * (flow.program().slots() + 1);
    Block main = flow.blockAt(flow.program().entryPc());
    left = add(flow, main, left);
    for (int entry : flow.entries()) {
      Block block = flow.blockAt(entry);
      if (byBlock[block.index()] == null && left > 0) {
        left = add(flow, block, left);
      }
    }
  }

  /** All functions; the first is the entrypoint, unless the code is too large to compile it. */
  List<Function> all() {
    return all;
  }

  /** The function that a block begins, or null if it is not compiled. */
  @Nullable Function beginningWith(Block block) {
    return byBlock[block.index()];
  }

  private long add(Flow flow, Block entry, long left) {
    BitSet reached = new BitSet();
    ArrayDeque<Block> open = new ArrayDeque<>();
    reached.set(entry.index());
    open.add(entry);
    long size = 0;
    while (!open.isEmpty()) {
      Block block = open.remove();
      size += block.size();
      if (size > left) {
        return left - size;
      }
      for (int i = 0; i < block.successors(); i++) {
        int successor = block.successor(i);
        if (!reached.get(successor)) {
          reached.set(successor);
          open.add(flow.blocks().get(successor));
        }
      }
    }
    List<Block> blocks = new ArrayList<>(reached.cardinality());
    reached.stream().forEach(index -> blocks.add(flow.blocks().get(index)));
    Function function = new Function(all.size(), entry, blocks);
    all.add(function);
    byBlock[entry.index()] = function;
    return left - size;
  }
}
