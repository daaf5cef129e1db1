package dev.ovsm.backend.select;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.flow.CallGraph;
import java.util.Set;

/** Which functions may end the whole invocation, themselves or through what they call. */
final class Failing {
  private Failing() {}

  static Set<String> of(CallGraph graph) {
    return graph.callersOf(Failing::itself);
  }

  private static boolean itself(Function function) {
    for (Block block : function.blocks()) {
      if (block.terminator() instanceof Terminator.Fail) {
        return true;
      }
      for (Inst inst : block.insts()) {
        if (fails(inst)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean fails(Inst inst) {
    if (inst instanceof Inst.Convert convert) {
      return convert.mode() == Mode.CHECK;
    }
    if (inst instanceof Inst.Binary binary) {
      boolean divides = binary.op() == BinaryOp.DIV || binary.op() == BinaryOp.REM;
      return binary.mode() == Mode.CHECK || (divides && binary.mode() != Mode.EXACT);
    }
    return false;
  }
}
