package dev.ovsm.runtime.jit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The blocks of a function that one method holds, in the order of the code.
 *
 * @param entries the blocks that are entered from other parts, or by which the function begins
 */
record Part(int index, List<Block> blocks, List<Block> entries) {

  /** Cuts a function into parts that respect the limits, except where a block alone does not. */
  static List<Part> cut(Compilation compilation, Function function, Loops loops, Limits limits) {
    List<List<Block>> cuts = new ArrayList<>();
    int[] partOf = new int[function.blocks().size()];
    List<Block> blocks = new ArrayList<>();
    Weight weight = new Weight(compilation, limits, loops);
    for (int i = 0; i < partOf.length; i++) {
      Block block = function.blocks().get(i);
      if (!weight.add(function, block) && !blocks.isEmpty()) {
        cuts.add(List.copyOf(blocks));
        blocks.clear();
        weight = new Weight(compilation, limits, loops);
        weight.add(function, block);
      }
      blocks.add(block);
      partOf[i] = cuts.size();
    }
    cuts.add(List.copyOf(blocks));
    return withEntries(function, cuts, partOf);
  }

  private static List<Part> withEntries(Function function, List<List<Block>> cuts, int[] partOf) {
    BitSet entered = new BitSet();
    entered.set(function.positionOf(function.entry().index()));
    for (int i = 0; i < partOf.length; i++) {
      Block block = function.blocks().get(i);
      for (int way = 0; way < block.successors(); way++) {
        int successor = function.positionOf(block.successor(way));
        if (partOf[successor] != partOf[i]) {
          entered.set(successor);
        }
      }
    }
    List<Part> parts = new ArrayList<>();
    int position = 0;
    for (List<Block> blocks : cuts) {
      List<Block> entries = new ArrayList<>();
      for (Block block : blocks) {
        if (entered.get(position++)) {
          entries.add(block);
        }
      }
      parts.add(new Part(parts.size(), blocks, entries));
    }
    return parts;
  }
}
