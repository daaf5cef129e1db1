package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.ir.flow.Cfg;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** How much it costs to keep a virtual register in memory, for its length. */
final class Weights {
  /**
   * What ends a loop stays in a register before anything else in it does: of memory it takes more
   * to show that nothing else writes there, and a certificate does not.
   */
  private static final double LIMIT = 128;

  private final double[] weights;

  Weights(MachineFunction function, Liveness liveness, Spills spills) {
    this.weights = new double[function.locations()];
    Access access = new Access(function.hasStatus());
    for (MachineBlock block : function.blocks()) {
      IntConsumer accessed = register -> weights[register] += block.frequency();
      for (MachineInst inst : block.insts()) {
        access.reads(inst, accessed);
        access.writes(inst, accessed);
      }
    }
    BitSet limits = limits(function, liveness);
    for (int i = Location.FIRST_VIRTUAL; i < weights.length; i++) {
      if (spills.isMinimal(i)) {
        weights[i] = Double.MAX_VALUE;
      } else {
        long length = liveness.interval(i).size() / Interval.STRIDE;
        // Short ones gain little: their reloads would be as long as they are.
        weights[i] /= length + 16;
        if (spills.repeated(i) != null) {
          weights[i] /= 2;
        }
        if (limits.get(i)) {
          weights[i] *= LIMIT;
        }
      }
    }
  }

  /** What a loop's first block compares and has not computed itself: its counter, its limit. */
  private static BitSet limits(MachineFunction function, Liveness liveness) {
    BitSet limits = new BitSet();
    Access access = new Access(function.hasStatus());
    for (int head : heads(function.cfg())) {
      int start = liveness.first(head) * Interval.STRIDE;
      for (MachineInst inst : function.blocks().get(head).insts()) {
        if (inst instanceof Code code && code.op().family().isConditional()) {
          access.reads(
              code,
              register -> {
                if (liveness.interval(register).covers(start)) {
                  limits.set(register);
                }
              });
        }
      }
    }
    return limits;
  }

  /** The blocks that rounds of loops begin with: those that control goes back to. */
  private static int[] heads(Cfg cfg) {
    return Arrays.stream(cfg.order())
        .filter(
            block ->
                Arrays.stream(cfg.predecessors(block))
                    .anyMatch(from -> cfg.position(from) >= cfg.position(block)))
        .toArray();
  }

  double of(int register) {
    return weights[register];
  }
}
