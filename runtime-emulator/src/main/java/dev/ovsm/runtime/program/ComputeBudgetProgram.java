package dev.ovsm.runtime.program;

import dev.ovsm.runtime.invoke.Builtin;
import dev.ovsm.runtime.invoke.InstructionContext;

/** Does nothing: its instructions are read before the transaction runs. */
final class ComputeBudgetProgram implements Builtin {
  private static final int UNITS = 150;

  @Override
  public long units() {
    return UNITS;
  }

  @Override
  public void process(InstructionContext instruction) {
    // what the instruction asks for has been granted already
  }
}
