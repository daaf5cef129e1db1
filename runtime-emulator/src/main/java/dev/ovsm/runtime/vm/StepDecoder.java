package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Turns instructions into steps, one a slot, so that nothing is left of versions, keys and relative
 * targets when the interpreter runs.
 */
final class StepDecoder {
  private static final long LOW = 0xFFFF_FFFFL;

  private final Program program;
  private final Version version;
  private final SyscallTable syscalls;

  private StepDecoder(Program program, SyscallTable syscalls) {
    this.program = program;
    this.version = program.version();
    this.syscalls = syscalls;
  }

  static Step[] decode(Program program, SyscallTable syscalls) {
    StepDecoder decoder = new StepDecoder(program, syscalls);
    @Nullable Insn[] insns = Decoder.decode(program.version(), program.text());
    Step[] steps = new Step[insns.length + 1];
    for (int pc = 0; pc < insns.length; pc++) {
      steps[pc] = decoder.step(insns[pc], pc);
    }
    steps[insns.length] = bare(Token.OVERRUN);
    return steps;
  }

  private Step step(@Nullable Insn insn, int pc) {
    if (insn == null) {
      return bare(Token.UNSUPPORTED);
    }
    return switch (insn.op().family()) {
      case ALU32, ALU64, NEG -> arithmetic(insn);
      case ENDIAN -> endian(insn);
      case LDDW -> operand(Token.LDDW, insn, insn.imm());
      case LOAD -> operand(width(Token.LOAD1, insn.op()), insn, insn.off());
      case STORE_REG -> operand(width(Token.STORE1_REG, insn.op()), insn, insn.off());
      case STORE_IMM -> storeImmediate(insn);
      case JUMP, JUMP64, JUMP32 -> jump(insn, inside(insn.target(pc)));
      case CALL -> call(insn, pc);
      case CALLX -> callx(insn);
      case EXIT -> bare(Token.EXIT);
    };
  }

  private Step arithmetic(Insn insn) {
    Opcode op = insn.op();
    boolean immediate = !op.usesRegister();
    long imm = insn.imm();
    return switch (op.operation()) {
      case ADD -> sum(Token.ADD64_IMM, insn, imm);
      case SUB ->
          immediate && !version.swapSubRegImmOperands()
              ? sum(Token.ADD64_IMM, insn, -imm)
              : immediate ? general(insn) : sum(Token.SUB64_IMM, insn, imm);
      case MUL -> sum(Token.MUL64_IMM, insn, imm);
      case LMUL -> op.width() == 64 ? operand(form(Token.MUL64_IMM, op), insn, imm) : general(insn);
      case DIV -> operand(form(Token.DIV64_IMM, op), insn, imm);
      case MOD -> operand(form(Token.MOD64_IMM, op), insn, imm);
      case UDIV -> operand(form(Token.DIV64_IMM, op), insn, imm & LOW);
      case UREM -> operand(form(Token.MOD64_IMM, op), insn, imm & LOW);
      case OR -> operand(form(Token.OR64_IMM, op), insn, imm);
      case HOR -> operand(Token.OR64_IMM, insn, imm << 32);
      case AND -> operand(form(Token.AND64_IMM, op), insn, imm);
      case XOR -> operand(form(Token.XOR64_IMM, op), insn, imm);
      case LSH -> operand(form(Token.LSH64_IMM, op), insn, imm);
      case RSH -> operand(form(Token.RSH64_IMM, op), insn, imm);
      case ARSH -> operand(form(Token.ARSH64_IMM, op), insn, imm);
      case MOV -> move(insn);
      case NEG -> op.width() == 64 ? operand(Token.NEG64, insn, 0) : general(insn);
      case UHMUL, SHMUL, SDIV, SREM -> general(insn);
      default -> throw new IllegalArgumentException(op + " is not arithmetic");
    };
  }

  /** 32-bit sums and products sign-extend; where a version wants it otherwise, they are rare. */
  private Step sum(int token, Insn insn, long imm) {
    boolean rare = version.explicitSignExtension() && insn.op().width() == 32;
    return rare ? general(insn) : operand(form(token, insn.op()), insn, imm);
  }

