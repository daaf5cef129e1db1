package dev.ovsm.sbpf.asm;

import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;

/**
 * How an instruction is written: which of its fields are operands. All other fields are zero in
 * what the assembler makes.
 */
public final class Form {
  private Form() {}

  /** The operands of an instruction in the order of assembly text, for messages and documents. */
  public static String operands(Opcode op) {
    return switch (op.family()) {
      case ALU32, ALU64 -> op.usesRegister() ? "dst, src" : "dst, imm";
      case NEG, ENDIAN -> "dst";
      case LDDW -> "dst, imm64 | dst, label";
      case LOAD -> "dst, [src+off]";
      case STORE_IMM -> "[dst+off], imm";
      case STORE_REG -> "[dst+off], src";
      case JUMP -> "label | +off";
      case JUMP64, JUMP32 -> op.usesRegister() ? "dst, src, label" : "dst, imm, label";
      case CALL -> "label | +imm";
      case CALLX -> "register";
      case EXIT -> "";
    };
  }

  /** Operands that fit {@link #operands}, or the first of its choices. */
  static String example(String operands) {
    return operands
        .replaceFirst(" [|].*", "")
        .replace("dst", "r1")
        .replace("src", "r2")
        .replace("off", "8")
        .replaceFirst("imm(64)?", "5")
        .replace("register", "r3")
        .replace("label", "loop")
        .replace("name", "sol_log_");
  }

  /** The instruction with everything that is not written set to zero. */
  static Insn written(Version version, Insn insn) {
    Opcode op = insn.op();
    return switch (op.family()) {
      case ALU32, ALU64 ->
          op.usesRegister()
              ? new Insn(op, insn.dst(), insn.src(), 0, 0)
              : new Insn(op, insn.dst(), 0, 0, insn.imm());
      case NEG -> new Insn(op, insn.dst(), 0, 0, 0);
      case ENDIAN, LDDW -> new Insn(op, insn.dst(), 0, 0, insn.imm());
      case LOAD, STORE_REG -> new Insn(op, insn.dst(), insn.src(), insn.off(), 0);
      case STORE_IMM -> new Insn(op, insn.dst(), 0, insn.off(), insn.imm());
      case JUMP -> new Insn(op, 0, 0, insn.off(), 0);
      case JUMP64, JUMP32 ->
          op.usesRegister()
              ? new Insn(op, insn.dst(), insn.src(), insn.off(), 0)
              : new Insn(op, insn.dst(), 0, insn.off(), insn.imm());
      case CALL -> new Insn(op, 0, insn.src(), 0, insn.imm());
      case CALLX -> callx(version, register(version, insn));
      case EXIT -> new Insn(op, 0, 0, 0, 0);
    };
  }

  /** Whether assembly text can say this instruction, all of its fields. */
  public static boolean isWritable(Version version, Insn insn) {
    if (insn.dst() > 10 || insn.src() > 10) {
      return false;
    }
    boolean hasSense =
        switch (insn.op().family()) {
          case ENDIAN -> Alu.isWidth(insn.imm());
          case CALL -> insn.src() == 1 || (insn.src() == 0 && version.staticSyscalls());
          case CALLX -> register(version, insn) >= 0 && register(version, insn) <= 10;
          case ALU32, ALU64, NEG, LDDW, LOAD, STORE_IMM, STORE_REG -> true;
          case JUMP, JUMP64, JUMP32, EXIT -> true;
        };
    return hasSense && written(version, insn).equals(insn);
  }

  /** A {@code callx} of a register 0..10. */
  static Insn callx(Version version, long register) {
    int field = (int) register & 15;
    if (version.callxUsesSrcReg()) {
      return new Insn(Opcode.CALLX, 0, field, 0, 0);
    }
    return version.callxUsesDstReg()
        ? new Insn(Opcode.CALLX, field, 0, 0, 0)
        : new Insn(Opcode.CALLX, 0, 0, 0, (int) register);
  }

  /** The register that a {@code callx} names. */
  static long register(Version version, Insn callx) {
    if (version.callxUsesSrcReg()) {
      return callx.src();
    }
    return version.callxUsesDstReg() ? callx.dst() : callx.imm();
  }
}
