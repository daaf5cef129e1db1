package dev.ovsm.sbpf;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every instruction of every version: its encoding, meaning, shape, and the versions that have it.
 *
 * <p>In each version a code byte belongs to at most one constant.
 */
public enum Opcode {
  ADD32_IMM(0x04, Operation.ADD, Family.ALU32, In.ALL),
  ADD32_REG(0x0c, Operation.ADD, Family.ALU32, In.ALL),
  ADD64_IMM(0x07, Operation.ADD, Family.ALU64, In.ALL),
  ADD64_REG(0x0f, Operation.ADD, Family.ALU64, In.ALL),
  SUB32_IMM(0x14, Operation.SUB, Family.ALU32, In.ALL),
  SUB32_REG(0x1c, Operation.SUB, Family.ALU32, In.ALL),
  SUB64_IMM(0x17, Operation.SUB, Family.ALU64, In.ALL),
  SUB64_REG(0x1f, Operation.SUB, Family.ALU64, In.ALL),
  MUL32_IMM(0x24, Operation.MUL, Family.ALU32, In.ALL_BUT_V2),
  MUL32_REG(0x2c, Operation.MUL, Family.ALU32, In.ALL_BUT_V2),
  MUL64_IMM(0x27, Operation.MUL, Family.ALU64, In.ALL_BUT_V2),
  MUL64_REG(0x2f, Operation.MUL, Family.ALU64, In.ALL_BUT_V2),
  DIV32_IMM(0x34, Operation.DIV, Family.ALU32, In.ALL_BUT_V2),
  DIV32_REG(0x3c, Operation.DIV, Family.ALU32, In.ALL_BUT_V2),
  DIV64_IMM(0x37, Operation.DIV, Family.ALU64, In.ALL_BUT_V2),
  DIV64_REG(0x3f, Operation.DIV, Family.ALU64, In.ALL_BUT_V2),
  OR32_IMM(0x44, Operation.OR, Family.ALU32, In.ALL),
  OR32_REG(0x4c, Operation.OR, Family.ALU32, In.ALL),
  OR64_IMM(0x47, Operation.OR, Family.ALU64, In.ALL),
  OR64_REG(0x4f, Operation.OR, Family.ALU64, In.ALL),
  AND32_IMM(0x54, Operation.AND, Family.ALU32, In.ALL),
  AND32_REG(0x5c, Operation.AND, Family.ALU32, In.ALL),
  AND64_IMM(0x57, Operation.AND, Family.ALU64, In.ALL),
  AND64_REG(0x5f, Operation.AND, Family.ALU64, In.ALL),
  LSH32_IMM(0x64, Operation.LSH, Family.ALU32, In.ALL),
  LSH32_REG(0x6c, Operation.LSH, Family.ALU32, In.ALL),
  LSH64_IMM(0x67, Operation.LSH, Family.ALU64, In.ALL),
  LSH64_REG(0x6f, Operation.LSH, Family.ALU64, In.ALL),
  RSH32_IMM(0x74, Operation.RSH, Family.ALU32, In.ALL),
  RSH32_REG(0x7c, Operation.RSH, Family.ALU32, In.ALL),
  RSH64_IMM(0x77, Operation.RSH, Family.ALU64, In.ALL),
  RSH64_REG(0x7f, Operation.RSH, Family.ALU64, In.ALL),
  MOD32_IMM(0x94, Operation.MOD, Family.ALU32, In.ALL_BUT_V2),
  MOD32_REG(0x9c, Operation.MOD, Family.ALU32, In.ALL_BUT_V2),
  MOD64_IMM(0x97, Operation.MOD, Family.ALU64, In.ALL_BUT_V2),
  MOD64_REG(0x9f, Operation.MOD, Family.ALU64, In.ALL_BUT_V2),
  XOR32_IMM(0xa4, Operation.XOR, Family.ALU32, In.ALL),
  XOR32_REG(0xac, Operation.XOR, Family.ALU32, In.ALL),
  XOR64_IMM(0xa7, Operation.XOR, Family.ALU64, In.ALL),
  XOR64_REG(0xaf, Operation.XOR, Family.ALU64, In.ALL),
  MOV32_IMM(0xb4, Operation.MOV, Family.ALU32, In.ALL),
  MOV32_REG(0xbc, Operation.MOV, Family.ALU32, In.ALL),
  MOV64_IMM(0xb7, Operation.MOV, Family.ALU64, In.ALL),
  MOV64_REG(0xbf, Operation.MOV, Family.ALU64, In.ALL),
  ARSH32_IMM(0xc4, Operation.ARSH, Family.ALU32, In.ALL),
  ARSH32_REG(0xcc, Operation.ARSH, Family.ALU32, In.ALL),
  ARSH64_IMM(0xc7, Operation.ARSH, Family.ALU64, In.ALL),
  ARSH64_REG(0xcf, Operation.ARSH, Family.ALU64, In.ALL),
  NEG32(0x84, Operation.NEG, Family.NEG, In.ALL_BUT_V2),
  NEG64(0x87, Operation.NEG, Family.NEG, In.ALL_BUT_V2),
  LE(0xd4, Operation.LE, Family.ENDIAN, In.ALL_BUT_V2),
  BE(0xdc, Operation.BE, Family.ENDIAN, In.ALL),
  HOR64(0xf7, Operation.HOR, Family.ALU64, In.V2_ONLY),
  LMUL32_IMM(0x86, Operation.LMUL, Family.ALU32, In.V2_ONLY),
  LMUL32_REG(0x8e, Operation.LMUL, Family.ALU32, In.V2_ONLY),
  LMUL64_IMM(0x96, Operation.LMUL, Family.ALU64, In.V2_ONLY),
  LMUL64_REG(0x9e, Operation.LMUL, Family.ALU64, In.V2_ONLY),
  UHMUL64_IMM(0x36, Operation.UHMUL, Family.ALU64, In.V2_ONLY),
  UHMUL64_REG(0x3e, Operation.UHMUL, Family.ALU64, In.V2_ONLY),
  SHMUL64_IMM(0xb6, Operation.SHMUL, Family.ALU64, In.V2_ONLY),
  SHMUL64_REG(0xbe, Operation.SHMUL, Family.ALU64, In.V2_ONLY),
  UDIV32_IMM(0x46, Operation.UDIV, Family.ALU32, In.V2_ONLY),
  UDIV32_REG(0x4e, Operation.UDIV, Family.ALU32, In.V2_ONLY),
  UDIV64_IMM(0x56, Operation.UDIV, Family.ALU64, In.V2_ONLY),
  UDIV64_REG(0x5e, Operation.UDIV, Family.ALU64, In.V2_ONLY),
  UREM32_IMM(0x66, Operation.UREM, Family.ALU32, In.V2_ONLY),
  UREM32_REG(0x6e, Operation.UREM, Family.ALU32, In.V2_ONLY),
  UREM64_IMM(0x76, Operation.UREM, Family.ALU64, In.V2_ONLY),
  UREM64_REG(0x7e, Operation.UREM, Family.ALU64, In.V2_ONLY),
  SDIV32_IMM(0xc6, Operation.SDIV, Family.ALU32, In.V2_ONLY),
  SDIV32_REG(0xce, Operation.SDIV, Family.ALU32, In.V2_ONLY),
  SDIV64_IMM(0xd6, Operation.SDIV, Family.ALU64, In.V2_ONLY),
  SDIV64_REG(0xde, Operation.SDIV, Family.ALU64, In.V2_ONLY),
  SREM32_IMM(0xe6, Operation.SREM, Family.ALU32, In.V2_ONLY),
  SREM32_REG(0xee, Operation.SREM, Family.ALU32, In.V2_ONLY),
  SREM64_IMM(0xf6, Operation.SREM, Family.ALU64, In.V2_ONLY),
  SREM64_REG(0xfe, Operation.SREM, Family.ALU64, In.V2_ONLY),
  LDDW(0x18, Operation.LDDW, Family.LDDW, In.ALL_BUT_V2),
  LDXB(0x71, Operation.LDX, Family.LOAD, In.ALL, 1, 0x2c),
  LDXH(0x69, Operation.LDX, Family.LOAD, In.ALL, 2, 0x3c),
  LDXW(0x61, Operation.LDX, Family.LOAD, In.ALL, 4, 0x8c),
  LDXDW(0x79, Operation.LDX, Family.LOAD, In.ALL, 8, 0x9c),
  STB(0x72, Operation.ST, Family.STORE_IMM, In.ALL, 1, 0x27),
  STH(0x6a, Operation.ST, Family.STORE_IMM, In.ALL, 2, 0x37),
  STW(0x62, Operation.ST, Family.STORE_IMM, In.ALL, 4, 0x87),
  STDW(0x7a, Operation.ST, Family.STORE_IMM, In.ALL, 8, 0x97),
  STXB(0x73, Operation.STX, Family.STORE_REG, In.ALL, 1, 0x2f),
  STXH(0x6b, Operation.STX, Family.STORE_REG, In.ALL, 2, 0x3f),
  STXW(0x63, Operation.STX, Family.STORE_REG, In.ALL, 4, 0x8f),
  STXDW(0x7b, Operation.STX, Family.STORE_REG, In.ALL, 8, 0x9f),
  JA(0x05, Operation.JA, Family.JUMP, In.ALL),
  JEQ64_IMM(0x15, Operation.JEQ, Family.JUMP64, In.ALL),
  JEQ64_REG(0x1d, Operation.JEQ, Family.JUMP64, In.ALL),
  JGT64_IMM(0x25, Operation.JGT, Family.JUMP64, In.ALL),
  JGT64_REG(0x2d, Operation.JGT, Family.JUMP64, In.ALL),
  JGE64_IMM(0x35, Operation.JGE, Family.JUMP64, In.ALL),
  JGE64_REG(0x3d, Operation.JGE, Family.JUMP64, In.ALL),
  JSET64_IMM(0x45, Operation.JSET, Family.JUMP64, In.ALL),
  JSET64_REG(0x4d, Operation.JSET, Family.JUMP64, In.ALL),
  JNE64_IMM(0x55, Operation.JNE, Family.JUMP64, In.ALL),
  JNE64_REG(0x5d, Operation.JNE, Family.JUMP64, In.ALL),
  JSGT64_IMM(0x65, Operation.JSGT, Family.JUMP64, In.ALL),
  JSGT64_REG(0x6d, Operation.JSGT, Family.JUMP64, In.ALL),
  JSGE64_IMM(0x75, Operation.JSGE, Family.JUMP64, In.ALL),
  JSGE64_REG(0x7d, Operation.JSGE, Family.JUMP64, In.ALL),
  JLT64_IMM(0xa5, Operation.JLT, Family.JUMP64, In.ALL),
  JLT64_REG(0xad, Operation.JLT, Family.JUMP64, In.ALL),
  JLE64_IMM(0xb5, Operation.JLE, Family.JUMP64, In.ALL),
  JLE64_REG(0xbd, Operation.JLE, Family.JUMP64, In.ALL),
  JSLT64_IMM(0xc5, Operation.JSLT, Family.JUMP64, In.ALL),
  JSLT64_REG(0xcd, Operation.JSLT, Family.JUMP64, In.ALL),
  JSLE64_IMM(0xd5, Operation.JSLE, Family.JUMP64, In.ALL),
  JSLE64_REG(0xdd, Operation.JSLE, Family.JUMP64, In.ALL),
  JEQ32_IMM(0x16, Operation.JEQ, Family.JUMP32, In.SINCE_V3),
  JEQ32_REG(0x1e, Operation.JEQ, Family.JUMP32, In.SINCE_V3),
  JGT32_IMM(0x26, Operation.JGT, Family.JUMP32, In.SINCE_V3),
  JGT32_REG(0x2e, Operation.JGT, Family.JUMP32, In.SINCE_V3),
  JGE32_IMM(0x36, Operation.JGE, Family.JUMP32, In.SINCE_V3),
  JGE32_REG(0x3e, Operation.JGE, Family.JUMP32, In.SINCE_V3),
  JSET32_IMM(0x46, Operation.JSET, Family.JUMP32, In.SINCE_V3),
  JSET32_REG(0x4e, Operation.JSET, Family.JUMP32, In.SINCE_V3),
  JNE32_IMM(0x56, Operation.JNE, Family.JUMP32, In.SINCE_V3),
  JNE32_REG(0x5e, Operation.JNE, Family.JUMP32, In.SINCE_V3),
  JSGT32_IMM(0x66, Operation.JSGT, Family.JUMP32, In.SINCE_V3),
  JSGT32_REG(0x6e, Operation.JSGT, Family.JUMP32, In.SINCE_V3),
  JSGE32_IMM(0x76, Operation.JSGE, Family.JUMP32, In.SINCE_V3),
  JSGE32_REG(0x7e, Operation.JSGE, Family.JUMP32, In.SINCE_V3),
  JLT32_IMM(0xa6, Operation.JLT, Family.JUMP32, In.SINCE_V3),
  JLT32_REG(0xae, Operation.JLT, Family.JUMP32, In.SINCE_V3),
  JLE32_IMM(0xb6, Operation.JLE, Family.JUMP32, In.SINCE_V3),
  JLE32_REG(0xbe, Operation.JLE, Family.JUMP32, In.SINCE_V3),
  JSLT32_IMM(0xc6, Operation.JSLT, Family.JUMP32, In.SINCE_V3),
  JSLT32_REG(0xce, Operation.JSLT, Family.JUMP32, In.SINCE_V3),
  JSLE32_IMM(0xd6, Operation.JSLE, Family.JUMP32, In.SINCE_V3),
  JSLE32_REG(0xde, Operation.JSLE, Family.JUMP32, In.SINCE_V3),
  CALL(0x85, Operation.CALL, Family.CALL, In.ALL),
  CALLX(0x8d, Operation.CALLX, Family.CALLX, In.ALL),
  EXIT(0x95, Operation.EXIT, Family.EXIT, In.ALL);

