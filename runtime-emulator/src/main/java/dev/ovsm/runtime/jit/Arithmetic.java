package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Version;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes what {@link Alu} says of arithmetic and of comparisons as bytecode. */
final class Arithmetic {
  private static final long LOW = 0xFFFF_FFFFL;
  private static final String ALU = Type.getInternalName(Alu.class);
  private static final String LONG = Type.getInternalName(Long.class);
  private static final String BINARY = "(JJ)J";

  private final MethodCode code;
  private final Stubs stubs;
  private final Version version;

  Arithmetic(MethodCode code, Stubs stubs, Version version) {
    this.code = code;
    this.stubs = stubs;
    this.version = version;
  }

  /** Writes an instruction of the families ALU32, ALU64, NEG, ENDIAN or LDDW. */
  void emit(Insn insn, int pc) {
    switch (insn.op().family()) {
      case ALU32 -> alu32(insn, pc);
      case ALU64 -> alu64(insn, pc);
      case NEG -> {
        code.register(insn.dst());
        code.op(Opcodes.LNEG);
        if (insn.op().width() == 32) {
          zeroExtend();
        }
      }
      case ENDIAN -> endian(insn);
      case LDDW -> code.constant(insn.imm());
      case LOAD, STORE_IMM, STORE_REG, JUMP, JUMP64, JUMP32, CALL, CALLX, EXIT ->
          throw new IllegalArgumentException(insn.op() + " is not arithmetic");
    }
    code.setRegister(insn.dst());
  }

  private void endian(Insn insn) {
    code.register(insn.dst());
    int bits = (int) insn.imm();
    if (insn.op().operation() == Operation.LE) {
      code.constant(Alu.truncate(-1, bits));
      code.op(Opcodes.LAND);
    } else {
      code.callStatic(LONG, "reverseBytes", "(J)J");
      code.intConstant(64 - bits);
      code.op(Opcodes.LUSHR);
    }
  }

  private void alu64(Insn insn, int pc) {
    switch (insn.op().operation()) {
      case ADD -> binary(insn, Opcodes.LADD);
      case SUB -> subtract(insn);
      case MUL, LMUL -> binary(insn, Opcodes.LMUL);
      case OR -> binary(insn, Opcodes.LOR);
      case AND -> binary(insn, Opcodes.LAND);
      case XOR -> binary(insn, Opcodes.LXOR);
      case LSH -> shift64(insn, Opcodes.LSHL);
      case RSH -> shift64(insn, Opcodes.LUSHR);
      case ARSH -> shift64(insn, Opcodes.LSHR);
      case MOV -> operand(insn);
      case HOR -> {
        code.register(insn.dst());
        code.constant(insn.imm() << 32);
        code.op(Opcodes.LOR);
      }
      case UHMUL -> call(insn, ALU, "multiplyHighUnsigned");
      case SHMUL -> call(insn, Type.getInternalName(Math.class), "multiplyHigh");
      case DIV, UDIV -> {
        checkDivisor(insn, pc);
        call(insn, ALU, "divideUnsigned");
      }
      case MOD, UREM -> {
        checkDivisor(insn, pc);
        call(insn, ALU, "remainderUnsigned");
      }
      case SDIV -> {
        checkQuotient(insn, pc);
        binary(insn, Opcodes.LDIV);
      }
      case SREM -> {
        checkQuotient(insn, pc);
        binary(insn, Opcodes.LREM);
      }
      default -> throw new IllegalArgumentException(insn.op() + " is no 64-bit operation");
    }
  }

