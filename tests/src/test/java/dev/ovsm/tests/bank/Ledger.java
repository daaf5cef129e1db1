package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.sysvar.EpochSchedule;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.runtime.transaction.MessageCompiler;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.tests.realvm.Clock;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transactions to be executed by the bank and by the real VM, one after the other, with every
 * outcome compared: error, compute units, log, return data, and all accounts that are named.
 */
final class Ledger {
  /** The slot in which everything happens. */
  static final long SLOT = 1000;

  private final List<Program> programs = new ArrayList<>();
  private final List<String> standard = new ArrayList<>();
  private final Map<Pubkey, Account> accounts = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final RealVm vm;
  private final Pubkey payer;
  private final BankConfig config;
  private final Features features;
  private @Nullable Bank bank;
  private boolean verifies;

  /** A transaction and what the bank made of it. */
  private record Entry(
      String what, Transaction transaction, TransactionOutcome outcome, List<Account> after) {}

  Ledger(RealVm vm, Pubkey payer) {
    this(vm, payer, config());
  }

  Ledger(RealVm vm, Pubkey payer, BankConfig config) {
    this(vm, payer, config, Features.MAINNET);
  }

  /** A ledger of machines with other features than mainnet's. */
  Ledger(RealVm vm, Pubkey payer, Features features) {
    this(vm, payer, config().withFeatures(OurFeatures.like(features)), features);
  }

  private Ledger(RealVm vm, Pubkey payer, BankConfig config, Features features) {
    this.vm = vm;
    this.config = config;
    this.features = features;
    this.payer = payer;
    accounts.put(payer, Account.wallet(1_000_000_000_000L));
  }

  /** From now on every transaction must carry good signatures. */
  Ledger verifying() {
    verifies = true;
    return this;
  }

  static BankConfig config() {
    return BankConfig.mainnet()
        .withStartSlot(SLOT)
        .withEngine("jit".equals(System.getProperty("engine")) ? new Jit() : new Interpreter())
        .withEpochSchedule(new EpochSchedule(432_000, 432_000, true, 14, 524_256));
  }

  Pubkey payer() {
    return payer;
  }

  /** Adds one of the programs that the real VM ships, under its own address. */
  Ledger standard(String name) {
    standard.add(name);
    return this;
  }

  Ledger program(Pubkey id, byte[] elf, Loader loader) {
    programs.add(new Program(id.toString(), elf, loader));
    return this;
  }

  /** Adds an account that is there from the start; no earlier transaction may have named it. */
  Ledger account(Pubkey key, Account account) {
    accounts.put(key, account);
    if (bank != null) {
      bank.put(key, account);
    }
    return this;
  }

  /** A legacy transaction whose signers are taken to have signed. */
  Ledger send(String what, Instruction... instructions) {
    return send(what, MessageCompiler.compile(List.of(instructions), payer, blockhash()));
  }

  Ledger send(String what, Message message) {
    List<byte[]> signatures =
        Collections.nCopies(message.signatures(), new byte[Transaction.SIGNATURE_BYTES]);
    return send(what, new Transaction(signatures, message));
  }

  /** A transaction as it is; in a ledger that verifies, its signatures count. */
  Ledger send(String what, Transaction transaction) {
    TransactionOutcome outcome =
        verifies ? bank().verifyAndProcess(transaction) : bank().process(transaction);
    List<Account> after = new ArrayList<>();
    for (Pubkey key : transaction.message().keys()) {
      after.add(now(key));
    }
    entries.add(new Entry(what, transaction, outcome, after));
    return this;
  }

  /** An account as the bank has it by now. */
  Account now(Pubkey key) {
    return bank().account(key).orElse(Account.EMPTY);
  }

  /** How the last transaction failed, in the form of RPC; the text null if it did not. */
  String lastError() {
    TransactionOutcome outcome = entries.get(entries.size() - 1).outcome;
    return outcome.error() == null ? "null" : outcome.error().json();
  }

  /** What the last transaction logged. */
  String lastLog() {
    return String.join("\n", entries.get(entries.size() - 1).outcome.logs());
  }

  /** The compute units of the last transaction. */
  long units() {
    return entries.get(entries.size() - 1).outcome.units();
  }

  /** How many of the transactions succeeded. */
  long successes() {
    return entries.stream().filter(entry -> entry.outcome.succeeded()).count();
  }

  /** The blockhash that durable nonces are made of on both sides. */
  Pubkey blockhash() {
    return bank().sysvars().blockhash();
  }

  int size() {
    return entries.size();
  }

  private Bank bank() {
    if (bank == null) {
      bank = new Bank(config);
      for (String name : standard) {
        RealVm.StandardProgram program = vm.standardProgram(name);
        add(bank, Pubkey.of(program.program()), program.elf(), program.loader());
      }
      for (Program program : programs) {
        add(bank, Pubkey.of(String.valueOf(program.id())), program.elf(), program.loader());
      }
      accounts.forEach(bank::put);
    }
    return bank;
  }

