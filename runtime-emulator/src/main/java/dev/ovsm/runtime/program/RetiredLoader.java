package dev.ovsm.runtime.program;

import dev.ovsm.runtime.invoke.Builtin;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.transaction.InstructionError.Kind;

/**
 * A loader whose programs still run but which deploys no more.
 *
 * @param complaint what it logs when it is called itself
 */
record RetiredLoader(long units, String complaint) implements Builtin {
  @Override
  public void process(InstructionContext instruction) {
    instruction.transaction().log().add(complaint);
    throw new InstructionFailure(Kind.UNSUPPORTED_PROGRAM_ID);
  }
}
