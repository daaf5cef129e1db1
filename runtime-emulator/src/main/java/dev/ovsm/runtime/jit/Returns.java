package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * From which blocks a function can come to its return, so that code behind a call that never comes
 * back does not count as what follows it: it is another function's as a rule.
 */
final class Returns {
  private final Executable executable;
  private final List<Block> blocks;
  private final boolean[] returning;
  private final List<List<Block>> predecessors = new ArrayList<>();
  private final Deque<Block> open = new ArrayDeque<>();

  private Returns(Executable executable, List<Block> blocks) {
    this.executable = executable;
    this.blocks = blocks;
    this.returning = new boolean[blocks.size()];
    blocks.forEach(any -> predecessors.add(new ArrayList<>(2)));
    for (Block block : blocks) {
      for (int i = 0; i < block.successors(); i++) {
        predecessors.get(block.successor(i)).add(block);
      }
      if (block.exit() == Block.Exit.CALL) {
        predecessors.get(block.target()).add(block);
      }
    }
  }

  /** The same blocks, but nothing follows a call that never returns. */
  static List<Block> cut(Executable executable, List<Block> blocks) {
    Returns returns = new Returns(executable, blocks);
    returns.find();
    return blocks.stream()
        .map(block -> returns.comesBack(block) ? block : block.withoutNext())
        .toList();
  }

  private void find() {
    blocks.stream().filter(block -> block.exit() == Block.Exit.RETURN).forEach(this::mark);
    while (!open.isEmpty()) {
      for (Block before : predecessors.get(open.remove().index())) {
        if (!returning[before.index()] && leads(before)) {
          mark(before);
        }
      }
    }
  }

  private void mark(Block block) {
    returning[block.index()] = true;
    open.add(block);
  }

  /** Whether a way on from a block, as far as it is known, leads to a return. */
  private boolean leads(Block block) {
    if (!comesBack(block)) {
      return false;
    }
    for (int i = 0; i < block.successors(); i++) {
      if (returning[block.successor(i)]) {
        return true;
      }
    }
    return false;
  }

  /** Whether what a block calls at its end, if it calls anything, may return. */
  private boolean comesBack(Block block) {
    return switch (block.exit()) {
      case CALL -> returning[block.target()];
      case SYSCALL -> !neverReturns(block);
      case FALL, JUMP, BRANCH, CALLX, RETURN, UNSUPPORTED, INVALID, OVERRUN -> true;
    };
  }

  private boolean neverReturns(Block block) {
    return Syscall.of(executable.syscallKeyAt(block.last()))
        .map(syscall -> syscall.effects().contains(Effect.NO_RETURN))
        .orElse(false);
  }
}
