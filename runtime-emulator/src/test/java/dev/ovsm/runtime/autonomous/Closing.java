package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** An instruction in which a program closes itself, and may go on. */
final class Closing {
  /** Where in the input's part of an account its key, owner, lamports and data stand. */
  private static final long KEY = 8 - 88;

  private static final long OWNER = 40 - 88;
  private static final long LAMPORTS = 72 - 88;
  private static final int CLOSE = 5;

  /** Descriptions of accounts must not stand in the input. */
  private static final long INFOS = 0x3_0000_3000L;

  private final Pubkey program;
  private final List<AccountMeta> metas;
  private final long[] bytes;

  Closing(Simulation simulation, Pubkey program) {
    this.program = program;
    Pubkey data =
        DerivedAddress.find(List.of(program.bytes()), ProgramIds.LOADER_V3).orElseThrow().address();
    metas =
        List.of(
            AccountMeta.writable(Stage.map(program), false),
            AccountMeta.writable(data, false),
            AccountMeta.writable(Simulation.PAYER, true),
            AccountMeta.writable(program, false),
            new AccountMeta(ProgramIds.LOADER_V3, false, false));
    bytes =
        metas.stream()
            .map(meta -> simulation.account(meta.key()).orElse(Account.EMPTY))
            .mapToLong(account -> account.data().length)
            .toArray();
  }

  private long at(int account, long field) {
    return Layout.accountData(account, bytes) + field;
  }

  /** Adds the call of the loader that closes the program: two operations. */
  void close(Script script) {
    Object[] accounts = new Object[8];
    Object[] infos = new Object[5 * 7];
    int[] roles = {1, 2, 2, 3};
    long[] flags = {1, 1, 1L << 8, 1};
    for (int i = 0; i < roles.length; i++) {
      accounts[2 * i] = at(roles[i], KEY);
      accounts[2 * i + 1] = flags[i];
    }
    for (int i = 0; i < 5; i++) {
      infos[7 * i] = at(i, KEY);
      infos[7 * i + 1] = at(i, LAMPORTS);
      infos[7 * i + 2] = bytes[i];
      infos[7 * i + 3] = at(i, 0);
      infos[7 * i + 4] = at(i, OWNER);
      infos[7 * i + 5] = 0;
      infos[7 * i + 6] = (i == 2 ? 1 : 0) | (i < 4 ? 1 << 8 : 0) | (i > 2 ? 1 << 16 : 0);
    }
    Script.Argument instruction =
        script.record(
            at(4, KEY),
            script.record(accounts),
            roles.length,
            script.bytes(new byte[] {CLOSE, 0, 0, 0}),
            4);
    script.call(Syscall.SOL_MEMCPY_, INFOS, script.record(infos), 8 * infos.length);
    script.call(Syscall.SOL_INVOKE_SIGNED_C, instruction, INFOS, 5, 0, 0);
  }

  /** The instruction that does a script. */
  Instruction instruction(Script script) {
    return script.instruction(program, metas, bytes);
  }
}
