package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.invoke.ProgramEntry;
import dev.ovsm.runtime.program.Builtins;
import dev.ovsm.runtime.program.LoaderState;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.sysvar.SlotHashes;
import dev.ovsm.runtime.sysvar.Sysvars;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.runtime.transaction.MessageCompiler;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Buffers;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and sysvars of a slot, and the transactions that change them, one after the other.
 *
 * <p>A transaction takes effect as a whole or, but for its fee, not at all. Results depend on
 * nothing but what was put in and in which order.
 */
public final class Bank {
  private final BankConfig config;
  private final Map<Pubkey, Cell> cells = new LinkedHashMap<>();
  private final Builtins builtins = new Builtins();
  private final Buffers buffers = new Buffers();
  private final ProgramCache programs;
  private SlotEnvironment environment;

  public Bank(BankConfig config) {
    this.config = config;
    SortedMap<Integer, SyscallHandler> handlers =
        new TreeMap<>(SolanaSyscalls.handlers(config.features()));
    handlers.putAll(config.hook().syscalls());
    programs = new ProgramCache(config.features(), new SyscallTable(handlers), this::account);
    environment = environmentAt(config.startSlot());
  }

  public long slot() {
    return sysvars().clock().slot();
  }

  public Sysvars sysvars() {
    return environment.sysvars();
  }

  /** Moves to a later slot: clock, epoch and slot hashes follow. */
  public void advanceTo(long slot) {
    if (Long.compareUnsigned(slot, slot()) < 0) {
      throw new IllegalArgumentException("slot " + slot + " is before slot " + slot());
    }
    environment = environmentAt(slot);
  }

  /** The account at an address, a builtin's or a sysvar's included, or nothing if it is empty. */
  public Optional<Account> account(Pubkey key) {
    Cell cell = cells.get(key);
    return cell != null ? Optional.ofNullable(cell.account) : ofTheChain(key);
  }

  private Optional<Account> ofTheChain(Pubkey key) {
    return builtins.account(key).or(() -> sysvars().account(key));
  }

  /** Sets an account from outside; one without lamports is removed. */
  public void put(Pubkey key, Account account) {
    Hook.Change change = new Hook.Change(key, load(key), account);
    keep(change);
    config.hook().changed(new Hook.Change(key, change.before(), load(key)));
  }

  /** All accounts that were put or written as they are now, in the order of their creation. */
  public Map<Pubkey, Account> accounts() {
    Map<Pubkey, Account> accounts = new LinkedHashMap<>();
    cells.forEach((key, cell) -> accounts.put(key, Objects.requireNonNull(cell.account)));
    return accounts;
  }

  /**
   * Puts a program there as if it had been deployed with the upgradeable loader before the bank
   * began, with an authority that may upgrade it. The file is not checked until it is called.
   */
  public void addProgram(Pubkey id, byte[] elf, Pubkey authority) {
    Pubkey data =
        DerivedAddress.find(List.of(id.bytes()), ProgramIds.LOADER_V3).orElseThrow().address();
    byte[] pointer = new LoaderState.Program(data).bytes();
    byte[] code = new byte[LoaderState.PROGRAM_DATA_BYTES + elf.length];
    byte[] state = new LoaderState.ProgramData(0, authority).bytes();
    System.arraycopy(state, 0, code, 0, state.length);
    System.arraycopy(elf, 0, code, LoaderState.PROGRAM_DATA_BYTES, elf.length);
    put(data, exempt(code, false));
    put(id, exempt(pointer, true));
  }

  /** Puts an already loaded program there, without code in any account. */
  public void addProgram(Pubkey id, Program program) {
    put(id, exempt(new byte[LoaderState.PROGRAM_BYTES], true));
    programs.put(id, new ProgramEntry(programs.executable(program), 0));
  }

  /**
   * Executes a transaction, charges its fee and keeps what it changed if it succeeds. Its signers
   * are taken to have signed.
   */
  public TransactionOutcome process(Transaction transaction) {
    return runner(config.logLimit()).process(transaction, false);
  }

  /**
   * Executes a transaction like {@link #process(Transaction)} if all of its signatures are good.
   */
  public TransactionOutcome verifyAndProcess(Transaction transaction) {
    return runner(config.logLimit()).process(transaction, true);
  }

