package dev.ovsm.backend.select;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.ir.flow.Loops;

/** Guesses how often each block runs: a loop's body eight times, the way to a failure hardly. */
final class Frequencies {
  private static final long ONCE = 64;
  private static final int DEEPEST = 6;

  private final long[] frequencies;

  Frequencies(Function function, Cfg cfg) {
    Loops loops = new Loops(cfg, new Dominators(cfg));
    frequencies = new long[cfg.size()];
    int[] order = cfg.order();
    for (int i = order.length - 1; i >= 0; i--) {
      int block = order[i];
      boolean cold = isCold(function.blocks().get(block).terminator(), cfg, block);
      int shift = 3 * Math.min(loops.depth(block), DEEPEST);
      frequencies[block] = cold ? 1 : ONCE << shift;
    }
  }

  long of(int block) {
    return frequencies[block];
  }

  /** All ways on lead to a failure; a way back is none of them. */
  private boolean isCold(Terminator terminator, Cfg cfg, int block) {
    if (terminator instanceof Terminator.Fail || terminator instanceof Terminator.Unreachable) {
      return true;
    }
    int[] successors = cfg.successors(block);
    for (int successor : successors) {
      if (cfg.position(successor) <= cfg.position(block) || frequencies[successor] != 1) {
        return false;
      }
    }
    return successors.length > 0;
  }
}
