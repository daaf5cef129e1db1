package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Innermost loops of a function.
 *
 * <p>A loop is found from a jump back in the code: its blocks are those that lead to the jump
 * without passing its target. If the function's entry is among them, its target is not the only way
 * in; then, or with too many blocks, it is not taken for a loop.
 */
final class Loops {
  private static final int MOST_BLOCKS = 64;

  private final Map<Integer, Loop> byBlock = new HashMap<>();
  private int loads;
  private int stores;

  private Loops() {}

  /** Finds the loops of a function. */
  static Loops of(Compilation compilation, Function function) {
    Loops loops = new Loops();
    Map<Integer, Block> headers = headers(compilation.flow(), function);
    if (!headers.isEmpty()) {
      Map<Integer, List<Block>> before = before(function);
      for (Block header : headers.values()) {
        List<Block> body = body(header, headers.keySet(), before, function.entry());
        loops.add(loop(compilation, function, body));
      }
    }
    return loops;
  }

  /** Those of them of which one method has all the blocks. */
  Loops within(List<Block> blocks) {
    Set<Integer> indices = indices(blocks);
    Loops loops = new Loops();
    for (Block block : blocks) {
      Loop loop = beginningWith(block);
      if (loop != null && indices.containsAll(loop.blocks())) {
        loops.add(loop);
      }
    }
    return loops;
  }

  /** The loop that a block is part of, or null. */
  @Nullable Loop around(Block block) {
    return byBlock.get(block.index());
  }

  /** The loop that a block begins, or null. */
  @Nullable Loop beginningWith(Block block) {
    Loop loop = around(block);
    return loop != null && loop.header() == block.index() ? loop : null;
  }

  /** The registers that any of the loops loads relative to. */
  int loads() {
    return loads;
  }

  /** The registers that any of the loops stores relative to. */
  int stores() {
    return stores;
  }

  private void add(@Nullable Loop loop) {
    if (loop != null) {
      loop.blocks().forEach(block -> byBlock.put(block, loop));
      loads |= loop.loads();
      stores |= loop.stores();
    }
  }

  /** The targets of jumps back, in the order of the code. */
  private static Map<Integer, Block> headers(Flow flow, Function function) {
    Map<Integer, Block> headers = new TreeMap<>();
    for (Block block : function.blocks()) {
      for (int way = 0; way < block.successors(); way++) {
        int next = block.successor(way);
        if (next <= block.index()) {
          headers.put(next, flow.blocks().get(next));
        }
      }
    }
    return headers;
  }

  private static Map<Integer, List<Block>> before(Function function) {
    Map<Integer, List<Block>> before = new HashMap<>();
    for (Block block : function.blocks()) {
      for (int way = 0; way < block.successors(); way++) {
        before.computeIfAbsent(block.successor(way), any -> new ArrayList<>()).add(block);
      }
    }
    return before;
  }

  /** The blocks of the loop that a block begins, which comes first; none if there is no such. */
  private static List<Block> body(
      Block header, Set<Integer> headers, Map<Integer, List<Block>> before, Block entry) {
    List<Block> body = new ArrayList<>(List.of(header));
    Set<Integer> inside = new HashSet<>(Set.of(header.index()));
    Deque<Block> open = new ArrayDeque<>();
    for (Block latch : before.getOrDefault(header.index(), List.of())) {
      if (latch.index() >= header.index() && inside.add(latch.index())) {
        open.add(latch);
      }
    }
    while (!open.isEmpty()) {
      Block block = open.remove();
      if (body.size() == MOST_BLOCKS
          || headers.contains(block.index())
          || block.index() == entry.index()) {
        return List.of();
      }
      body.add(block);
      for (Block previous : before.getOrDefault(block.index(), List.of())) {
        if (inside.add(previous.index())) {
          open.add(previous);
        }
      }
    }
    return body;
  }

  /** The loop of some blocks, or null if it calls something or has no pointer to look up. */
  private static @Nullable Loop loop(Compilation compilation, Function function, List<Block> body) {
    if (body.isEmpty()) {
      return null;
    }
    int loads = 0;
    int stores = 0;
    for (Block block : body) {
      if (block.exit().calls()) {
        return null;
      }
      Flow flow = compilation.flow();
      for (int pc = block.first(); pc < flow.end(block); pc += flow.insn(pc).op().slots()) {
        Insn insn = flow.insn(pc);
        if (!compilation.isInFrame(insn)) {
          loads |= insn.op().family() == Family.LOAD ? 1 << insn.src() : 0;
          stores |= insn.op().family().stores() ? 1 << insn.dst() : 0;
        }
      }
    }
    Block header = body.get(0);
    int valued = compilation.liveness().liveIn(function, header) | Registers.FRAME;
    return ((loads | stores) & valued) == 0
        ? null
        : new Loop(header.index(), indices(body), loads & valued, stores & valued);
  }

  private static Set<Integer> indices(List<Block> blocks) {
    Set<Integer> indices = new HashSet<>();
    blocks.forEach(block -> indices.add(block.index()));
    return indices;
  }
}
