package dev.ovsm.ir.opt;

import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Value;

/** What a rule makes of an instruction. */
sealed interface Outcome {
  /** Its result is that of another one, and the instruction goes. */
  record Is(Value value) implements Outcome {}

  /** It is replaced by another one with the same result. */
  record Becomes(Inst inst) implements Outcome {}

  /** Its result is a constant in canonical form. */
  static Outcome constant(Inst inst, long number) {
    Value result = inst.result();
    if (result == null) {
      throw new IllegalArgumentException("no result: " + inst);
    }
    return new Becomes(new Inst.Const(result, number, inst.span()));
  }
}