  private Step move(Insn insn) {
    Opcode op = insn.op();
    if (op.width() == 64) {
      return operand(form(Token.MOV64_IMM, op), insn, insn.imm());
    }
    if (!op.usesRegister()) {
      return operand(Token.MOV64_IMM, insn, insn.imm() & LOW);
    }
    return version.explicitSignExtension() ? general(insn) : operand(Token.MOV32_REG, insn, 0);
  }

  private Step endian(Insn insn) {
    if (!Alu.isWidth(insn.imm())) {
      return bare(Token.INVALID);
    }
    return insn.op().operation() == Operation.LE
        ? operand(Token.AND64_IMM, insn, Alu.truncate(-1, insn.imm()))
        : general(insn);
  }

  private Step storeImmediate(Insn insn) {
    int token = width(Token.STORE1_IMM, insn.op());
    return new Step(token, insn.dst(), insn.src(), 0, insn.off(), insn.imm(), insn.op(), null);
  }

  private Step jump(Insn insn, int target) {
    int token =
        insn.op().family() == Family.JUMP ? Token.JA : form(comparison(insn.op()), insn.op());
    return new Step(token, insn.dst(), insn.src(), target, insn.imm(), 0, insn.op(), null);
  }

  private static int comparison(Opcode op) {
    return switch (op.operation()) {
      case JEQ -> Token.JEQ64_IMM;
      case JNE -> Token.JNE64_IMM;
      case JSET -> Token.JSET64_IMM;
      case JGT -> Token.JGT64_IMM;
      case JGE -> Token.JGE64_IMM;
      case JLT -> Token.JLT64_IMM;
      case JLE -> Token.JLE64_IMM;
      case JSGT -> Token.JSGT64_IMM;
      case JSGE -> Token.JSGE64_IMM;
      case JSLT -> Token.JSLT64_IMM;
      case JSLE -> Token.JSLE64_IMM;
      default -> throw new IllegalArgumentException(op + " compares nothing");
    };
  }

  private Step call(Insn insn, int pc) {
    int key = (int) insn.imm();
    SyscallHandler handler = syscalls.handler(key);
    if (version.staticSyscalls()) {
      if (insn.src() == 0 && handler != null) {
        return new Step(Token.CALL_SYSCALL, 0, 0, 0, key, 0, insn.op(), handler);
      }
      long target = pc + 1L + insn.imm();
      boolean inside = target >= 0 && target < program.slots();
      return insn.src() == 1 && inside
          ? new Step(Token.CALL_FUNCTION, 0, 0, (int) target, 0, 0, insn.op(), null)
          : bare(Token.UNSUPPORTED);
    }
    if (handler != null) {
      return new Step(Token.CALL_SYSCALL, 0, 0, 0, key, 0, insn.op(), handler);
    }
    OptionalInt target = program.function(key);
    return target.isPresent()
        ? new Step(Token.CALL_FUNCTION, 0, 0, target.getAsInt(), 0, 0, insn.op(), null)
        : bare(Token.UNSUPPORTED);
  }

  private Step callx(Insn insn) {
    int register = (int) insn.imm() & (Vm.REGISTERS - 1);
    if (version.callxUsesSrcReg()) {
      register = insn.src();
    } else if (version.callxUsesDstReg()) {
      register = insn.dst();
    }
    return new Step(Token.CALLX, 0, register, 0, 0, 0, insn.op(), null);
  }

  /** A target outside the code leads to the step behind its last slot, which overruns. */
  private int inside(int target) {
    return target < 0 || target > program.slots() ? program.slots() : target;
  }

  private static Step operand(int token, Insn insn, long imm) {
    return new Step(token, insn.dst(), insn.src(), 0, imm, 0, insn.op(), null);
  }

  private static Step general(Insn insn) {
    return operand(insn.op().usesRegister() ? Token.ALU_REG : Token.ALU_IMM, insn, insn.imm());
  }

  private static Step bare(int token) {
    return new Step(token, 0, 0, 0, 0, 0, null, null);
  }

  /** The token of an operation's form, counted from its 64-bit immediate form. */
  private static int form(int token, Opcode op) {
    return token + (op.width() == 32 ? 2 : 0) + (op.usesRegister() ? 1 : 0);
  }

  /** The token of an access's width, counted from its one-byte form. */
  private static int width(int token, Opcode op) {
    return token + Integer.numberOfTrailingZeros(op.bytes());
  }
}
