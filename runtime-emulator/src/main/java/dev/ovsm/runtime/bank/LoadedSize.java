package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.program.LoaderState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * How much account data a transaction loads (SIMD-0186): every account that exists with 64 bytes
 * around it, the code behind upgradeable programs, and lookup tables at their largest.
 */
final class LoadedSize {
  private static final long ACCOUNT = 64;
  private static final long TABLE = 8192 + 56;

  private LoadedSize() {}

  /**
   * Whether a transaction loads more than a number of bytes.
   *
   * @param tables how many lookup tables it uses
   */
  static boolean exceeds(
      long most, LoadedMessage message, int tables, Account[] accounts, Bank bank) {
    long size = TABLE * tables;
    long code = 0;
    for (int i = 0; i < accounts.length; i++) {
      if (accounts[i].lamports() != 0 && !message.keys()[i].equals(SysvarIds.INSTRUCTIONS)) {
        size += ACCOUNT + accounts[i].data().length;
        code += accounts[i].owner().equals(ProgramIds.LOADER_V3) ? ACCOUNT + Account.MAX_DATA : 0;
      }
    }
    // few transactions come near their limit, so the code is seldom looked for
    return size > most || (size + code > most && size + code(message, accounts, bank) > most);
  }

  private static long code(LoadedMessage message, Account[] accounts, Bank bank) {
    Set<Pubkey> counted = new HashSet<>(Arrays.asList(message.keys()));
    long size = 0;
    for (Account account : accounts) {
      if (account.owner().equals(ProgramIds.LOADER_V3)
          && LoaderState.read(account.data()).orElse(null) instanceof LoaderState.Program program
          && counted.add(program.programData())) {
        Account data = bank.load(program.programData());
        size += data.lamports() == 0 ? 0 : ACCOUNT + data.data().length;
      }
    }
    return size;
  }
}
