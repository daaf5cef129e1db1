package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.transaction.Instruction;

/** An instruction laid out for execution once, to be invoked any number of times. */
public final class PreparedInstruction {
  private final LoadedMessage message;

  public PreparedInstruction(Instruction instruction) {
    message = LoadedMessage.of(instruction);
  }

  LoadedMessage message() {
    return message;
  }
}
