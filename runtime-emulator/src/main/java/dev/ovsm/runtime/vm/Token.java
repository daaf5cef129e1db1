package dev.ovsm.runtime.vm;

/**
 * What a {@link Step} does, as the constants that the interpreter switches over.
 *
 * <p>An operation with several forms has consecutive numbers: 64-bit immediate, 64-bit register,
 * 32-bit immediate, 32-bit register.
 */
final class Token {
  // arithmetic: four forms of each operation
  static final int ADD64_IMM = 0;
  static final int ADD64_REG = 1;
  static final int ADD32_IMM = 2;
  static final int ADD32_REG = 3;
  static final int SUB64_IMM = 4;
  static final int SUB64_REG = 5;
  static final int SUB32_IMM = 6;
  static final int SUB32_REG = 7;
  static final int MUL64_IMM = 8;
  static final int MUL64_REG = 9;
  static final int MUL32_IMM = 10;
  static final int MUL32_REG = 11;
  static final int DIV64_IMM = 12;
  static final int DIV64_REG = 13;
  static final int DIV32_IMM = 14;
  static final int DIV32_REG = 15;
  static final int MOD64_IMM = 16;
  static final int MOD64_REG = 17;
  static final int MOD32_IMM = 18;
  static final int MOD32_REG = 19;
  static final int OR64_IMM = 20;
  static final int OR64_REG = 21;
  static final int OR32_IMM = 22;
  static final int OR32_REG = 23;
  static final int AND64_IMM = 24;
  static final int AND64_REG = 25;
  static final int AND32_IMM = 26;
  static final int AND32_REG = 27;
  static final int XOR64_IMM = 28;
  static final int XOR64_REG = 29;
  static final int XOR32_IMM = 30;
  static final int XOR32_REG = 31;
  static final int LSH64_IMM = 32;
  static final int LSH64_REG = 33;
  static final int LSH32_IMM = 34;
  static final int LSH32_REG = 35;
  static final int RSH64_IMM = 36;
  static final int RSH64_REG = 37;
  static final int RSH32_IMM = 38;
  static final int RSH32_REG = 39;
  static final int ARSH64_IMM = 40;
  static final int ARSH64_REG = 41;
  static final int ARSH32_IMM = 42;
  static final int ARSH32_REG = 43;
  static final int MOV64_IMM = 44;
  static final int MOV64_REG = 45;
  static final int MOV32_IMM = 46;
  static final int MOV32_REG = 47;
  // conditional jumps: four forms of each comparison
  static final int JEQ64_IMM = 48;
  static final int JEQ64_REG = 49;
  static final int JEQ32_IMM = 50;
  static final int JEQ32_REG = 51;
  static final int JNE64_IMM = 52;
  static final int JNE64_REG = 53;
  static final int JNE32_IMM = 54;
  static final int JNE32_REG = 55;
  static final int JSET64_IMM = 56;
  static final int JSET64_REG = 57;
  static final int JSET32_IMM = 58;
  static final int JSET32_REG = 59;
  static final int JGT64_IMM = 60;
  static final int JGT64_REG = 61;
  static final int JGT32_IMM = 62;
  static final int JGT32_REG = 63;
  static final int JGE64_IMM = 64;
  static final int JGE64_REG = 65;
  static final int JGE32_IMM = 66;
  static final int JGE32_REG = 67;
  static final int JLT64_IMM = 68;
  static final int JLT64_REG = 69;
  static final int JLT32_IMM = 70;
  static final int JLT32_REG = 71;
  static final int JLE64_IMM = 72;
  static final int JLE64_REG = 73;
  static final int JLE32_IMM = 74;
  static final int JLE32_REG = 75;
  static final int JSGT64_IMM = 76;
  static final int JSGT64_REG = 77;
  static final int JSGT32_IMM = 78;
  static final int JSGT32_REG = 79;
  static final int JSGE64_IMM = 80;
  static final int JSGE64_REG = 81;
  static final int JSGE32_IMM = 82;
  static final int JSGE32_REG = 83;
  static final int JSLT64_IMM = 84;
  static final int JSLT64_REG = 85;
  static final int JSLT32_IMM = 86;
  static final int JSLT32_REG = 87;
  static final int JSLE64_IMM = 88;
  static final int JSLE64_REG = 89;
  static final int JSLE32_IMM = 90;
  static final int JSLE32_REG = 91;
  // arithmetic that is rare
  static final int NEG64 = 92;
  static final int ALU_IMM = 93;
  static final int ALU_REG = 94;
  // memory: four widths of each access
  static final int LOAD1 = 95;
  static final int LOAD2 = 96;
  static final int LOAD4 = 97;
  static final int LOAD8 = 98;
  static final int STORE1_IMM = 99;
  static final int STORE2_IMM = 100;
  static final int STORE4_IMM = 101;
  static final int STORE8_IMM = 102;
  static final int STORE1_REG = 103;
  static final int STORE2_REG = 104;
  static final int STORE4_REG = 105;
  static final int STORE8_REG = 106;
  // control
  static final int LDDW = 107;
  static final int JA = 108;
  static final int CALL_FUNCTION = 109;
  static final int CALL_SYSCALL = 110;
  static final int CALLX = 111;
  static final int EXIT = 112;
  // faults
  static final int UNSUPPORTED = 113;
  static final int INVALID = 114;
  static final int OVERRUN = 115;

  private Token() {}
}
