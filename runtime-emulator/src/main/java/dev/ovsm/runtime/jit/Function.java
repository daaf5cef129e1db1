package dev.ovsm.runtime.jit;

import java.util.List;

/**
 * The blocks that control can reach from an entry without a call or a return, in the order of the
 * code; functions may share blocks.
 *
 * @param index the position in {@link Functions#all()}
 * @param entry the block that begins it
 */
record Function(int index, Block entry, List<Block> blocks) {
  /** How many instructions it has. */
  int size() {
    int size = 0;
    for (Block block : blocks) {
      size += block.size();
    }
    return size;
  }

  /** The position in {@link #blocks} of one of its blocks, given by {@link Block#index}. */
  int positionOf(int block) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).index() < block) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
