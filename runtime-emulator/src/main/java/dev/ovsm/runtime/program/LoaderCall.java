package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Environment;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import org.jspecify.annotations.Nullable;

/** An instruction of the upgradeable loader, with the checks that several of them share. */
record LoaderCall(InstructionContext instruction) {
  TransactionContext transaction() {
    return instruction.transaction();
  }

  Environment environment() {
    return transaction().environment();
  }

  long slot() {
    return environment().sysvars().clock().slot();
  }

  void log(String line) {
    transaction().log().add(line);
  }

  InstructionFailure refuse(String line, Kind kind) {
    log(line);
    return new InstructionFailure(kind);
  }

  LoaderState state(int index) {
    return LoaderState.read(instruction.account(index).data())
        .orElseThrow(() -> new InstructionFailure(Kind.INVALID_ACCOUNT_DATA));
  }

  void state(int index, LoaderState state) {
    instruction.requireDataChange(index);
    byte[] bytes = state.bytes();
    byte[] data = instruction.account(index).data().clone();
    if (bytes.length > data.length) {
      throw new InstructionFailure(Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    System.arraycopy(bytes, 0, data, 0, bytes.length);
    instruction.setData(index, data);
  }

  void requireSysvar(int index, Pubkey id) {
    if (!instruction.key(index).equals(id)) {
      throw new InstructionFailure(Kind.INVALID_ARGUMENT);
    }
  }

  /** Requires the authority of a buffer to be this account, and to have signed. */
  void requireBufferAuthority(@Nullable Pubkey authority, int index) {
    if (authority == null) {
      throw refuse("Buffer is immutable", Kind.IMMUTABLE);
    }
    if (!authority.equals(instruction.key(index))) {
      throw refuse("Incorrect buffer authority provided", Kind.INCORRECT_AUTHORITY);
    }
    requireSignature(index, "Buffer authority did not sign");
  }

  /** Requires the authority of a program to be this account, and to have signed. */
  void requireUpgradeAuthority(@Nullable Pubkey authority, int index) {
    if (authority == null) {
      throw refuse("Program not upgradeable", Kind.IMMUTABLE);
    }
    if (!authority.equals(instruction.key(index))) {
      throw refuse("Incorrect upgrade authority provided", Kind.INCORRECT_AUTHORITY);
    }
    requireSignature(index, "Upgrade authority did not sign");
  }

  void requireSignature(int index, String complaint) {
    if (!instruction.isSigner(index)) {
      throw refuse(complaint, Kind.MISSING_REQUIRED_SIGNATURE);
    }
  }
}
