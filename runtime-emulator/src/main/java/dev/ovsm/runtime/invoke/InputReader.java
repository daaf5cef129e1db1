package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.sbpf.MemoryMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Takes a program's changes to its accounts back from its input region, checking every rule. */
final class InputReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private InputReader() {}

  /** Applies the changes in the order of the accounts; fails at the first that is not allowed. */
  static void apply(InstructionContext instruction, InputLayout layout, Input input) {
    for (int i = 0; i < input.places().length; i++) {
      if (instruction.firstPosition(i) == i) {
        apply(instruction, layout, input, i);
      }
    }
  }

  private static void apply(
      InstructionContext instruction, InputLayout layout, Input input, int index) {
    AccountPlace place = input.places()[index];
    byte[] bytes = input.bytes();
    WorkingAccount account = instruction.account(index);
    long lamports = (long) LONG.get(bytes, offset(place.lamports()));
    if (lamports != account.lamports()) {
      instruction.setLamports(index, lamports);
    }
    int data = offset(place.data());
    if (layout == InputLayout.UNALIGNED) {
      instruction.setDataFrom(index, bytes, data, place.length());
      return;
    }
    long length = (long) LONG.get(bytes, data - Long.BYTES);
    if (Long.compareUnsigned(length, place.length() + (long) InputLayout.MAX_GROWTH) > 0
        || length > Account.MAX_DATA) {
      throw new InstructionFailure(Kind.INVALID_REALLOC);
    }
    instruction.setDataFrom(index, bytes, data, (int) length);
    int owner = offset(place.owner());
    if (!account.owner().matches(bytes, owner)) {
      instruction.setOwner(index, Pubkey.read(bytes, owner));
    }
  }

  private static int offset(long address) {
    return (int) (address - MemoryMap.INPUT);
  }
}
