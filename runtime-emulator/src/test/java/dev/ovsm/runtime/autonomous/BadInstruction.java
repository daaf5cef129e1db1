package dev.ovsm.runtime.autonomous;

import java.util.Arrays;

/** Bytes that are no bincode of an instruction that a program may register. */
enum BadInstruction {
  EMPTY,
  TOO_SHORT,
  TRAILING_BYTE,
  TOO_MANY_ACCOUNTS,
  UNBOUNDED_ACCOUNTS,
  UNBOUNDED_DATA,
  MORE_DATA_THAN_THERE_IS,
  SIGNER,
  FLAG_OF_TWO,
  WRITABLE_FLAG_OF_TWO;

  private static final int COUNT = 32;
  private static final int META = COUNT + 8;
  private static final int SIGNER_FLAG = META + 32;
  private static final int LENGTH = META + 34;

  /** A good instruction of one account with data that selects an entry. */
  static byte[] calling(long discriminator) {
    return instruction(1, discriminator);
  }

  private static byte[] instruction(int accounts, long discriminator) {
    LittleEndian out = new LittleEndian(32 + 8 + 34 * accounts + 8 + 8);
    out.raw(Stage.PUPPET.bytes()).u64(accounts);
    for (int i = 0; i < accounts; i++) {
      out.raw(Stage.map(Stage.OTHER).bytes()).u8(0).u8(1);
    }
    return out.u64(8).u64(discriminator).bytes();
  }

  byte[] bytes() {
    byte[] good = calling(0);
    switch (this) {
      case EMPTY -> {
        return new byte[0];
      }
      case TOO_SHORT -> {
        return Arrays.copyOf(good, 47);
      }
      case TRAILING_BYTE -> {
        return Arrays.copyOf(good, good.length + 1);
      }
      case TOO_MANY_ACCOUNTS -> {
        return instruction(65, 0);
      }
      case UNBOUNDED_ACCOUNTS -> LittleEndian.put64(good, COUNT, 1L << 63);
      case UNBOUNDED_DATA -> LittleEndian.put64(good, LENGTH, -1);
      case MORE_DATA_THAN_THERE_IS -> LittleEndian.put64(good, LENGTH, 9);
      case SIGNER -> good[SIGNER_FLAG] = 1;
      case FLAG_OF_TWO -> good[SIGNER_FLAG] = 2;
      case WRITABLE_FLAG_OF_TWO -> good[SIGNER_FLAG + 1] = 2;
    }
    return good;
  }
}
