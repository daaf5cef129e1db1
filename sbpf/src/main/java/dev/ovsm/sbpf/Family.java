package dev.ovsm.sbpf;

/** Instructions of one shape: the same fields mean the same, and the same rules check them. */
public enum Family {
  /** {@code dst = dst op operand} on the low 32 bits. */
  ALU32,
  /** {@code dst = dst op operand} on 64 bits. */
  ALU64,
  /** {@code dst = -dst}. */
  NEG,
  /** Truncates or swaps the low {@code imm} bits of {@code dst}: 16, 32 or 64. */
  ENDIAN,
  /** A 64-bit constant in two slots. */
  LDDW,
  /** {@code dst = memory[src + off]}, zero-extended. */
  LOAD,
  /** {@code memory[dst + off] = imm}. */
  STORE_IMM,
  /** {@code memory[dst + off] = src}. */
  STORE_REG,
  /** Goes {@code off} slots on. */
  JUMP,
  /** Goes {@code off} slots on if a comparison of 64 bits holds. */
  JUMP64,
  /** Goes {@code off} slots on if a comparison of the low 32 bits holds. */
  JUMP32,
  /** Calls a function or a syscall. */
  CALL,
  /** Calls the function whose address a register holds. */
  CALLX,
  /** Returns to the caller, or ends the program. */
  EXIT;

  /** Whether instructions of this family may go elsewhere by {@code off}. */
  public boolean jumps() {
    return this == JUMP || isConditional();
  }

  /** Whether instructions of this family compare two operands and go elsewhere by {@code off}. */
  public boolean isConditional() {
    return this == JUMP64 || this == JUMP32;
  }

  public boolean stores() {
    return this == STORE_IMM || this == STORE_REG;
  }
}
