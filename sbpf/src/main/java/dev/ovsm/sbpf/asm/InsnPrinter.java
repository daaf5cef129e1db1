package dev.ovsm.sbpf.asm;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import org.jspecify.annotations.Nullable;

/** Writes an instruction as {@link InsnParser} reads it. */
final class InsnPrinter {
  private InsnPrinter() {}

  static String print(Version version, Insn insn, @Nullable Reference reference) {
    Opcode op = insn.op();
    String dst = "r" + insn.dst();
    String second = op.usesRegister() ? "r" + insn.src() : Names.number(insn.imm());
    String words =
        switch (op.family()) {
          case ALU32, ALU64 -> dst + ", " + second;
          case NEG, ENDIAN -> dst;
          case LDDW -> dst + ", " + (reference == null ? constant(insn) : address(reference));
          case LOAD -> dst + ", " + memory(insn.src(), insn.off());
          case STORE_IMM, STORE_REG -> memory(insn.dst(), insn.off()) + ", " + second;
          case JUMP -> target(insn.off(), reference);
          case JUMP64, JUMP32 -> dst + ", " + second + ", " + target(insn.off(), reference);
          case CALL ->
              isSyscall(version, insn, reference)
                  ? syscall(insn, reference)
                  : target(insn.imm(), reference);
          case CALLX -> "r" + Form.register(version, insn);
          case EXIT -> "";
        };
    String mnemonic = op.mnemonic();
    if (op.family() == Family.ENDIAN) {
      mnemonic += insn.imm();
    } else if (isSyscall(version, insn, reference)) {
      mnemonic = InsnParser.SYSCALL;
    }
    return words.isEmpty() ? mnemonic : mnemonic + " " + words;
  }

  private static boolean isSyscall(Version version, Insn insn, @Nullable Reference reference) {
    boolean isNamed = reference != null && reference.kind() == Reference.Kind.SYSCALL;
    boolean isHashed = version.staticSyscalls() && insn.src() == 0;
    return insn.op() == Opcode.CALL && (isNamed || isHashed);
  }

  private static String syscall(Insn insn, @Nullable Reference reference) {
    if (reference != null) {
      return Names.label(reference.name());
    }
    int hash = (int) insn.imm();
    return Syscall.of(hash).map(Syscall::symbol).orElse("0x" + Integer.toHexString(hash));
  }

  private static String constant(Insn insn) {
    long value = insn.imm();
    return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE
        ? Names.number(value)
        : "0x" + Long.toHexString(value);
  }

  private static String address(Reference reference) {
    return Names.label(reference.name())
        + (reference.addend() == 0 ? "" : signed(reference.addend()));
  }

  private static String memory(int register, int off) {
    return "[r" + register + (off == 0 ? "" : signed(off)) + "]";
  }

  private static String target(long distance, @Nullable Reference reference) {
    return reference == null ? signed(distance) : Names.label(reference.name());
  }

  private static String signed(long value) {
    return value < 0 ? Long.toString(value) : "+" + value;
  }
}
