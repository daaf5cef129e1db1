package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.transaction.InstructionError;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionError.InstructionFailed;

/** A failed transaction in words and as a number. */
final class ErrorText {
  private ErrorText() {}

  /** The words of a validator's log where it has some. */
  static String of(TransactionError error) {
    return error instanceof InstructionFailed failed ? failed.error().text() : error.json();
  }

  /** The program's own error number, or all ones if the error is not the program's. */
  static long number(TransactionError error) {
    return error instanceof InstructionFailed failed
            && failed.error() instanceof InstructionError.Custom custom
        ? Integer.toUnsignedLong(custom.code())
        : -1;
  }
}
