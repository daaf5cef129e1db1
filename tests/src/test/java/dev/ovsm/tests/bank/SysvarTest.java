package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What programs find in the accounts of sysvars and builtins: a program logs its first account. */
@ComparedWithRealVm(minimum = 300)
class SysvarTest {
  private static final int TRANSACTIONS = Integer.getInteger("calls", 120);
  private static final Pubkey PAYER = key(1);
  private static final Pubkey ECHO = key(100);
  private static final long HEAP = 0x3_0000_0000L;
  private static final int LENGTH = 8 + 80;

  /** Those whose contents both sides are given, or make by themselves in the same way. */
  private static final List<Pubkey> SHOWN =
      List.of(
          SysvarIds.CLOCK,
          SysvarIds.RENT,
          SysvarIds.EPOCH_SCHEDULE,
          SysvarIds.EPOCH_REWARDS,
          SysvarIds.STAKE_HISTORY,
          SysvarIds.LAST_RESTART_SLOT,
          ProgramIds.SYSTEM,
          ProgramIds.LOADER_V3,
          ProgramIds.COMPUTE_BUDGET,
          ProgramIds.ED25519_PRECOMPILE,
          key(9));

  /** Logs flags and lamports, key and owner, then the data. */
  private static byte[] echo() {
    return new HandElf()
        .put(0xbf, 6, 1, 0, 0)
        .lddw(7, HEAP)
        .put(0x79, 1, 6, 8, 0)
        .put(0x79, 2, 6, LENGTH - 8, 0)
        .put(0x79, 3, 6, LENGTH, 0)
        .put(0xb7, 4, 0, 0, 0)
        .put(0xb7, 5, 0, 0, 0)
        .syscall("sol_log_64_")
        .put(0xbf, 1, 6, 0, 0)
        .put(0x07, 1, 0, 0, 48)
        .syscall("sol_log_pubkey")
        .put(0x79, 2, 6, LENGTH, 0)
        .put(0xbf, 1, 6, 0, 0)
        .put(0x07, 1, 0, 0, LENGTH + 8)
        .put(0x7b, 7, 1, 0, 0)
        .put(0x7b, 7, 2, 8, 0)
        .put(0xbf, 1, 7, 0, 0)
        .put(0xb7, 2, 0, 0, 1)
        .syscall("sol_log_data")
        .put(0xb7, 0, 0, 0, 0)
        .exit()
        .v3(new byte[0]);
  }

  @Test
  void contents(RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm);
    for (Pubkey shown : SHOWN) {
      ledger.send("contents of " + shown, call(new byte[0], AccountMeta.readonly(shown, false)));
    }
    ledger.compare(comparisons);
    assertThat(ledger.successes()).isEqualTo(SHOWN.size());
  }

  /** The sysvar that holds the transaction itself, read by some of its instructions. */
  @Test
  void instructions(RealVm vm, Comparisons comparisons) {
    Random random = new Random(Long.getLong("seed", 0));
    Ledger ledger = ledger(vm);
    for (int i = 0; i < TRANSACTIONS; i++) {
      Instruction[] instructions = new Instruction[1 + random.nextInt(4)];
      for (int k = 0; k < instructions.length; k++) {
        List<AccountMeta> metas = new ArrayList<>();
        metas.add(
            random.nextInt(4) > 0
                ? new AccountMeta(SysvarIds.INSTRUCTIONS, false, random.nextInt(4) == 0)
                : AccountMeta.readonly(key(9), false));
        for (int more = random.nextInt(4); more > 0; more--) {
          Pubkey key = List.of(PAYER, key(9), key(10), ECHO).get(random.nextInt(4));
          metas.add(new AccountMeta(key, key.equals(PAYER), random.nextBoolean()));
        }
        byte[] data = new byte[random.nextInt(30)];
        random.nextBytes(data);
        instructions[k] = call(data, metas.toArray(AccountMeta[]::new));
      }
      ledger.send("instructions", instructions);
    }
    ledger.compare(comparisons);
    assertThat(ledger.successes()).isGreaterThan(TRANSACTIONS / 2);
  }

  private static Ledger ledger(RealVm vm) {
    Ledger ledger = new Ledger(vm, PAYER).program(ECHO, echo(), Loader.UPGRADEABLE);
    return ledger.account(key(9), Account.of(5_000_000, new byte[] {1, 2, 3}, key(8)));
  }

  private static Instruction call(byte[] data, AccountMeta... accounts) {
    return new Instruction(ECHO, List.of(accounts), data);
  }
}
