package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.transaction.InstructionError;

/**
 * Ends the running instruction; carries what the transaction reports and what the log says.
 *
 * <p>It is thrown on ordinary paths of hostile programs, so it has no stack trace.
 */
public final class InstructionFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient InstructionError error;

  /** An instruction error, whose own text goes to the log. */
  public InstructionFailure(InstructionError error) {
    this(error, error.text());
  }

  private InstructionFailure(InstructionError error, String text) {
    super(text, null, false, false);
    this.error = error;
  }

  /** A failure of the machine or of a system call, which only the log names. */
  public static InstructionFailure incomplete(String text) {
    return new InstructionFailure(InstructionError.Kind.PROGRAM_FAILED_TO_COMPLETE, text);
  }

  public InstructionError error() {
    return error;
  }

  /** The text after {@code failed: } in the log. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
