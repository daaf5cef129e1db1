package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Set;

/** An instruction laid out for execution once, to be invoked any number of times. */
public final class PreparedInstruction {
  private final LoadedMessage message;

  public PreparedInstruction(Instruction instruction) {
    message = LoadedMessage.of(instruction);
  }

  /** Whether it may run beside what writes and reads these accounts. */
  public boolean isFree(Set<Pubkey> written, Set<Pubkey> read) {
    for (int i = 0; i < message.keys().length; i++) {
      Pubkey key = message.keys()[i];
      if (written.contains(key) || (message.writable()[i] && read.contains(key))) {
        return false;
      }
    }
    return true;
  }

  /** Adds the accounts that it writes and reads. */
  public void lock(Set<Pubkey> written, Set<Pubkey> read) {
    for (int i = 0; i < message.keys().length; i++) {
      (message.writable()[i] ? written : read).add(message.keys()[i]);
    }
  }

  LoadedMessage message() {
    return message;
  }
}
