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
  private static final int HALF = 32;

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
    steps[insns.length] = Step.control(Token.OVERRUN);
    return steps;
  }

  private Step step(@Nullable Insn insn, int pc) {
    if (insn == null) {
      return Step.control(Token.UNSUPPORTED);
    }
    return switch (insn.op().family()) {
      case ALU32, ALU64, NEG -> arithmetic(insn);
      case ENDIAN -> endian(insn);
      case LDDW -> lddw(insn, pc);
      case LOAD -> load(insn);
      case STORE_REG, STORE_IMM -> store(insn);
      case JUMP, JUMP64, JUMP32 -> jump(insn, inside(insn.target(pc)));
      case CALL -> call(insn, pc);
      case CALLX -> callx(insn);
      case EXIT -> Step.control(Token.EXIT);
    };
  }

  private Step arithmetic(Insn insn) {
    Opcode op = insn.op();
    boolean wide = op.width() == 64;
    boolean immediate = !op.usesRegister();
    long imm = insn.imm();
    return switch (op.operation()) {
      case ADD -> sum(Token.ADD, Token.ADD32, insn, imm);
      case SUB ->
          immediate && !version.swapSubRegImmOperands()
              ? sum(Token.ADD, Token.ADD32, insn, -imm)
              : immediate ? general(insn) : sum(Token.SUB, Token.SUB32, insn, imm);
      case MUL -> sum(Token.MUL, Token.MUL32, insn, imm);
      case LMUL -> wide ? usual(Token.MUL, insn, imm) : operands(Kind.RARE, Token.MUL32, insn, imm);
      case DIV -> rare(Token.DIV64, insn, imm);
      case MOD -> rare(Token.MOD64, insn, imm);
      case UDIV -> rare(Token.DIV64, insn, imm & LOW);
      case UREM -> rare(Token.MOD64, insn, imm & LOW);
      case OR -> usual(Token.OR, insn, imm);
      case HOR -> Step.of(Kind.WIDE, Token.OR, insn.dst(), insn.dst(), Step.ZERO, imm << HALF);
      case AND -> usual(Token.AND, insn, imm);
      case XOR -> usual(Token.XOR, insn, imm);
      case LSH -> usual(Token.LSH, insn, imm);
      case RSH -> usual(Token.RSH, insn, imm);
      case ARSH -> rare(Token.ARSH64, insn, imm);
      case MOV -> move(insn);
      case NEG ->
          wide
              ? Step.of(Kind.WIDE, Token.SUB, insn.dst(), Step.ZERO, insn.dst(), 0)
              : general(insn);
      case UHMUL, SHMUL, SDIV, SREM -> general(insn);
      default -> throw new IllegalArgumentException(op + " is not arithmetic");
    };
  }

  /** 32-bit sums and products sign-extend in some versions, and not in others. */
  private Step sum(int token, int unsigned, Insn insn, long imm) {
    return version.explicitSignExtension() && insn.op().width() == 32
        ? operands(Kind.RARE, unsigned, insn, imm)
        : usual(token, insn, imm);
  }

  private static Step usual(int token, Insn insn, long imm) {
    return operands(insn.op().width() == 64 ? Kind.WIDE : Kind.NARROW, token, insn, imm);
  }

  private static Step rare(int token, Insn insn, long imm) {
    return operands(Kind.RARE, insn.op().width() == 64 ? token : token + 1, insn, imm);
  }

  private static Step general(Insn insn) {
    return operands(Kind.CONTROL, Token.ALU, insn, insn.imm()).of(insn.op());
  }

  /** The left operand of a move is what is moved, and zero is the right one. */
  private Step move(Insn insn) {
    Opcode op = insn.op();
    int dst = insn.dst();
    if (!op.usesRegister()) {
      long imm = op.width() == 64 ? insn.imm() : insn.imm() & LOW;
      return Step.of(Kind.WIDE, Token.ADD, dst, Step.ZERO, Step.ZERO, imm);
    }
    if (op.width() == 64) {
      return Step.of(Kind.WIDE, Token.ADD, dst, insn.src(), Step.ZERO, 0);
    }
    int token = version.explicitSignExtension() ? Token.ADD : Token.OR;
    return Step.of(Kind.NARROW, token, dst, insn.src(), Step.ZERO, 0);
  }

  private Step endian(Insn insn) {
    if (!Alu.isWidth(insn.imm())) {
      return Step.control(Token.INVALID);
    }
    long mask = Alu.truncate(-1, insn.imm());
    return insn.op().operation() == Operation.LE
        ? Step.of(Kind.WIDE, Token.AND, insn.dst(), insn.dst(), Step.ZERO, mask)
        : general(insn);
  }

  private static Step lddw(Insn insn, int pc) {
    return Step.of(Kind.CONTROL, Token.LDDW, insn.dst(), Step.ZERO, Step.ZERO, insn.imm())
        .to(pc + insn.op().slots());
  }

  private static Step load(Insn insn) {
    int token = width(Token.LOAD1, insn.op());
    return Step.of(Kind.LOAD, token, insn.dst(), insn.src(), Step.ZERO, insn.off());
  }

  private static Step store(Insn insn) {
    int token = width(Token.STORE1, insn.op());
    boolean immediate = insn.op().family() == Family.STORE_IMM;
    int src = immediate ? Step.ZERO : insn.src();
    return Step.of(Kind.STORE, token, Step.ZERO, insn.dst(), src, insn.off())
        .and(immediate ? insn.imm() : 0);
  }

  private static Step jump(Insn insn, int target) {
    Opcode op = insn.op();
    if (op.family() == Family.JUMP) {
      return Step.control(Token.JA).to(target);
    }
    int kind = op.width() == 64 ? Kind.JUMP : Kind.NARROW_JUMP;
    int token = comparison(op.operation());
    Step jump = operands(kind, token, insn, insn.imm()).to(target);
    return isReversed(op.operation()) ? jump.otherwise() : jump;
  }

  private static int comparison(Operation operation) {
    return switch (operation) {
      case JEQ, JNE -> Token.EQ;
      case JSET -> Token.SET;
      case JGT, JLE -> Token.GT;
      case JGE, JLT -> Token.GE;
      case JSGT, JSLE -> Token.SGT;
      case JSGE, JSLT -> Token.SGE;
      default -> throw new IllegalArgumentException(operation + " compares nothing");
    };
  }

  private static boolean isReversed(Operation operation) {
    return switch (operation) {
      case JNE, JLE, JLT, JSLE, JSLT -> true;
      default -> false;
    };
  }

  private Step call(Insn insn, int pc) {
    int key = (int) insn.imm();
    SyscallHandler handler = syscalls.handler(key);
    if (version.staticSyscalls()) {
      if (insn.src() == 0 && handler != null) {
        return syscall(key, handler);
      }
      long target = pc + 1L + insn.imm();
      boolean inside = target >= 0 && target < program.slots();
      return insn.src() == 1 && inside
          ? Step.control(Token.CALL_FUNCTION).to((int) target)
          : Step.control(Token.UNSUPPORTED);
    }
    if (handler != null) {
      return syscall(key, handler);
    }
    OptionalInt target = program.function(key);
    return target.isPresent()
        ? Step.control(Token.CALL_FUNCTION).to(target.getAsInt())
        : Step.control(Token.UNSUPPORTED);
  }

  private static Step syscall(int key, SyscallHandler handler) {
    return Step.control(Token.CALL_SYSCALL).and(key).calling(handler);
  }

  private Step callx(Insn insn) {
    int register = (int) insn.imm() & (Vm.REGISTERS - 1);
    if (version.callxUsesSrcReg()) {
      register = insn.src();
    } else if (version.callxUsesDstReg()) {
      register = insn.dst();
    }
    return Step.control(Token.CALLX).on(Step.ZERO, register);
  }

  /** A target outside the code leads to the step behind its last slot, which overruns. */
  private int inside(int target) {
    return target < 0 || target > program.slots() ? program.slots() : target;
  }

  /** What works on {@code dst} and on either {@code src} or a constant. */
  private static Step operands(int kind, int token, Insn insn, long imm) {
    boolean register = insn.op().usesRegister();
    int src = register ? insn.src() : Step.ZERO;
    return Step.of(kind, token, insn.dst(), insn.dst(), src, register ? 0 : imm);
  }

  /** The token of an access's width, counted from its one-byte form. */
  private static int width(int token, Opcode op) {
    return token + Integer.numberOfTrailingZeros(op.bytes());
  }
}
