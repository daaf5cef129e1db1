package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Loader;
import java.util.List;

/**
 * A program that makes one system call with the arguments that its instruction data lists.
 *
 * <p>Before the call it copies the data of its second account to the start of the heap. After it,
 * it logs r0 and returns a stretch of memory that the instruction data names.
 */
record Probe(Pubkey id, String syscall, boolean lenient, Loader loader) {
  static final long STACK = 0x2_0000_0000L;
  static final long HEAP = 0x3_0000_0000L;
  static final long INPUT = 0x4_0000_0000L;
  static final int HEAP_BYTES = 32 * 1024;

  /** Data of the first account, which is the program's own and writable. */
  static final int OWN_BYTES = 256;

  private static final int GROWTH = 10_240;

  /** The address of the first account's data. */
  long ownData() {
    return INPUT + 8 + (unaligned() ? 51 : 88);
  }

  /** The address of the second account's data. */
  long heapImage() {
    long record = unaligned() ? 92 + OWN_BYTES : 96 + OWN_BYTES + GROWTH;
    return INPUT + 8 + record + (unaligned() ? 51 : 88);
  }

  private boolean unaligned() {
    return loader == Loader.DEPRECATED;
  }

  byte[] elf() {
    HandElf code =
        new HandElf()
            .put(0xbf, 6, 2, 0, 0)
            .lddw(1, HEAP)
            .lddw(2, heapImage())
            .put(0x79, 3, 6, 56, 0)
            .syscall("sol_memcpy_");
    for (int i = 1; i <= 5; i++) {
      code.put(0x79, i, 6, 8 * (i - 1), 0);
    }
    code.syscall(syscall).put(0xbf, 1, 0, 0, 0);
    for (int i = 2; i <= 5; i++) {
      code.put(0xb7, i, 0, 0, 0);
    }
    code.syscall("sol_log_64_")
        .put(0x79, 1, 6, 40, 0)
        .put(0x79, 2, 6, 48, 0)
        .syscall("sol_set_return_data")
        .put(0xb7, 0, 0, 0, 0)
        .exit();
    return lenient ? code.v0(new byte[0]) : code.v3(new byte[8]);
  }

  /** A call with these arguments, the returned memory and how much of the heap to fill. */
  Instruction call(
      Pubkey own, Pubkey image, long returned, int returnedLength, int filled, long... arguments) {
    ByteWriter data = new ByteWriter();
    for (int i = 0; i < 5; i++) {
      data.u64(i < arguments.length ? arguments[i] : 0);
    }
    data.u64(returned).u64(returnedLength).u64(filled);
    return new Instruction(
        id,
        List.of(AccountMeta.writable(own, false), AccountMeta.readonly(image, false)),
        data.toBytes());
  }

  Account ownAccount() {
    byte[] data = new byte[OWN_BYTES];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 7 + 1);
    }
    return Account.of(100_000_000, data, id);
  }
}
