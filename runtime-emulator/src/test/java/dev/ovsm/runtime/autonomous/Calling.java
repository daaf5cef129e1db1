package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;

/** An instruction in which a program, whose map comes first, calls others. */
final class Calling {
  /** Where in the input's part of an account its key, owner and lamports stand. */
  private static final long KEY = 8 - 88;

  private static final long OWNER = 40 - 88;
  private static final long LAMPORTS = 72 - 88;
  private static final byte[] CLOSE = {5, 0, 0, 0};

  /** Descriptions of accounts must not stand in the input. */
  private static final long INFOS = 0x3_0000_3000L;

  private final Pubkey program;
  private final List<AccountMeta> metas;
  private final List<Account> accounts;
  private final long[] bytes;

  Calling(Simulation simulation, Pubkey program, AccountMeta... others) {
    this.program = program;
    metas = new ArrayList<>(Stage.metas(program));
    metas.addAll(List.of(others));
    accounts =
        metas.stream().map(meta -> simulation.account(meta.key()).orElse(Account.EMPTY)).toList();
    bytes = accounts.stream().mapToLong(account -> account.data().length).toArray();
  }

  /** One in which a program can {@link #close} itself. */
  static Calling closing(Simulation simulation, Pubkey program) {
    Pubkey data =
        DerivedAddress.find(List.of(program.bytes()), ProgramIds.LOADER_V3).orElseThrow().address();
    return new Calling(
        simulation,
        program,
        AccountMeta.writable(data, false),
        AccountMeta.writable(Simulation.PAYER, true),
        AccountMeta.writable(program, false),
        new AccountMeta(ProgramIds.LOADER_V3, false, false));
  }

  /** Lets the program close itself, and maybe go on. */
  void close(Script script) {
    call(script, 4, CLOSE, 1, 2, 2, 3);
  }

  private long at(int account, long field) {
    return Layout.accountData(account, bytes) + field;
  }

  /** Adds a call of a program among the accounts with others of them; two operations. */
  void call(Script script, int callee, byte[] data, int... roles) {
    Object[] passed = new Object[2 * roles.length];
    for (int i = 0; i < roles.length; i++) {
      passed[2 * i] = at(roles[i], KEY);
      passed[2 * i + 1] = flags(roles[i]) >> 8;
    }
    Object[] infos = new Object[7 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      infos[7 * i] = at(i, KEY);
      infos[7 * i + 1] = at(i, LAMPORTS);
      infos[7 * i + 2] = bytes[i];
      infos[7 * i + 3] = at(i, 0);
      infos[7 * i + 4] = at(i, OWNER);
      infos[7 * i + 5] = 0;
      infos[7 * i + 6] = (flags(i) & 0x10000) >> 16 | (flags(i) & 0x100) | executable(i) << 16;
    }
    Script.Argument instruction =
        script.record(
            at(callee, KEY), script.record(passed), roles.length, script.bytes(data), data.length);
    script.call(Syscall.SOL_MEMCPY_, INFOS, script.record(infos), 8 * infos.length);
    script.call(Syscall.SOL_INVOKE_SIGNED_C, instruction, INFOS, bytes.length, 0, 0);
  }

  /** Whether an account is writable, and signs: bits 8 and 16. */
  private long flags(int account) {
    AccountMeta meta = metas.get(account);
    return (meta.writable() ? 1 << 8 : 0) | (meta.signer() ? 1 << 16 : 0);
  }

  private long executable(int account) {
    return accounts.get(account).executable() ? 1 : 0;
  }

  /** The instruction that does a script. */
  Instruction instruction(Script script) {
    return script.instruction(program, metas, bytes);
  }
}
