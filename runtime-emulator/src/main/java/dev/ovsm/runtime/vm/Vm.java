package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import org.jspecify.annotations.Nullable;

/** The machine of one invocation: a program, its memory, registers and compute-unit meter. */
public final class Vm {
  /** How many registers code can name: r0..r10, and what only unvalidated code does. */
  static final int REGISTERS = 16;

  private final Executable executable;
  private final Memory memory;
  private final long budget;
  private final Object context;

  /** All of them, and one that is always zero. */
  private final long[] registers = new long[REGISTERS + 1];

  private long remaining;
  private long consumed;
  private long heapTop;
  private @Nullable Observer observer;

  /**
   * Prepares an invocation; r1 points to the input and r10 to the first frame.
   *
   * @param budget compute units, at least 0
   * @param context what the system calls of this invocation work on
   */
  public Vm(Executable executable, Memory memory, long budget, Object context) {
    if (budget < 0) {
      throw new IllegalArgumentException("a negative budget");
    }
    this.executable = executable;
    this.memory = memory;
    this.budget = budget;
    this.remaining = budget;
    this.context = context;
    registers[1] = MemoryMap.INPUT;
    registers[10] = MemoryMap.initialFramePointer(program().version());
  }

  /** Lets somebody see every instruction that the interpreter executes. */
  public void observe(Observer watching) {
    observer = watching;
  }

  /** Who sees every instruction; null if nobody does. */
  @Nullable Observer observer() {
    return observer;
  }

  public Executable executable() {
    return executable;
  }

  public Program program() {
    return executable.program();
  }

  public Memory memory() {
    return memory;
  }

  /** The object that the system calls of this invocation work on. */
  public <T> T context(Class<T> type) {
    return type.cast(context);
  }

  /**
   * Registers r0..r10: the initial values before an execution, the final ones after it. During an
   * execution an engine may keep them elsewhere.
   */
  public long[] registers() {
    return registers;
  }

  /** The compute units that an execution begins with. */
  public long budget() {
    return budget;
  }

  /** Compute units left; exact in a system call and after an execution. */
  public long remaining() {
    return remaining;
  }

  /** Sets what is left after instructions were executed; for engines. */
  public void remaining(long units) {
    remaining = units;
  }

  /**
   * Charges a system call's cost.
   *
   * @param units at least 0
   * @throws Fault with {@link SyscallError#BUDGET_EXCEEDED} if fewer are left, and leaves none
   */
  public void consume(long units) {
    if (units > remaining) {
      consumed += remaining;
      remaining = 0;
      throw Fault.of(SyscallError.BUDGET_EXCEEDED);
    }
    consumed += units;
    remaining -= units;
  }

  /** Instructions begun so far: the units spent, without those of system calls. */
  public long instructions() {
    return budget - remaining - consumed;
  }

  /** How many bytes of the heap the program's allocator has given away. */
  public long heapTop() {
    return heapTop;
  }

  public void heapTop(long bytes) {
    heapTop = bytes;
  }

  /** The outcome of an execution that returned. */
  public Outcome returned(long r0) {
    return new Outcome(r0, null, instructions(), remaining);
  }

  /** The outcome of an execution that faulted. */
  public Outcome faulted(Fault fault) {
    return new Outcome(0, fault, instructions(), remaining);
  }
}
