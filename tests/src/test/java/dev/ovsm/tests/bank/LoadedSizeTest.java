package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.MessageCompiler;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The limit of loaded account data, at and around what a transaction loads.
 *
 * <p>Only errors are compared: the library charges nothing for a transaction that does not load, a
 * cluster charges its fee. The code behind upgradeable programs counts on a cluster alone.
 */
@ComparedWithRealVm(minimum = 600)
class LoadedSizeTest {
  private static final Pubkey PAYER = key(1);
  private static final Pubkey PROGRAM = key(100);
  private static final int BASE = 64;

  @Test
  void equalsTheRealVm(RealVm vm, Comparisons comparisons) {
    Random random = new Random(1);
    byte[] elf = new HandElf().put(0xb7, 0, 0, 0, 0).exit().v3(new byte[0]);
    Bank bank = new Bank(Ledger.config());
    Account program = new Account(1_000_000_000, elf, ProgramIds.LOADER_V2, true, -1);
    bank.put(PROGRAM, program);
    List<dev.ovsm.tests.realvm.Account> accounts = new ArrayList<>();
    put(bank, accounts, PAYER, new byte[0]);
    List<Pubkey> pool = new ArrayList<>(List.of(SysvarIds.INSTRUCTIONS, SysvarIds.CLOCK, key(99)));
    for (int i = 0; i < 6; i++) {
      pool.add(key(10 + i));
      put(bank, accounts, key(10 + i), new byte[random.nextInt(4) * random.nextInt(5000)]);
    }
    List<TransactionRequest.Transaction> sent = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<AccountMeta> metas = new ArrayList<>();
      for (int k = random.nextInt(6); k > 0; k--) {
        metas.add(AccountMeta.readonly(pool.get(random.nextInt(pool.size())), false));
      }
      Instruction call = new Instruction(PROGRAM, metas, new byte[0]);
      long size = size(bank, call);
      for (long limit : new long[] {1, size - 1, size, size + 1, size - BASE, 1 << 26}) {
        byte[] asked = new ByteWriter().u8(4).u32((int) limit).toBytes();
        Instruction budget = new Instruction(ProgramIds.COMPUTE_BUDGET, List.of(), asked);
        Transaction transaction =
            new Transaction(
                List.of(new byte[64]),
                MessageCompiler.compile(List.of(budget, call), PAYER, bank.sysvars().blockhash()));
        sent.add(
            TransactionRequest.Transaction.raw(TransactionCodec.write(transaction), List.of()));
        TransactionOutcome outcome = bank.process(transaction);
        TransactionError error = outcome.error();
        ours.add(error == null ? "null" : error.json());
      }
    }
    List<Program> programs = List.of(new Program(PROGRAM.toString(), elf, Loader.PERMANENT));
    var outcomes = vm.send(TransactionRequest.of(programs, List.of(), accounts, sent));
    for (int i = 0; i < sent.size(); i++) {
      comparisons.equal("limit " + i, ours.get(i), outcomes.get(i).errorText());
    }
  }

  private static void put(
      Bank bank, List<dev.ovsm.tests.realvm.Account> accounts, Pubkey key, byte[] data) {
    bank.put(key, Account.of(1_000_000_000_000L, data, ProgramIds.SYSTEM));
    accounts.add(
        new dev.ovsm.tests.realvm.Account(
            key.toString(), 1_000_000_000_000L, ProgramIds.SYSTEM.toString(), data, false));
  }

  /** What a call loads, by the words of SIMD-0186. */
  private static long size(Bank bank, Instruction call) {
    List<Pubkey> keys = new ArrayList<>(List.of(PAYER, PROGRAM, ProgramIds.COMPUTE_BUDGET));
    call.accounts().forEach(meta -> keys.add(meta.key()));
    return keys.stream()
        .distinct()
        .flatMap(key -> bank.account(key).stream())
        .mapToLong(account -> BASE + account.data().length)
        .sum();
  }
}