  private void alu32(Insn insn, int pc) {
    switch (insn.op().operation()) {
      case ADD -> {
        binary(insn, Opcodes.LADD);
        extendSum();
      }
      case SUB -> {
        subtract(insn);
        extendSum();
      }
      case MUL -> {
        binary(insn, Opcodes.LMUL);
        extendSum();
      }
      case LMUL -> {
        binary(insn, Opcodes.LMUL);
        zeroExtend();
      }
      case OR -> {
        binary(insn, Opcodes.LOR);
        zeroExtend();
      }
      case AND -> {
        binary(insn, Opcodes.LAND);
        zeroExtend();
      }
      case XOR -> {
        binary(insn, Opcodes.LXOR);
        zeroExtend();
      }
      case LSH -> binary32(insn, Opcodes.ISHL);
      case RSH -> binary32(insn, Opcodes.IUSHR);
      case ARSH -> binary32(insn, Opcodes.ISHR);
      case MOV -> move32(insn);
      case DIV, UDIV -> divide32(insn, pc, Opcodes.LDIV);
      case MOD, UREM -> divide32(insn, pc, Opcodes.LREM);
      case SDIV -> {
        checkQuotient(insn, pc);
        binary32(insn, Opcodes.IDIV);
      }
      case SREM -> {
        checkQuotient(insn, pc);
        binary32(insn, Opcodes.IREM);
      }
      default -> throw new IllegalArgumentException(insn.op() + " is no 32-bit operation");
    }
  }

  private void binary(Insn insn, int opcode) {
    code.register(insn.dst());
    operand(insn);
    code.op(opcode);
  }

  private void subtract(Insn insn) {
    if (version.swapSubRegImmOperands() && !insn.op().usesRegister()) {
      operand(insn);
      code.register(insn.dst());
      code.op(Opcodes.LSUB);
    } else {
      binary(insn, Opcodes.LSUB);
    }
  }

  private void shift64(Insn insn, int opcode) {
    code.register(insn.dst());
    operand32(insn);
    code.op(opcode);
  }

  private void binary32(Insn insn, int opcode) {
    code.register(insn.dst());
    code.op(Opcodes.L2I);
    operand32(insn);
    code.op(opcode);
    code.op(Opcodes.I2L);
    zeroExtend();
  }

  private void divide32(Insn insn, int pc, int opcode) {
    checkDivisor(insn, pc);
    code.register(insn.dst());
    zeroExtend();
    operand(insn);
    zeroExtend();
    code.op(opcode);
  }

  private void call(Insn insn, String owner, String name) {
    code.register(insn.dst());
    operand(insn);
    code.callStatic(owner, name, BINARY);
  }

  private void move32(Insn insn) {
    if (!insn.op().usesRegister()) {
      code.constant(insn.imm() & LOW);
      return;
    }
    code.register(insn.src());
    if (version.explicitSignExtension()) {
      code.op(Opcodes.L2I);
      code.op(Opcodes.I2L);
    } else {
      zeroExtend();
    }
  }

  /** Unsigned products and quotients take an immediate zero-extended, all others sign-extended. */
  private void operand(Insn insn) {
    if (insn.op().usesRegister()) {
      code.register(insn.src());
      return;
    }
    code.constant(
        switch (insn.op().operation()) {
          case UHMUL, UDIV, UREM -> insn.imm() & LOW;
          default -> insn.imm();
        });
  }

  private void operand32(Insn insn) {
    if (insn.op().usesRegister()) {
      code.register(insn.src());
      code.op(Opcodes.L2I);
    } else {
      code.intConstant((int) insn.imm());
    }
  }

  private void checkDivisor(Insn insn, int pc) {
    if (!insn.op().usesRegister() && insn.imm() != 0) {
      return;
    }
    operand(insn);
    if (insn.op().width() == 32) {
      code.op(Opcodes.L2I);
    } else {
      code.constant(0);
      code.op(Opcodes.LCMP);
    }
    code.jump(Opcodes.IFEQ, stubs.fault("divideByZero", pc));
  }

