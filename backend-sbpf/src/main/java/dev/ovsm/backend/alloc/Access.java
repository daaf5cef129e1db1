package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.Exit;
import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.MachineInst.Move;
import dev.ovsm.backend.machine.MachineInst.Moves;
import dev.ovsm.sbpf.Opcode;
import java.util.function.IntConsumer;

/** Which registers an instruction reads and writes, virtual and real; not those of the frame. */
final class Access implements Liveness.Accesses {
  private final boolean returnsStatus;

  /** For the instructions of a function that returns a status, or does not. */
  Access(boolean returnsStatus) {
    this.returnsStatus = returnsStatus;
  }

  @Override
  public void reads(MachineInst inst, IntConsumer each) {
    if (inst instanceof Moves moves) {
      for (Move move : moves.moves()) {
        if (!Location.isSlot(move.src())) {
          each.accept(move.src());
        }
      }
    } else if (inst instanceof Code code) {
      if (code.readsDst() && code.dst() != Location.FRAME) {
        each.accept(code.dst());
      }
      if (code.readsSrc() && code.src() != Location.FRAME) {
        each.accept(code.src());
      }
      implicitReads(code, each);
    }
  }

  private void implicitReads(Code code, IntConsumer each) {
    int arguments = 0;
    if (code.link() instanceof Link.Callee callee) {
      arguments = callee.arguments();
    } else if (code.link() instanceof Link.Host host) {
      arguments = host.arguments();
    } else if (code.link() instanceof Link.Out out && out.exit() instanceof Exit.Propagate) {
      each.accept(Location.RESULT);
    } else if (code.op() == Opcode.EXIT) {
      each.accept(Location.RESULT);
      if (returnsStatus) {
        each.accept(Location.STATUS);
      }
    }
    for (int i = 0; i < arguments; i++) {
      each.accept(Location.FIRST_ARGUMENT + i);
    }
  }

  /** What is written; a call writes every register that it does not keep. */
  @Override
  public void writes(MachineInst inst, IntConsumer each) {
    if (inst instanceof Moves moves) {
      for (Move move : moves.moves()) {
        if (!Location.isSlot(move.dst())) {
          each.accept(move.dst());
        }
      }
    } else if (inst instanceof Code code) {
      if (code.isCall()) {
        for (int register = 0; register < Location.FIRST_KEPT; register++) {
          each.accept(register);
        }
      } else if (code.writesDst()) {
        each.accept(code.dst());
      }
    }
  }
}