  /** Executes instructions in one transaction whose signers are all taken to have signed. */
  public TransactionOutcome process(List<Instruction> instructions, Pubkey payer) {
    Message message = MessageCompiler.compile(instructions, payer, environment.blockhash());
    List<byte[]> signatures =
        Collections.nCopies(message.signatures(), new byte[Transaction.SIGNATURE_BYTES]);
    return process(new Transaction(signatures, message));
  }

  /**
   * Executes one instruction in a transaction of its own that nobody signs or pays for; otherwise
   * it is like any other.
   *
   * @param budget compute units, at least 0
   */
  public TransactionOutcome invoke(Instruction instruction, long budget) {
    return invoke(new PreparedInstruction(instruction), budget, null).commit();
  }

  /**
   * Executes like {@link #invoke(Instruction, long)} but leaves it to the caller when to commit.
   * Several threads may do so at once as long as nobody commits, puts or advances.
   *
   * @param cause what the hook shall find as the transaction's cause, or null
   */
  public Invocation invoke(PreparedInstruction instruction, long budget, @Nullable Object cause) {
    return invoke(instruction, budget, MemoryMap.DEFAULT_HEAP_BYTES, cause);
  }

  /**
   * The same with a heap of another size, which may be smaller than any transaction can ask for.
   */
  public Invocation invoke(
      PreparedInstruction instruction, long budget, int heapBytes, @Nullable Object cause) {
    return runner(config.logLimit()).invoke(instruction, budget, heapBytes, cause);
  }

  /**
   * Executes an instruction that failed once more, to find what made it fail; nothing else comes of
   * it. Empty if it was no program's code, or if it does not fail like that again.
   *
   * @param error how it failed
   */
  public Optional<Blame> blame(
      PreparedInstruction instruction,
      long budget,
      int heapBytes,
      @Nullable Object cause,
      TransactionError error) {
    Inquest inquest = new Inquest();
    SlotEnvironment watched = environment.withEngine(inquest);
    Invocation again =
        new TransactionRunner(this, watched, LogCollector.silent())
            .invoke(instruction, budget, heapBytes, cause);
    again.discard();
    return error.equals(again.outcome().error()) ? inquest.blame() : Optional.empty();
  }

  private TransactionRunner runner(int logLimit) {
    LogCollector log = logLimit > 0 ? LogCollector.limitedTo(logLimit) : LogCollector.silent();
    return new TransactionRunner(this, environment, log);
  }

  SlotEnvironment environment() {
    return environment;
  }

  /** What a transaction finds at an address. */
  Account load(Pubkey key) {
    Cell cell = cells.get(key);
    Account account = cell == null ? null : cell.account;
    return account == null ? ofTheChain(key).orElse(Account.EMPTY) : account;
  }

  /** Where the account at an address is kept; null if it is empty or one of the chain itself. */
  @Nullable Cell cell(Pubkey key) {
    return cells.get(key);
  }

  /** Keeps what a transaction changed. */
  void commit(List<Hook.Change> changes, Map<Pubkey, ProgramEntry> changedPrograms) {
    for (Hook.Change change : changes) {
      keep(change);
    }
    changedPrograms.forEach(programs::put);
  }

  private void keep(Hook.Change change) {
    store(change.key(), change.after());
    if (ProgramIds.isLoader(change.before().owner())
        || ProgramIds.isLoader(change.after().owner())) {
      programs.forget(change.key());
    }
  }

  private void store(Pubkey key, Account account) {
    if (account.lamports() == 0) {
      Cell removed = cells.remove(key);
      if (removed != null) {
        removed.account = null;
      }
      return;
    }
    Cell cell = cells.get(key);
    if (cell == null) {
      cells.put(key, new Cell(account));
    } else {
      cell.account = account;
    }
  }

  private Account exempt(byte[] data, boolean executable) {
    return new Account(
        config.rent().minimumBalance(data.length),
        data,
        ProgramIds.LOADER_V3,
        executable,
        Account.EXEMPT_EPOCH);
  }

  private SlotEnvironment environmentAt(long slot) {
    Clock clock = Clock.at(slot, config.genesisTime(), config.epochSchedule());
    Sysvars sysvars =
        new Sysvars(clock, config.rent(), config.epochSchedule(), new SlotHashes(slot), 0);
    return new SlotEnvironment(config, sysvars, builtins, programs, buffers);
  }
}
