package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.MachineInst.Move;
import dev.ovsm.backend.machine.MachineInst.Moves;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Replaces locations throughout a function; copies of a location to itself vanish. */
final class Renaming {
  private Renaming() {}

  static void apply(MachineFunction function, IntUnaryOperator names) {
    for (MachineBlock block : function.blocks()) {
      List<MachineInst> renamed = new ArrayList<>(block.insts().size());
      for (MachineInst inst : block.insts()) {
        MachineInst image = rename(inst, names);
        if (!isIdle(image)) {
          renamed.add(image);
        }
      }
      block.insts(renamed);
    }
  }

  static MachineInst rename(MachineInst inst, IntUnaryOperator names) {
    if (inst instanceof Moves moves) {
      List<Move> images = new ArrayList<>();
      for (Move move : moves.moves()) {
        Move image = new Move(names.applyAsInt(move.dst()), names.applyAsInt(move.src()));
        if (image.dst() != image.src()) {
          images.add(image);
        }
      }
      return new Moves(images, moves.span());
    }
    Code code = (Code) inst;
    int dst = code.readsDst() || code.writesDst() ? names.applyAsInt(code.dst()) : code.dst();
    int src = code.readsSrc() ? names.applyAsInt(code.src()) : code.src();
    return code.with(dst, src);
  }

  private static boolean isIdle(MachineInst inst) {
    return inst instanceof Moves moves
        ? moves.moves().isEmpty()
        : inst instanceof Code code && code.isCopy() && code.dst() == code.src();
  }
}
