package dev.ovsm.tests.drawn;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.realvm.AccountUse;
import dev.ovsm.tests.realvm.Clock;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A program's file under an address of its own, with the accounts that it is called with. */
record Deployment(int number, byte[] elf, Surroundings surroundings) {
  private static final long UNITS = 1_400_000;
  private static final Clock CLOCK =
      new Clock(
          Surroundings.SLOT,
          Surroundings.EPOCH_START,
          Surroundings.EPOCH,
          Surroundings.EPOCH + 1,
          Surroundings.TIME);
  private static final Set<Integer> KNOWN =
      SolanaSyscalls.handlers(BankConfig.mainnet().features()).keySet();

  /** What a transaction shows, and what it cost. */
  record Run(Shape shape, String end, List<String> lines, long units) {
    /** Whether it came to what it means; of a log that is too long the beginning is kept. */
    boolean means(Shape meaning) {
      boolean isCut = lines.contains("Log truncated");
      return shape.equals(isCut ? meaning.cut(shape.logs().size()) : meaning);
    }
  }

  private Pubkey key(int account) {
    return Keys.account(number, account);
  }

  private boolean signs(int account) {
    return !Keys.isProgram(account) && surroundings.accounts().get(account).signs();
  }

  private static dev.ovsm.sbpf.Program loaded(byte[] elf) {
    return ElfLoader.load(elf, LoaderConfig.execution(KNOWN)).program().orElseThrow();
  }

  /** What is written, with the addresses of the first deployment. */
  private List<String> common(List<String> logs) {
    return Shape.written(logs).stream().map(line -> Keys.common(number, line)).toList();
  }

  Run emulated() {
    Bank bank =
        new Bank(
            BankConfig.mainnet()
                .withStartSlot(Surroundings.SLOT)
                .withGenesisTime(Surroundings.GENESIS));
    Pubkey program = Keys.program(number);
    bank.addProgram(program, loaded(elf));
    bank.addProgram(Keys.callee(), loaded(Callee.elf()));
    for (int i = 0; i < surroundings.accounts().size(); i++) {
      Surroundings.Holding holding = surroundings.accounts().get(i);
      bank.put(key(i), Account.of(holding.lamports(), holding.data(), Keys.owner(number, i)));
    }
    List<AccountMeta> metas = new ArrayList<>();
    for (int account : surroundings.order()) {
      metas.add(new AccountMeta(key(account), signs(account), !Keys.isProgram(account)));
    }
    TransactionOutcome outcome =
        bank.invoke(new Instruction(program, metas, surroundings.input()), UNITS);
    Surroundings.State after = surroundings.fresh();
    for (int i = 0; i < surroundings.accounts().size(); i++) {
      Account account = bank.account(key(i)).orElse(Account.EMPTY);
      after.data().set(i, Keys.common(number, account.data()));
      after.lamports()[i] = account.lamports();
    }
    String end = outcome.error() == null ? Shape.SUCCESS : outcome.error().json();
    byte[] returned = outcome.returned() == null ? new byte[0] : outcome.returned().data();
    Shape shape = Shape.of(end, common(outcome.logs()), returned, after);
    return new Run(shape, end, outcome.logs(), outcome.units());
  }

  /** Calls of programs on one real VM. */
  static List<Run> real(List<Deployment> all, RealVm vm) {
    List<Program> programs = new ArrayList<>();
    List<dev.ovsm.tests.realvm.Account> accounts = new ArrayList<>();
    List<TransactionRequest.Transaction> transactions = new ArrayList<>();
    programs.add(new Program(Keys.callee().toString(), Callee.elf(), Loader.UPGRADEABLE));
    String payer = Keys.payer().toString();
    accounts.add(
        dev.ovsm.tests.realvm.Account.of(
            payer, 1L << 60, dev.ovsm.tests.realvm.Account.SYSTEM_PROGRAM, new byte[0]));
    for (Deployment one : all) {
      String id = Keys.program(one.number).toString();
      programs.add(new Program(id, one.elf, Loader.UPGRADEABLE));
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < one.surroundings.accounts().size(); i++) {
        Surroundings.Holding holding = one.surroundings.accounts().get(i);
        keys.add(one.key(i).toString());
        accounts.add(
            dev.ovsm.tests.realvm.Account.of(
                keys.get(i),
                holding.lamports(),
                Keys.owner(one.number, i).toString(),
                holding.data()));
      }
      List<AccountUse> uses = new ArrayList<>();
      for (int account : one.surroundings.order()) {
        AccountUse use = AccountUse.reference(one.key(account).toString());
        AccountUse writable = Keys.isProgram(account) ? use : use.asWritable();
        uses.add(one.signs(account) ? writable.asSigner() : writable);
      }
      transactions.add(
          TransactionRequest.Transaction.of(
              payer,
              List.of(new TransactionRequest.Instruction(id, uses, one.surroundings.input())),
              keys));
    }
    List<Outcome> outcomes =
        vm.send(
            new TransactionRequest(
                Features.MAINNET,
                programs,
                List.of(),
                accounts,
                CLOCK,
                UNITS,
                null,
                false,
                false,
                transactions));
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      runs.add(all.get(i).run(outcomes.get(i)));
    }
    return runs;
  }

  private Run run(Outcome outcome) {
    Surroundings.State after = surroundings.fresh();
    List<dev.ovsm.tests.realvm.Account> accounts = Objects.requireNonNull(outcome.accounts());
    for (int i = 0; i < accounts.size(); i++) {
      after.data().set(i, Keys.common(number, accounts.get(i).data()));
      after.lamports()[i] = accounts.get(i).lamports();
    }
    Shape shape =
        Shape.of(outcome.errorText(), common(outcome.logs()), outcome.returnedBytes(), after);
    return new Run(shape, outcome.errorText(), outcome.logs(), outcome.computeUnits());
  }
}
