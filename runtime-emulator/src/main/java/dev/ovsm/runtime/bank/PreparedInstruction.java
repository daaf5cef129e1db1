package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instruction laid out for execution once, to be invoked any number of times, in one bank only.
 */
public final class PreparedInstruction {
  private final LoadedMessage message;

  /** Where the bank keeps the accounts, as far as it was looked up. */
  private final @Nullable Cell[] cells;

  public PreparedInstruction(Instruction instruction) {
    message = LoadedMessage.of(instruction);
    cells = new Cell[message.keys().length];
  }

  /** What the bank has at the address of an index. */
  Account load(int index, Bank bank) {
    Cell cell = cells[index];
    Account account = cell == null ? null : cell.account;
    if (account != null) {
      return account;
    }
    Pubkey key = message.keys()[index];
    cells[index] = bank.cell(key);
    return bank.load(key);
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
