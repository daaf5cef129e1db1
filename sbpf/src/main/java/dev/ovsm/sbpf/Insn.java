package dev.ovsm.sbpf;

/**
 * One instruction, its fields as wide as they are encoded.
 *
 * @param dst 0..15; above 10 the validator rejects it
 * @param src 0..15
 * @param off -32768..32767: bytes for memory, slots for jumps
 * @param imm the 32-bit immediate sign-extended; of {@code lddw} the whole 64-bit constant
 */
public record Insn(Opcode op, int dst, int src, int off, long imm) {
  public Insn {
    if ((dst & ~15) != 0 || (src & ~15) != 0 || (short) off != off) {
      throw new IllegalArgumentException("field out of range in " + op);
    }
    if (op != Opcode.LDDW && (int) imm != imm) {
      throw new IllegalArgumentException("immediate out of range in " + op + ": " + imm);
    }
  }

  /** The slot after a jump taken from slot {@code pc}; it may lie outside the code. */
  public int target(int pc) {
    return pc + 1 + off;
  }

  public Insn withImm(long other) {
    return new Insn(op, dst, src, off, other);
  }

  public Insn withOff(int other) {
    return new Insn(op, dst, src, other, imm);
  }
}
