package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.transaction.InstructionError;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.SyscallError;

/** The errors with which Solana's system calls end a program. */
public sealed interface SyscallFailure extends SyscallError {
  /** An error that the transaction reports as it is. */
  record Reported(InstructionError error) implements SyscallFailure {
    @Override
    public String text() {
      return error.text();
    }
  }

  /** An error that only the log names; the program counts as incomplete. */
  record Logged(String text) implements SyscallFailure {}

  /** A fault in which the transaction reports an instruction error. */
  static Fault fault(InstructionError error) {
    return Fault.of(new Reported(error));
  }

  /** A fault that only the log names. */
  static Fault fault(String text) {
    return Fault.of(new Logged(text));
  }

  /** How an instruction fails whose program ended with this error. */
  static InstructionFailure failure(SyscallError error) {
    if (error instanceof Reported reported) {
      return new InstructionFailure(reported.error);
    }
    return error == SyscallError.BUDGET_EXCEEDED
        ? new InstructionFailure(InstructionError.Kind.COMPUTATIONAL_BUDGET_EXCEEDED)
        : InstructionFailure.incomplete(error.text());
  }
}
