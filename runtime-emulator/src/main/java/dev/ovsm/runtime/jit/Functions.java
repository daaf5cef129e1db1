package dev.ovsm.runtime.jit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a program that are compiled; what begins elsewhere is interpreted.
 *
 * <p>Functions that share code are compiled with a copy each, so there are limits: the entrypoint
 * comes first, then the entries in the order of the code, and those that do not fit are left out.
 */
final class Functions {
  private final Flow flow;
  private final List<Function> all = new ArrayList<>();
  private final @Nullable Function[] byBlock;

  /** By block: one more than the index of the last entry from which it was reached. */
  private final int[] reachedFrom;

  private long left;

  /** Finds the functions of a program. */
  Functions(Flow flow, Limits limits) {
    this.flow = flow;
    this.byBlock = new Function[flow.blocks().size()];
    this.reachedFrom = new int[flow.blocks().size()];
    this.left = limits.instructions(flow.program().slots());
    add(flow.blockAt(flow.program().entryPc()));
    for (int entry : flow.entries()) {
      Block block = flow.blockAt(entry);
      if (byBlock[block.index()] == null && left > 0 && all.size() < limits.functions()) {
        add(block);
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

  private void add(Block entry) {
    int stamp = entry.index() + 1;
    List<Block> blocks = new ArrayList<>();
    reachedFrom[entry.index()] = stamp;
    blocks.add(entry);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      left -= block.size();
      if (left < 0) {
        return;
      }
      for (int way = 0; way < block.successors(); way++) {
        int successor = block.successor(way);
        if (reachedFrom[successor] != stamp) {
          reachedFrom[successor] = stamp;
          blocks.add(flow.blocks().get(successor));
        }
      }
    }
    blocks.sort(Comparator.comparingInt(Block::index));
    Function function = new Function(all.size(), entry, List.copyOf(blocks));
    all.add(function);
    byBlock[entry.index()] = function;
  }
}
