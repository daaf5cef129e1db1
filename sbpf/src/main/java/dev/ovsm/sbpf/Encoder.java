package dev.ovsm.sbpf;

import java.util.List;

/** Writes instructions as code bytes; what {@link Decoder} reads from them is equal. */
public final class Encoder {
  private Encoder() {}

  /** The 8 or 16 bytes of one instruction. */
  public static byte[] encode(Version version, Insn insn) {
    return encode(version, List.of(insn));
  }

  /**
   * The bytes of instructions in a row.
   *
   * @throws IllegalArgumentException if the version lacks one of them
   */
  public static byte[] encode(Version version, List<Insn> insns) {
    int slots = 0;
    for (Insn insn : insns) {
      slots += insn.op().slots();
    }
    byte[] text = new byte[slots * Slot.BYTES];
    int pc = 0;
    for (Insn insn : insns) {
      pc = encode(version, insn, text, pc);
    }
    return text;
  }

  /** Writes one instruction at slot {@code pc} of {@code text} and returns the slot after it. */
  static int encode(Version version, Insn insn, byte[] text, int pc) {
    Opcode op = insn.op();
    if (!op.in(version)) {
      throw new IllegalArgumentException(version.word() + " has no " + op.mnemonic());
    }
    int low = (int) insn.imm();
    Slot.write(text, pc, Slot.of(op.code(version), insn.dst(), insn.src(), insn.off(), low));
    if (op == Opcode.LDDW) {
      Slot.write(text, pc + 1, Slot.of(0, 0, 0, 0, (int) (insn.imm() >>> 32)));
    }
    return pc + op.slots();
  }
}