  private static void add(Bank bank, Pubkey id, byte[] elf, Loader loader) {
    switch (loader) {
      case UPGRADEABLE -> bank.addProgram(id, elf, ProgramIds.SYSTEM);
      case PERMANENT -> bank.put(id, program(elf, ProgramIds.LOADER_V2));
      case DEPRECATED -> bank.put(id, program(elf, ProgramIds.LOADER_V1));
    }
  }

  private static Account program(byte[] elf, Pubkey loader) {
    return new Account(1_000_000_000_000L, elf, loader, true, Account.EXEMPT_EPOCH);
  }

  /** Has the real VM execute everything too, and compares. */
  void compare(Comparisons comparisons) {
    List<Outcome> real = real();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      String what = i + " " + entry.what;
      comparisons.equal(what + ": outcome", text(entry.outcome), text(real.get(i)));
      for (dev.ovsm.tests.realvm.Account theirs : accountsOf(real.get(i))) {
        int index = entry.transaction.message().keys().indexOf(Pubkey.of(theirs.key()));
        comparisons.equal(
            what + ": account " + theirs.key(), text(entry.after.get(index)), text(theirs));
      }
    }
  }

  private List<Outcome> real() {
    List<TransactionRequest.Transaction> transactions = new ArrayList<>();
    for (Entry entry : entries) {
      List<String> keys =
          entry.transaction.message().keys().stream()
              .filter(key -> !isProgram(key))
              .map(Pubkey::toString)
              .toList();
      transactions.add(
          TransactionRequest.Transaction.raw(TransactionCodec.write(entry.transaction), keys));
    }
    List<dev.ovsm.tests.realvm.Account> given = new ArrayList<>();
    accounts.forEach(
        (key, account) ->
            given.add(
                new dev.ovsm.tests.realvm.Account(
                    key.toString(),
                    account.lamports(),
                    account.owner().toString(),
                    account.data(),
                    account.executable())));
    return vm.send(
        new TransactionRequest(
            features,
            programs,
            standard,
            given,
            clock(),
            null,
            null,
            verifies,
            false,
            transactions));
  }

  private static Clock clock() {
    dev.ovsm.runtime.sysvar.Clock ours = new Bank(config()).sysvars().clock();
    return new Clock(
        ours.slot(), ours.epochStart(), ours.epoch(), ours.leaderScheduleEpoch(), ours.unixTime());
  }

  /** Programs have other lamports and sysvars other contents; what they are is tested apart. */
  private boolean isProgram(Pubkey key) {
    return accounts.get(key) == null
        && (key.toString().startsWith("Sysvar")
            || programs.stream().anyMatch(program -> key.toString().equals(program.id()))
            || isStandard(key));
  }

  private static boolean isStandard(Pubkey key) {
    String text = key.toString();
    return text.startsWith("Token") || text.startsWith("AToken") || text.startsWith("Memo");
  }

  private static List<dev.ovsm.tests.realvm.Account> accountsOf(Outcome outcome) {
    return outcome.accounts() == null ? List.of() : outcome.accounts();
  }

  private static String text(TransactionOutcome outcome) {
    String returned =
        outcome.returned() == null
            ? "none"
            : outcome.returned().program() + " " + base64(outcome.returned().data());
    String error = outcome.error() == null ? "null" : outcome.error().json();
    return error
        + "\n"
        + outcome.units()
        + "\n"
        + String.join("\n", outcome.logs())
        + "\n"
        + returned;
  }

  private static String text(Outcome outcome) {
    Outcome.ReturnData data = outcome.returnData();
    String returned =
        data == null || data.data().length == 0
            ? "none"
            : data.program() + " " + base64(data.data());
    return outcome.errorText()
        + "\n"
        + outcome.computeUnits()
        + "\n"
        + String.join("\n", outcome.logs())
        + "\n"
        + returned;
  }

  private static String text(Account account) {
    return Long.toUnsignedString(account.lamports())
        + " "
        + account.owner()
        + " "
        + account.executable()
        + " "
        + base64(account.data());
  }

  private static String text(dev.ovsm.tests.realvm.Account account) {
    return Long.toUnsignedString(account.lamports())
        + " "
        + account.owner()
        + " "
        + account.executable()
        + " "
        + base64(account.data());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** An address for tests, different for each number. */
  static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    bytes[0] = (byte) 0x77;
    bytes[30] = (byte) (number >>> 8);
    bytes[31] = (byte) number;
    return Pubkey.of(bytes);
  }

  /** A program's derived address. */
  static Pubkey derived(Pubkey program, byte[]... seeds) {
    return DerivedAddress.find(List.of(seeds), program).orElseThrow().address();
  }
}
