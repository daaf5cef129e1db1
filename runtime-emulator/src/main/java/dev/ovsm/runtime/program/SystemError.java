package dev.ovsm.runtime.program;

import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.transaction.InstructionError;

/** The system program's own errors. */
enum SystemError {
  ACCOUNT_ALREADY_IN_USE(0),
  RESULT_WITH_NEGATIVE_LAMPORTS(1),
  INVALID_ACCOUNT_DATA_LENGTH(3),
  ADDRESS_WITH_SEED_MISMATCH(5),
  NONCE_BLOCKHASH_NOT_EXPIRED(7);

  private final int code;

  SystemError(int code) {
    this.code = code;
  }

  InstructionFailure failure() {
    return new InstructionFailure(new InstructionError.Custom(code));
  }
}
