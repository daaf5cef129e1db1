package dev.ovsm.runtime.vm;

/**
 * Why a system call ends the program: an error of the runtime and not of the machine.
 *
 * <p>The machine carries it in a {@link Fault} and gives it no meaning.
 */
public interface SyscallError {
  /** A system call asked for more compute units than are left; the meter is then at 0. */
  SyscallError BUDGET_EXCEEDED = () -> "Computational budget exceeded";

  /** The error in the words of the real machine. */
  String text();
}
