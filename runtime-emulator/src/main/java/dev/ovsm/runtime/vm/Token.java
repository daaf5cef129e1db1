package dev.ovsm.runtime.vm;

/** What a {@link Step} does, as the constants that the interpreter switches over. */
final class Token {
  // arithmetic
  static final int ADD = 0;
  static final int SUB = 1;
  static final int MUL = 2;
  static final int OR = 3;
  static final int AND = 4;
  static final int XOR = 5;
  static final int LSH = 6;
  static final int RSH = 7;
  // rare arithmetic; the 32-bit form of an operation follows the 64-bit one
  static final int ARSH64 = 8;
  static final int ARSH32 = 9;
  static final int DIV64 = 10;
  static final int DIV32 = 11;
  static final int MOD64 = 12;
  static final int MOD32 = 13;
  // 32-bit arithmetic that does not sign-extend, as newer versions want it
  static final int ADD32 = 14;
  static final int SUB32 = 15;
  static final int MUL32 = 16;
  // memory: the widths in their order
  static final int LOAD1 = 17;
  static final int LOAD2 = 18;
  static final int LOAD4 = 19;
  static final int LOAD8 = 20;
  static final int STORE1 = 21;
  static final int STORE2 = 22;
  static final int STORE4 = 23;
  static final int STORE8 = 24;
  // comparisons; the others are these, the other way round
  static final int EQ = 25;
  static final int SET = 26;
  static final int GT = 27;
  static final int GE = 28;
  static final int SGT = 29;
  static final int SGE = 30;
  // control
  static final int JA = 31;
  static final int CALL_FUNCTION = 32;
  static final int CALL_SYSCALL = 33;
  static final int CALLX = 34;
  static final int EXIT = 35;

  /** Arithmetic so rare that the loop comes back for it. */
  static final int ALU = 36;

  // only in fast code: a way out of it
  static final int GO = 37;
  // only in careful code
  static final int METER = 38;
  static final int LDDW = 39;
  // faults
  static final int UNSUPPORTED = 40;
  static final int INVALID = 41;
  static final int OVERRUN = 42;

  private Token() {}
}
