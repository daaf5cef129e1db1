package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.program.LoaderState;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Arrays;
import java.util.List;

/** Upgrades and closes programs whose authority is the payer, by transactions of their loader. */
final class LoaderCalls {
  private static final int UPGRADE = 3;
  private static final int CLOSE = 5;
  private static final Pubkey BUFFER = NamedKey.of("upgrade-buffer");

  private LoaderCalls() {}

  /** The upgrade of a program to a file, which is put into a buffer first. */
  static Instruction upgrade(Bank bank, Pubkey program, byte[] elf) {
    byte[] state = new LoaderState.Buffer(Simulation.PAYER).bytes();
    byte[] buffer = Arrays.copyOf(state, LoaderState.BUFFER_BYTES + elf.length);
    System.arraycopy(elf, 0, buffer, LoaderState.BUFFER_BYTES, elf.length);
    put(bank, BUFFER, buffer);
    Pubkey data = data(program);
    byte[] old = bank.account(data).map(Account::data).orElse(new byte[0]);
    int needed = LoaderState.PROGRAM_DATA_BYTES + elf.length;
    if (old.length >= LoaderState.PROGRAM_DATA_BYTES && old.length < needed) {
      put(bank, data, Arrays.copyOf(old, needed));
    }
    return call(
        UPGRADE,
        writable(data),
        writable(program),
        writable(BUFFER),
        writable(Simulation.PAYER),
        new AccountMeta(SysvarIds.RENT, false, false),
        new AccountMeta(SysvarIds.CLOCK, false, false),
        authority());
  }

  /** The end of a program; its lamports go to the payer. */
  static Instruction close(Pubkey program) {
    return call(
        CLOSE, writable(data(program)), writable(Simulation.PAYER), authority(), writable(program));
  }

  private static void put(Bank bank, Pubkey key, byte[] data) {
    long lamports = bank.sysvars().rent().minimumBalance(data.length);
    bank.put(key, Account.of(lamports, data, ProgramIds.LOADER_V3));
  }

  private static Pubkey data(Pubkey program) {
    return DerivedAddress.find(List.of(program.bytes()), ProgramIds.LOADER_V3)
        .orElseThrow()
        .address();
  }

  private static Instruction call(int tag, AccountMeta... accounts) {
    return new Instruction(
        ProgramIds.LOADER_V3, List.of(accounts), new LittleEndian(Integer.BYTES).u32(tag).bytes());
  }

  private static AccountMeta writable(Pubkey key) {
    return new AccountMeta(key, false, true);
  }

  private static AccountMeta authority() {
    return new AccountMeta(Simulation.PAYER, true, false);
  }
}
