package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;

/** How much it costs to keep a virtual register in memory, for its length. */
final class Weights {
  private final double[] weights;

  Weights(MachineFunction function, Liveness liveness, Spills spills) {
    this.weights = new double[function.locations()];
    Access access = new Access(function.hasStatus());
    for (MachineBlock block : function.blocks()) {
      for (MachineInst inst : block.insts()) {
        access.reads(inst, register -> weights[register] += block.frequency());
        access.writes(inst, register -> weights[register] += block.frequency());
      }
    }
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
      }
    }
  }

  double of(int register) {
    return weights[register];
  }
}
