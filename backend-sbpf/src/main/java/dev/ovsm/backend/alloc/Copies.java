package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.MachineInst.Move;
import dev.ovsm.backend.machine.MachineInst.Moves;
import java.util.ArrayList;
import java.util.List;

/** The register copies of a function and how much each costs if it stays. */
final class Copies {
  private Copies() {}

  /** A copy between two registers, at least one virtual. */
  record Copy(int dst, int src, long frequency) {}

  static List<Copy> of(MachineFunction function) {
    List<Copy> copies = new ArrayList<>();
    for (MachineBlock block : function.blocks()) {
      for (MachineInst inst : block.insts()) {
        if (inst instanceof Moves moves) {
          for (Move move : moves.moves()) {
            add(copies, move.dst(), move.src(), block.frequency());
          }
        } else if (inst instanceof Code code && code.isCopy() && code.src() != Location.FRAME) {
          add(copies, code.dst(), code.src(), block.frequency());
        }
      }
    }
    return copies;
  }

  private static void add(List<Copy> copies, int dst, int src, long frequency) {
    boolean registers = !Location.isSlot(dst) && !Location.isSlot(src);
    if (registers && (Location.isVirtual(dst) || Location.isVirtual(src))) {
      copies.add(new Copy(dst, src, frequency));
    }
  }
}
