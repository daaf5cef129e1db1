package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.ir.flow.Loops;
import java.util.Map;

/**
 * How many bytes of slots a frame needs at most when slots on ways that exclude each other share
 * their place: the most on one way through the function, a loop counting as a whole.
 */
final class FrameEstimate {
  private FrameEstimate() {}

  /** With the frames of the chosen calls' functions counted where the calls are. */
  static long of(Function function, Map<CallSite, Long> inlined) {
    Cfg cfg = Cfg.of(function);
    Loops loops = new Loops(cfg, new Dominators(cfg));
    long[] own = new long[cfg.size()];
    for (int id : cfg.order()) {
      int loop = loops.innermost(id);
      int place = id;
      while (loop >= 0) {
        place = loops.all().get(loop).header();
        loop = loops.all().get(loop).parent();
      }
      own[place] += bytes(function.blocks().get(id), inlined);
    }
    long[] most = new long[cfg.size()];
    long overall = 0;
    for (int id : cfg.order()) {
      long before = 0;
      for (int predecessor : cfg.predecessors(id)) {
        before = Math.max(before, most[predecessor]);
      }
      most[id] = before + own[id];
      overall = Math.max(overall, most[id]);
    }
    return overall;
  }

  private static long bytes(Block block, Map<CallSite, Long> inlined) {
    long bytes = 0;
    for (int index = 0; index < block.insts().size(); index++) {
      if (block.insts().get(index) instanceof Inst.StackSlot slot) {
        bytes += (slot.bytes() + 7L) / 8 * 8;
      }
      bytes += inlined.getOrDefault(new CallSite(block.id(), index), 0L);
    }
    return bytes;
  }
}
