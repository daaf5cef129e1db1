package dev.ovsm.tests.code;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.realvm.AccountUse;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RunRequest.Run;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A module's file as a program that is called with one account of its own, which holds its input.
 */
final class Deployed {
  private static final Pubkey ID = Pubkey.of(Program.ANY_ID);
  private static final Pubkey OWNED = Pubkey.of(key());
  private static final long LAMPORTS = 10_000_000;
  private static final long UNITS = 1_400_000;

  private final byte[] elf;
  private final byte[] data;

  Deployed(byte[] elf, byte[] input) {
    this.elf = elf;
    this.data = Arrays.copyOfRange(input, RandomModule.INPUT_START, input.length);
  }

  /** What a transaction came to. */
  record Account(String error, long units, List<String> logs, String data) {
    Account {
      logs = List.copyOf(logs);
    }

    /** Whether this is what is seen of a program that means this. */
    boolean shows(Meaning meaning) {
      List<String> said =
          logs.stream()
              .filter(line -> line.startsWith(Meaning.LOG))
              .map(line -> line.substring(Meaning.LOG.length()))
              .toList();
      boolean kept = meaning.kept();
      String after = HexFormat.of().formatHex(new byte[RandomModule.INPUT_START]) + data;
      return said.equals(meaning.logs())
          && (meaning.end().equals("result 0") == error.equals("null"))
          && (!kept || !error.equals("null") || after.equals(meaning.input()));
    }
  }

  Account emulated() {
    Bank bank = new Bank(BankConfig.mainnet());
    bank.addProgram(ID, elf, ProgramIds.SYSTEM);
    bank.put(OWNED, dev.ovsm.runtime.account.Account.of(LAMPORTS, data, ID));
    TransactionOutcome outcome =
        bank.invoke(
            new Instruction(ID, List.of(new AccountMeta(OWNED, false, true)), new byte[0]), UNITS);
    String error = outcome.error() == null ? "null" : outcome.error().json();
    return new Account(
        error, outcome.units(), outcome.logs(), hex(bank.account(OWNED).orElseThrow().data()));
  }

  Account real(RealVm vm) {
    AccountUse use =
        AccountUse.of(
                dev.ovsm.tests.realvm.Account.of(OWNED.toString(), LAMPORTS, Program.ANY_ID, data))
            .asWritable();
    Outcome outcome = vm.run(Program.of(elf), Run.of(new byte[0], List.of(use)).withBudget(UNITS));
    return new Account(
        outcome.errorText(),
        outcome.computeUnits(),
        outcome.logs(),
        hex(Objects.requireNonNull(outcome.accounts()).get(0).data()));
  }

  private static byte[] key() {
    byte[] key = new byte[Pubkey.BYTES];
    Arrays.fill(key, (byte) 7);
    return key;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
