package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.sbpf.MemoryMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Serialises an instruction into a program's input region. */
final class InputWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_ACCOUNTS = 255;

  /** Marker, three flags, room for a length, key, owner, lamports, length; rent epoch. */
  private static final int ALIGNED_FIELDS = 88 + 8;

  /** Marker, two flags, key, lamports, length; owner, flag, rent epoch. */
  private static final int UNALIGNED_FIELDS = 51 + 41;

  private final InstructionContext instruction;
  private final InputLayout layout;
  private final AccountPlace[] places;
  private final byte[] bytes;
  private int at;

  private InputWriter(InstructionContext instruction, InputLayout layout, int[] first) {
    this.instruction = instruction;
    this.layout = layout;
    this.places = new AccountPlace[first.length];
    this.bytes =
        instruction.transaction().environment().buffers().take(size(instruction, layout, first));
  }

  /** The input of an instruction; fails if it has more than 255 accounts. */
  static Input write(InstructionContext instruction, InputLayout layout) {
    int count = instruction.accountCount();
    if (count > MAX_ACCOUNTS) {
      throw new InstructionFailure(Kind.MAX_ACCOUNTS_EXCEEDED);
    }
    int[] first = new int[count];
    for (int i = 0; i < count; i++) {
      first[i] = instruction.firstPosition(i);
    }
    return new InputWriter(instruction, layout, first).write(first);
  }

  private static int size(InstructionContext instruction, InputLayout layout, int[] first) {
    int size = 8 + 8 + instruction.data().length + Pubkey.BYTES;
    for (int i = 0; i < first.length; i++) {
      int length = instruction.account(i).data().length;
      size +=
          switch (layout) {
            case UNALIGNED -> first[i] < i ? 1 : UNALIGNED_FIELDS + length;
            case ALIGNED ->
                first[i] < i
                    ? 8
                    : ALIGNED_FIELDS
                        + length
                        + InputLayout.MAX_GROWTH
                        + InputLayout.padding(length);
          };
    }
    return size;
  }

  private Input write(int[] first) {
    u64(first.length);
    for (int i = 0; i < first.length; i++) {
      if (first[i] < i) {
        places[i] = places[first[i]];
        bytes[at] = (byte) first[i];
        at += layout == InputLayout.ALIGNED ? 8 : 1;
      } else {
        places[i] = layout == InputLayout.ALIGNED ? aligned(i) : unaligned(i);
      }
    }
    u64(instruction.data().length);
    long dataAddress = address();
    raw(instruction.data());
    key(instruction.program());
    return new Input(bytes, places, dataAddress);
  }

  private AccountPlace aligned(int index) {
    WorkingAccount account = instruction.account(index);
    u8(InputLayout.FIRST);
    u8(instruction.isSigner(index) ? 1 : 0);
    u8(instruction.isWritable(index) ? 1 : 0);
    u8(account.executable() ? 1 : 0);
    at += Integer.BYTES;
    final long keyAddress = key(account.key());
    final long ownerAddress = key(account.owner());
    final long lamportsAddress = u64(account.lamports());
    int length = account.data().length;
    u64(length);
    final long dataAddress = raw(account.data());
    at += InputLayout.MAX_GROWTH + InputLayout.padding(length);
    u64(Account.EXEMPT_EPOCH);
    return new AccountPlace(keyAddress, ownerAddress, lamportsAddress, dataAddress, length);
  }

  private AccountPlace unaligned(int index) {
    WorkingAccount account = instruction.account(index);
    u8(InputLayout.FIRST);
    u8(instruction.isSigner(index) ? 1 : 0);
    u8(instruction.isWritable(index) ? 1 : 0);
    final long keyAddress = key(account.key());
    final long lamportsAddress = u64(account.lamports());
    int length = account.data().length;
    u64(length);
    final long dataAddress = raw(account.data());
    final long ownerAddress = key(account.owner());
    u8(account.executable() ? 1 : 0);
    u64(Account.EXEMPT_EPOCH);
    return new AccountPlace(keyAddress, ownerAddress, lamportsAddress, dataAddress, length);
  }

  private long address() {
    return MemoryMap.INPUT + at;
  }

  private void u8(int value) {
    bytes[at++] = (byte) value;
  }

  private long u64(long value) {
    long address = address();
    LONG.set(bytes, at, value);
    at += Long.BYTES;
    return address;
  }

  private long key(Pubkey key) {
    long address = address();
    key.write(bytes, at);
    at += Pubkey.BYTES;
    return address;
  }

  private long raw(byte[] data) {
    long address = address();
    System.arraycopy(data, 0, bytes, at, data.length);
    at += data.length;
    return address;
  }
}