  /** The smallest number has no quotient by -1. */
  private void checkQuotient(Insn insn, int pc) {
    checkDivisor(insn, pc);
    if (!insn.op().usesRegister() && insn.imm() != -1) {
      return;
    }
    Label fine = new Label();
    if (insn.op().width() == 32) {
      operand32(insn);
      code.intConstant(-1);
      code.jump(Opcodes.IF_ICMPNE, fine);
      code.register(insn.dst());
      code.op(Opcodes.L2I);
      code.intConstant(Integer.MIN_VALUE);
      code.jump(Opcodes.IF_ICMPEQ, stubs.fault("divideOverflow", pc));
    } else {
      operand(insn);
      code.constant(-1);
      code.op(Opcodes.LCMP);
      code.jump(Opcodes.IFNE, fine);
      code.register(insn.dst());
      code.constant(Long.MIN_VALUE);
      code.op(Opcodes.LCMP);
      code.jump(Opcodes.IFEQ, stubs.fault("divideOverflow", pc));
    }
    code.label(fine);
  }

  private void extendSum() {
    if (version.explicitSignExtension()) {
      zeroExtend();
    } else {
      code.op(Opcodes.L2I);
      code.op(Opcodes.I2L);
    }
  }

  private void zeroExtend() {
    code.constant(LOW);
    code.op(Opcodes.LAND);
  }

  /** Jumps to a label if the comparison of a conditional jump holds. */
  void branch(Insn insn, Label label) {
    boolean narrow = insn.op().family() == Family.JUMP32;
    switch (insn.op().operation()) {
      case JEQ -> compare(insn, narrow, false, Opcodes.IF_ICMPEQ, Opcodes.IFEQ, label);
      case JNE -> compare(insn, narrow, false, Opcodes.IF_ICMPNE, Opcodes.IFNE, label);
      case JGT -> compare(insn, narrow, true, Opcodes.IF_ICMPGT, Opcodes.IFGT, label);
      case JGE -> compare(insn, narrow, true, Opcodes.IF_ICMPGE, Opcodes.IFGE, label);
      case JLT -> compare(insn, narrow, true, Opcodes.IF_ICMPLT, Opcodes.IFLT, label);
      case JLE -> compare(insn, narrow, true, Opcodes.IF_ICMPLE, Opcodes.IFLE, label);
      case JSGT -> compare(insn, narrow, false, Opcodes.IF_ICMPGT, Opcodes.IFGT, label);
      case JSGE -> compare(insn, narrow, false, Opcodes.IF_ICMPGE, Opcodes.IFGE, label);
      case JSLT -> compare(insn, narrow, false, Opcodes.IF_ICMPLT, Opcodes.IFLT, label);
      case JSLE -> compare(insn, narrow, false, Opcodes.IF_ICMPLE, Opcodes.IFLE, label);
      case JSET -> {
        code.register(insn.dst());
        operand(insn);
        code.op(Opcodes.LAND);
        if (narrow) {
          code.op(Opcodes.L2I);
        } else {
          code.constant(0);
          code.op(Opcodes.LCMP);
        }
        code.jump(Opcodes.IFNE, label);
      }
      default -> throw new IllegalArgumentException(insn.op() + " compares nothing");
    }
  }

  private void compare(
      Insn insn, boolean narrow, boolean unsigned, int narrowJump, int wideJump, Label label) {
    if (narrow) {
      code.register(insn.dst());
      code.op(Opcodes.L2I);
      flip32(unsigned);
      operand32(insn);
      flip32(unsigned);
      code.jump(narrowJump, label);
    } else {
      code.register(insn.dst());
      flip64(unsigned);
      operand(insn);
      flip64(unsigned);
      code.op(Opcodes.LCMP);
      code.jump(wideJump, label);
    }
  }

  /** Makes the signed comparison that follows an unsigned one. */
  private void flip32(boolean unsigned) {
    if (unsigned) {
      code.intConstant(Integer.MIN_VALUE);
      code.op(Opcodes.IADD);
    }
  }

  private void flip64(boolean unsigned) {
    if (unsigned) {
      code.constant(Long.MIN_VALUE);
      code.op(Opcodes.LADD);
    }
  }
}
