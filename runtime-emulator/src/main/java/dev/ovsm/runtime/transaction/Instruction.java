package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Arrays;
import java.util.List;

/** A call of a program: the accounts it names, in order, and bytes only the program understands. */
public record Instruction(Pubkey program, List<AccountMeta> accounts, byte[] data) {
  public Instruction {
    accounts = List.copyOf(accounts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Instruction that
        && program.equals(that.program)
        && accounts.equals(that.accounts)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * program.hashCode() + accounts.hashCode()) + Arrays.hashCode(data);
  }
}