  private static final @Nullable Opcode[][] DECODED = decoded();

  private final int code;
  private final int movedCode;
  private final Operation operation;
  private final Family family;
  private final In in;
  private final int bytes;
  private final String mnemonic;

  Opcode(int code, Operation operation, Family family, In in) {
    this(code, operation, family, in, 0, code);
  }

  Opcode(int code, Operation operation, Family family, In in, int bytes, int movedCode) {
    this.code = code;
    this.movedCode = movedCode;
    this.operation = operation;
    this.family = family;
    this.in = in;
    this.bytes = bytes;
    String word = name().toLowerCase(Locale.ROOT);
    String stem = word.contains("_") ? word.substring(0, word.indexOf('_')) : word;
    this.mnemonic = family == Family.JUMP64 ? operation.word() : stem;
  }

  /** The code byte in a version, 0..255; meaningful only if the version has the instruction. */
  public int code(Version version) {
    return version.moveMemoryInstructionClasses() ? movedCode : code;
  }

  /** The instruction with this code byte, 0..255; null if the version has none. */
  public static @Nullable Opcode decode(Version version, int code) {
    return DECODED[version.flags()][code];
  }

  public Operation operation() {
    return operation;
  }

  public Family family() {
    return family;
  }

  /** Whether the version has this instruction. */
  public boolean in(Version version) {
    return switch (in) {
      case ALL -> true;
      case ALL_BUT_V2 -> version != Version.V2;
      case V2_ONLY -> version == Version.V2;
      case SINCE_V3 -> version.compareTo(Version.V3) >= 0;
    };
  }

