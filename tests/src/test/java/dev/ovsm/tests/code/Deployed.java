package dev.ovsm.tests.code;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.realvm.AccountUse;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A module's file as a program that is called with one account of its own, which holds its input.
 */
final class Deployed {
  private static final long LAMPORTS = 10_000_000;
  private static final long UNITS = 1_400_000;
  private static final String CUT = "Log truncated";
  private static final Pubkey PAYER = key(0, 3);

  private final Pubkey id;
  private final Pubkey owned;
  private final byte[] elf;
  private final byte[] data;

  /** A program under an address that its number gives. */
  Deployed(int number, byte[] elf, byte[] input) {
    this.id = key(number, 1);
    this.owned = key(number, 2);
    this.elf = elf;
    this.data = Arrays.copyOfRange(input, RandomModule.INPUT_START, input.length);
  }

  private static Pubkey key(int number, int kind) {
    byte[] key = new byte[Pubkey.BYTES];
    Arrays.fill(key, (byte) 7);
    key[0] = (byte) kind;
    key[1] = (byte) (number >>> 8);
    key[2] = (byte) number;
    return Pubkey.of(key);
  }

  /** What a transaction came to. */
  record Call(String error, long units, List<String> logs, String data) {
    Call {
      logs = List.copyOf(logs);
    }

    /**
     * Whether this is what is seen of a program that means this; of a long log the runtime keeps
     * the beginning.
     */
    boolean shows(Meaning meaning) {
      List<String> said =
          logs.stream()
              .filter(line -> line.startsWith(Meaning.LOG))
              .map(line -> line.substring(Meaning.LOG.length()))
              .toList();
      boolean succeeded = error.equals("null");
      String after = HexFormat.of().formatHex(new byte[RandomModule.INPUT_START]) + data;
      boolean isCut = logs.contains(CUT) && said.size() < meaning.logs().size();
      return said.equals(isCut ? meaning.logs().subList(0, said.size()) : meaning.logs())
          && meaning.end().equals("result 0") == succeeded
          && (!succeeded || !meaning.kept() || after.equals(meaning.input()));
    }
  }

  Call emulated() {
    Bank bank = new Bank(BankConfig.mainnet());
    bank.addProgram(id, elf, ProgramIds.SYSTEM);
    bank.put(owned, dev.ovsm.runtime.account.Account.of(LAMPORTS, data, id));
    AccountMeta meta = new AccountMeta(owned, false, true);
    TransactionOutcome outcome =
        bank.invoke(new Instruction(id, List.of(meta), new byte[0]), UNITS);
    String error = outcome.error() == null ? "null" : outcome.error().json();
    byte[] after = bank.account(owned).orElseThrow().data();
    return new Call(error, outcome.units(), outcome.logs(), HexFormat.of().formatHex(after));
  }

  /** Calls of programs on one real VM, each with an account of its own. */
  static List<Call> real(List<Deployed> all, RealVm vm) {
    List<Program> programs = new ArrayList<>();
    List<dev.ovsm.tests.realvm.Account> accounts = new ArrayList<>();
    List<TransactionRequest.Transaction> transactions = new ArrayList<>();
    String payer = PAYER.toString();
    accounts.add(
        dev.ovsm.tests.realvm.Account.of(
            payer, 1_000_000_000_000L, dev.ovsm.tests.realvm.Account.SYSTEM_PROGRAM, new byte[0]));
    for (Deployed one : all) {
      String owned = one.owned.toString();
      programs.add(new Program(one.id.toString(), one.elf, Loader.UPGRADEABLE));
      accounts.add(dev.ovsm.tests.realvm.Account.of(owned, LAMPORTS, one.id.toString(), one.data));
      transactions.add(
          TransactionRequest.Transaction.of(
              payer,
              List.of(
                  new TransactionRequest.Instruction(
                      one.id.toString(),
                      List.of(AccountUse.reference(owned).asWritable()),
                      new byte[0])),
              List.of(owned)));
    }
    List<Outcome> outcomes =
        vm.send(
            new TransactionRequest(
                Features.MAINNET,
                programs,
                List.of(),
                accounts,
                null,
                UNITS,
                null,
                false,
                false,
                transactions));
    return outcomes.stream().map(Deployed::call).toList();
  }

  private static Call call(Outcome outcome) {
    byte[] after = Objects.requireNonNull(outcome.accounts()).get(0).data();
    return new Call(
        outcome.errorText(),
        outcome.computeUnits(),
        outcome.logs(),
        HexFormat.of().formatHex(after));
  }
}
