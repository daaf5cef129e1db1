package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running transaction: its accounts, its frames, what it has left to spend and what it said.
 *
 * <p>Nothing outside it changes until the bank commits; so dropping it is the rollback.
 */
public final class TransactionContext {
  /** The most instructions a transaction may execute, calls between programs included. */
  static final int MAX_TRACE = 64;

  private static final long MAX_GROWTH = 2L * Account.MAX_DATA;
  private static final byte[] NO_DATA = {};

  private final Environment environment;
  private final LogCollector log;
  private final WorkingAccount[] accounts;
  private final int heapBytes;
  private final @Nullable Object cause;
  private final List<InstructionContext> trace = new ArrayList<>(1);
  private @Nullable InstructionContext current;
  private long remaining;
  private long growth;
  private long imbalanceLow;
  private long imbalanceHigh;
  private Pubkey returnProgram;
  private byte[] returnData = NO_DATA;
  private Map<Pubkey, ProgramEntry> programs = Map.of();
  private @Nullable Object hookState;

  /**
   * A transaction about to run.
   *
   * @param keys and {@code before}: its accounts, each once
   * @param budget compute units
   * @param heapBytes size of a program's heap
   * @param cause what its sender wants the hook to know about it, or null
   */
  public TransactionContext(
      Environment environment,
      Pubkey[] keys,
      Account[] before,
      long budget,
      int heapBytes,
      LogCollector log,
      @Nullable Object cause) {
    this.environment = environment;
    this.log = log;
    this.heapBytes = heapBytes;
    this.cause = cause;
    this.remaining = budget;
    this.accounts = new WorkingAccount[keys.length];
    for (int i = 0; i < keys.length; i++) {
      accounts[i] = new WorkingAccount(keys[i], before[i]);
    }
    this.returnProgram = ProgramIds.SYSTEM;
  }

  public Environment environment() {
    return environment;
  }

  public LogCollector log() {
    return log;
  }

  public int heapBytes() {
    return heapBytes;
  }

  public int accountCount() {
    return accounts.length;
  }

  public WorkingAccount account(int index) {
    return accounts[index];
  }

  /** The index of a key among the accounts, or -1. */
  public int indexOf(Pubkey key) {
    for (int i = 0; i < accounts.length; i++) {
      if (accounts[i].key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** Compute units left. */
  public long remaining() {
    return remaining;
  }

  public void remaining(long units) {
    remaining = units;
  }

  /** Takes compute units; with too few left takes all there are and fails. */
  public void consume(long units) {
    boolean exceeded = Long.compareUnsigned(remaining, units) < 0;
    remaining = exceeded ? 0 : remaining - units;
    if (exceeded) {
      throw new InstructionFailure(Kind.COMPUTATIONAL_BUDGET_EXCEEDED);
    }
  }

  /** The frame that runs now, or null between top-level instructions. */
  public @Nullable InstructionContext current() {
    return current;
  }

  /**
   * The frame that ended before the current one at a height, under the same caller; index 0 is the
   * nearest.
   *
   * @param index unsigned
   */
  public Optional<InstructionContext> sibling(int height, long index) {
    // the frame that asks is itself the last one at its height
    long passed = -2;
    for (int i = trace.size() - 1; i >= 0 && trace.get(i).height() >= height; i--) {
      if (trace.get(i).height() == height && ++passed == index && index >= 0) {
        return Optional.of(trace.get(i));
      }
    }
    return Optional.empty();
  }

  /** Tells the instructions sysvar, if the transaction has it, which instruction runs next. */
  public void beginTopLevel(int index) {
    int sysvar = indexOf(SysvarIds.INSTRUCTIONS);
    if (sysvar >= 0) {
      byte[] data = accounts[sysvar].data().clone();
      data[data.length - 2] = (byte) index;
      data[data.length - 1] = (byte) (index >>> 8);
      accounts[sysvar].data(data);
    }
  }

  public Pubkey returnProgram() {
    return returnProgram;
  }

  /** The data that the last program that set any returned; not to be written to. */
  public byte[] returnData() {
    return returnData;
  }

  public void returnData(Pubkey program, byte[] data) {
    returnProgram = program;
    returnData = data;
  }

  void clearReturnData(Pubkey program) {
    returnData(program, NO_DATA);
  }

  /** The program at an address as this transaction has it by now, or null if there is none. */
  @Nullable ProgramEntry program(Pubkey id) {
    ProgramEntry changed = programs.isEmpty() ? null : programs.get(id);
    return changed == null ? environment.program(id) : changed;
  }

  /** Replaces a program; others see it when the transaction commits. */
  public void program(Pubkey id, ProgramEntry entry) {
    if (programs.isEmpty()) {
      programs = new LinkedHashMap<>();
    }
    programs.put(id, entry);
  }

  /** The programs that this transaction replaced, in order. */
  public Map<Pubkey, ProgramEntry> changedPrograms() {
    return programs;
  }

  /** What its sender wants the hook to know about this transaction; null if a user sent it. */
  public @Nullable Object cause() {
    return cause;
  }

  /** What the hook keeps for this transaction. */
  public @Nullable Object hookState() {
    return hookState;
  }

  public void hookState(@Nullable Object state) {
    hookState = state;
  }

  /** Begins a frame; may fail before it has begun. */
  void push(InstructionContext frame) {
    if (current != null && !isBalanced()) {
      throw new InstructionFailure(Kind.UNBALANCED_INSTRUCTION);
    }
    if (trace.size() >= MAX_TRACE) {
      throw new InstructionFailure(Kind.MAX_INSTRUCTION_TRACE_LENGTH_EXCEEDED);
    }
    trace.add(frame);
    if (frame.height() > environment.features().maxInvocationDepth()) {
      throw new InstructionFailure(Kind.CALL_DEPTH);
    }
    current = frame;
  }

  /** Ends the current frame; fails if it created or destroyed lamports. */
  void pop() {
    if (current != null) {
      current = current.parent();
    }
    if (!isBalanced()) {
      throw new InstructionFailure(Kind.UNBALANCED_INSTRUCTION);
    }
  }

  /** Fails unless an account may grow or shrink from one length to another. */
  void checkResize(int from, int to) {
    if (to > Account.MAX_DATA) {
      throw new InstructionFailure(Kind.INVALID_REALLOC);
    }
    if (growth + to - from > MAX_GROWTH) {
      throw new InstructionFailure(Kind.MAX_ACCOUNTS_DATA_ALLOCATIONS_EXCEEDED);
    }
  }

  void resized(int from, int to) {
    growth += to - from;
  }

  /** Records that one balance went from one unsigned amount to another. */
  void moved(long from, long to) {
    long low = imbalanceLow + to;
    imbalanceHigh += Long.compareUnsigned(low, to) < 0 ? 1 : 0;
    imbalanceHigh -= Long.compareUnsigned(low, from) < 0 ? 1 : 0;
    imbalanceLow = low - from;
  }

  private boolean isBalanced() {
    return imbalanceLow == 0 && imbalanceHigh == 0;
  }
}