  /**
   * The name in assembly, shared by the register and the immediate form; of {@code le} and {@code
   * be} the width follows it, as in {@code be16}.
   */
  public String mnemonic() {
    return mnemonic;
  }

  /** Whether the second operand is the register {@code src} and not the immediate. */
  public boolean usesRegister() {
    return switch (family) {
      case ALU32, ALU64, JUMP64, JUMP32 -> (code & 8) != 0;
      case LOAD, STORE_REG -> true;
      case NEG, ENDIAN, LDDW, STORE_IMM, JUMP, CALL, CALLX, EXIT -> false;
    };
  }

  /** How many bytes of memory a load or store touches: 1, 2, 4 or 8; 0 for the others. */
  public int bytes() {
    return bytes;
  }

  /** How many bits an arithmetic instruction or a comparison looks at: 32 or 64; else 0. */
  public int width() {
    return switch (family) {
      case ALU32, JUMP32 -> 32;
      case ALU64, JUMP64 -> 64;
      case NEG -> this == NEG32 ? 32 : 64;
      case ENDIAN, LDDW, LOAD, STORE_IMM, STORE_REG, JUMP, CALL, CALLX, EXIT -> 0;
    };
  }

  /** How many slots of eight bytes the instruction takes: 2 for {@code lddw}, else 1. */
  public int slots() {
    return this == LDDW ? 2 : 1;
  }

  private static @Nullable Opcode[][] decoded() {
    @Nullable Opcode[][] table = new Opcode[Version.values().length][256];
    for (Version version : Version.values()) {
      for (Opcode opcode : values()) {
        if (opcode.in(version)) {
          table[version.flags()][opcode.code(version)] = opcode;
        }
      }
    }
    return table;
  }

  private enum In {
    ALL,
    ALL_BUT_V2,
    V2_ONLY,
    SINCE_V3
  }
}
