package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.Program;

/**
 * A program bound to the system calls it can reach, decoded once and for any number of executions.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Executable {
  private final Program program;
  private final SyscallTable syscalls;
  private final Step[] steps;

  /**
   * Decodes a program.
   *
   * @param program best accepted by the validator; if not, it ends in a fault at the latest where
   *     the validator would complain
   */
  public Executable(Program program, SyscallTable syscalls) {
    this.program = program;
    this.syscalls = syscalls;
    this.steps = StepDecoder.decode(program, syscalls);
  }

  public Program program() {
    return program;
  }

  public SyscallTable syscalls() {
    return syscalls;
  }

  /** One step a slot, and one more behind the last slot. */
  Step[] steps() {
    return steps;
  }
}
