package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;

/**
 * A program bound to the system calls it can reach, decoded once and for any number of executions.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Executable {
  private final Program program;
  private final SyscallTable syscalls;
  private final boolean stackFrameGaps;
  private final Step[] steps;

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
    this.steps = StepDecoder.decode(program, syscalls);
  }

  public Program program() {
    return program;
  }

  public SyscallTable syscalls() {
    return syscalls;
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

  /** One step a slot, and one more behind the last slot. */
  Step[] steps() {
    return steps;
  }
}
