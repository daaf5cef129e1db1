package dev.ovsm.runtime.autonomous;

import dev.ovsm.sbpf.MemoryMap;

/** Where things stand in the input of an instruction of different accounts. */
final class Layout {
  private static final int RECORD_BYTES = 88;
  private static final int GROWTH = 10_240;

  private Layout() {}

  /** The address of the data of an account. */
  static long accountData(int index, long... accountBytes) {
    long at = MemoryMap.INPUT + 8;
    for (int i = 0; i < index; i++) {
      at += record(accountBytes[i]);
    }
    return at + RECORD_BYTES;
  }

  /** The address of the instruction data. */
  static long instructionData(long... accountBytes) {
    long at = MemoryMap.INPUT + 8;
    for (long length : accountBytes) {
      at += record(length);
    }
    return at + 8;
  }

  private static long record(long length) {
    return RECORD_BYTES + length + GROWTH + (-length & 7) + 8;
  }
}
