package dev.ovsm.runtime.invoke;

/** The two forms in which loaders hand an instruction to a program. */
enum InputLayout {
  /** Loader v1: fields follow each other without padding and accounts cannot grow. */
  UNALIGNED,
  /** Loaders v2 and v3: fields are aligned and each account has room to grow. */
  ALIGNED;

  /** How much an account may grow in one instruction, in bytes. */
  static final int MAX_GROWTH = 10_240;

  /** The marker of an account that is not a repetition of an earlier one. */
  static final int FIRST = 0xff;

  private static final int ALIGNMENT = 8;

  /** Padding after data of some length and its room to grow. */
  static int padding(int length) {
    return -length & (ALIGNMENT - 1);
  }
}
