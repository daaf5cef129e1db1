package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A program bound to the system calls it can reach, decoded once and for any number of executions.
 *
 * <p>Safe to share between threads; it does not change, except that an engine may attach its
 * translation and count what it executes.
 */
public final class Executable {
  private final Program program;
  private final SyscallTable syscalls;
  private final boolean stackFrameGaps;
  private final Piece image;

  /** A step for each slot, and one behind the last. */
  private final Step[] steps;

  /** Where functions begin; others end there, as far as the interpreter is concerned. */
  private final BitSet functions = new BitSet();

  private final AtomicLong executed = new AtomicLong();
  private volatile @Nullable Object translation;
  private final AtomicReferenceArray<Code> fastCode;
  private volatile @Nullable Code carefulCode;

  /**
   * Decodes a program.
   *
   * @param program best accepted by the validator; if not, it ends in a fault at the latest where
   *     the validator would complain
   */
  public Executable(Program program, SyscallTable syscalls) {
    this(program, syscalls, true);
  }

  /**
   * Decodes a program.
   *
   * @param gaps false if no version has gaps between stack frames any more (SIMD-0460)
   */
  public Executable(Program program, SyscallTable syscalls, boolean gaps) {
    this.program = program;
    this.syscalls = syscalls;
    this.stackFrameGaps = gaps && program.version().stackFrameGaps();
    this.image = new Piece(program.readOnlyAddress(), program.readOnly(), false);
    this.steps = StepDecoder.decode(program, syscalls);
    this.fastCode = new AtomicReferenceArray<>(steps.length);
    for (Step step : steps) {
      if (step.token() == Token.CALL_FUNCTION) {
        functions.set(step.target());
      }
    }
  }

  public Program program() {
    return program;
  }

  public SyscallTable syscalls() {
    return syscalls;
  }

  /** What an engine has made of the program, to find it again; null at first. */
  public @Nullable Object translation() {
    return translation;
  }

  /** Keeps what an engine has made of the program. */
  public void translation(Object made) {
    translation = made;
  }

  /** What the program finds of itself in memory. */
  Piece image() {
    return image;
  }

  /** How many instructions of it were counted as executed. */
  public long executed() {
    return executed.get();
  }

  /** Counts instructions that were executed. */
  public void countExecuted(long instructions) {
    executed.addAndGet(instructions);
  }

  /** Whether a gap as large as a frame follows every stack frame. */
  public boolean stackFrameGaps() {
    return stackFrameGaps;
  }

  /** How far a call moves r10, in bytes. */
  public int frameStride() {
    if (program.version().manualStackFrameBump()) {
      return 0;
    }
    return stackFrameGaps ? 2 * MemoryMap.FRAME_BYTES : MemoryMap.FRAME_BYTES;
  }

  /** The system call that the instruction at a slot calls; null if it calls none. */
  public @Nullable SyscallHandler syscallAt(int pc) {
    return steps[pc].handler();
  }

  /** The hash of the name of the system call that the instruction at a slot calls. */
  public int syscallKeyAt(int pc) {
    return (int) steps[pc].value();
  }

  /** The slot of the function that a {@code call} at a slot calls; -1 if it calls none. */
  public int functionAt(int pc) {
    return steps[pc].token() == Token.CALL_FUNCTION ? steps[pc].target() : -1;
  }

  /** The register with the address that the {@code callx} at a slot calls. */
  public int calledRegisterAt(int pc) {
    return steps[pc].src();
  }

  /** What the interpreter runs through from a slot; made when it gets there first. */
  Code fastCode(int slot) {
    Code code = fastCode.get(slot);
    if (code == null) {
      int from = Math.max(0, functions.previousSetBit(slot));
      int next = functions.nextSetBit(slot + 1);
      code = fastCode.get(from);
      if (code == null) {
        code = Fusion.fuse(steps, from, next < 0 ? steps.length : next);
        fastCode.set(from, code);
      }
      fastCode.set(slot, code);
    }
    return code;
  }

  /** What the interpreter runs through where it takes one instruction at a time. */
  Code carefulCode() {
    Code code = carefulCode;
    if (code == null) {
      code = Code.careful(steps);
      carefulCode = code;
    }
    return code;
  }
}
