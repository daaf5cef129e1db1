package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineFunction;
import java.util.List;

/**
 * Allocates the registers of a function: joins copies, assigns, moves what is left over to the
 * frame and assigns again until nothing is left over.
 */
public final class Allocator {
  /**
   * Each round cuts what it could not place; registers that live for one instruction always fit.
   */
  private static final int MOST_ROUNDS = 100;

  private Allocator() {}

  /**
   * Replaces every virtual register in place. Parallel moves become single ones; slots of the frame
   * are shared where their contents are never wanted at once. Returns the same function.
   */
  public static MachineFunction allocate(MachineFunction function) {
    Liveness liveness = new Liveness(function);
    while (new Coalescer(function, liveness).run()) {
      // Joining two may leave room to join others.
      liveness = new Liveness(function);
    }
    int programSlots = function.slots().size();
    Spills spills = new Spills(function);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Assignment assignment =
          new Assignment(function, liveness, new Weights(function, liveness, spills));
      List<Integer> leftOver = assignment.run();
      if (leftOver.isEmpty()) {
        MoveSequencer.run(function, liveness, assignment);
        Renaming.apply(function, name -> Location.isVirtual(name) ? assignment.of(name) : name);
        SlotSharing.share(function, programSlots);
        Redundancy.remove(function, programSlots);
        return function;
      }
      new Spiller(function, liveness, spills, leftOver).run();
      liveness = new Liveness(function);
    }
    throw new IllegalStateException("no allocation for " + function.name());
  }
}
