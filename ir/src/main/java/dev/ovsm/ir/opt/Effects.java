package dev.ovsm.ir.opt;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;

/** What an instruction does besides defining its result. */
enum Effects {
  /** Nothing: it may be dropped, repeated and moved to wherever its operands are defined. */
  NONE,
  /** Reads memory; it may be dropped. */
  READS,
  /** May end the invocation, and does nothing else. */
  FAILS,
  /** Writes memory, and does nothing else. */
  WRITES,
  /** Anything. */
  ANY;

  static Effects of(Inst inst) {
    if (inst instanceof Inst.Binary binary) {
      boolean divides = binary.op() == BinaryOp.DIV || binary.op() == BinaryOp.REM;
      boolean fails = binary.mode() == Mode.CHECK || (divides && binary.mode() != Mode.EXACT);
      return fails ? FAILS : NONE;
    }
    if (inst instanceof Inst.Convert convert) {
      return convert.mode() == Mode.CHECK ? FAILS : NONE;
    }
    if (inst instanceof Inst.Load) {
      return READS;
    }
    if (inst instanceof Inst.Store || inst instanceof Inst.Copy || inst instanceof Inst.Zero) {
      return WRITES;
    }
    return inst instanceof Inst.Call || inst instanceof Inst.Syscall ? ANY : NONE;
  }

  /** Whether the instruction is gone without a trace if its result is not used. */
  boolean isDroppable() {
    return this == NONE || this == READS;
  }
}
