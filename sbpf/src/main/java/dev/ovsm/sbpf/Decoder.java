package dev.ovsm.sbpf;

import org.jspecify.annotations.Nullable;

/**
 * Reads instructions from code bytes.
 *
 * <p>A slot holds no instruction if the version lacks its code, if it is the second slot of an
 * {@code lddw}, or if it is an {@code lddw} without a second slot; bytes after the last whole slot
 * are ignored.
 */
public final class Decoder {
  private Decoder() {}

  /** The instructions of {@code text}, indexed by slot; null where there is none. */
  public static @Nullable Insn[] decode(Version version, byte[] text) {
    @Nullable Insn[] insns = new Insn[text.length / Slot.BYTES];
    for (int pc = 0; pc < insns.length; pc++) {
      Insn insn = decodeAt(version, text, pc);
      insns[pc] = insn;
      if (insn != null) {
        pc += insn.op().slots() - 1;
      }
    }
    return insns;
  }

  /** The instruction that begins at slot {@code pc}, or null. */
  public static @Nullable Insn decodeAt(Version version, byte[] text, int pc) {
    long slot = Slot.read(text, pc);
    Opcode op = Opcode.decode(version, Slot.code(slot));
    if (op == null) {
      return null;
    }
    long imm = Slot.imm(slot);
    if (op == Opcode.LDDW) {
      if ((pc + 2) * Slot.BYTES > text.length) {
        return null;
      }
      imm = (imm & 0xFFFF_FFFFL) | ((long) Slot.imm(Slot.read(text, pc + 1)) << 32);
    }
    return new Insn(op, Slot.dst(slot), Slot.src(slot), Slot.off(slot), imm);
  }
}
