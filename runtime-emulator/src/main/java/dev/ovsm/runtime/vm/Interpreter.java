package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.AluFault;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;
import java.util.Objects;

/**
 * Executes a program step by step: the meaning that every other engine has to agree with.
 *
 * <p>{@link #run} is one method on purpose, and small enough that the Java VM compiles it.
 */
public final class Interpreter implements Engine {
  private static final long LOW = 0xFFFF_FFFFL;

  /** Added to both sides, it makes a signed comparison an unsigned one. */
  private static final long FLIP = Long.MIN_VALUE;

  @Override
  public Outcome execute(Vm vm) {
    try {
      return vm.returned(run(vm, vm.program().entryPc(), 0));
    } catch (Fault fault) {
      return vm.faulted(fault);
    }
  }

  /**
   * Executes from a slot until the frame that it begins in returns.
   *
   * <p>Takes registers and meter from the machine and leaves them there, however it ends.
   *
   * @param pc a slot of the program
   * @param depth how many frames are below this one, 0..63
   * @return the value of r0
   */
  public long run(Vm vm, int pc, int depth) {
    Step[] steps = vm.executable().steps();
    Memory memory = vm.memory();
    Version version = vm.program().version();
    long[] r = vm.registers();
    Frames frames = new Frames(vm.executable(), depth);
    Observer observer = vm.observer();
    long remaining = vm.remaining();
    // What is kept apart while somebody watches, so that every step takes the way of the last one.
    long apart = 0;
    if (observer != null) {
      apart = remaining;
      remaining = 0;
    }
    int at = pc;
    try {
      while (true) {
        if (--remaining < 0) {
          remaining = 0;
          if (observer == null || apart == 0) {
            throw Fault.of(Fault.Kind.EXCEEDED_MAX_INSTRUCTIONS);
          }
          apart--;
          observer.before(r, at);
        }
        Step step = steps[at];
        int next = at + 1;
        switch (step.token) {
          case Token.ADD64_IMM -> r[step.dst] += step.imm;
          case Token.ADD64_REG -> r[step.dst] += r[step.src];
          case Token.SUB64_REG -> r[step.dst] -= r[step.src];
          case Token.MUL64_IMM -> r[step.dst] *= step.imm;
          case Token.MUL64_REG -> r[step.dst] *= r[step.src];
          case Token.OR64_IMM -> r[step.dst] |= step.imm;
          case Token.OR64_REG -> r[step.dst] |= r[step.src];
          case Token.AND64_IMM -> r[step.dst] &= step.imm;
          case Token.AND64_REG -> r[step.dst] &= r[step.src];
          case Token.XOR64_IMM -> r[step.dst] ^= step.imm;
          case Token.XOR64_REG -> r[step.dst] ^= r[step.src];
          case Token.LSH64_IMM -> r[step.dst] <<= step.imm;
          case Token.LSH64_REG -> r[step.dst] <<= r[step.src];
          case Token.RSH64_IMM -> r[step.dst] >>>= step.imm;
          case Token.RSH64_REG -> r[step.dst] >>>= r[step.src];
          case Token.ARSH64_IMM -> r[step.dst] >>= step.imm;
          case Token.ARSH64_REG -> r[step.dst] >>= r[step.src];
          case Token.ADD32_IMM -> r[step.dst] = (int) (r[step.dst] + step.imm);
          case Token.ADD32_REG -> r[step.dst] = (int) (r[step.dst] + r[step.src]);
          case Token.SUB32_REG -> r[step.dst] = (int) (r[step.dst] - r[step.src]);
          case Token.MUL32_IMM -> r[step.dst] = (int) (r[step.dst] * step.imm);
          case Token.MUL32_REG -> r[step.dst] = (int) (r[step.dst] * r[step.src]);
          case Token.OR32_IMM -> r[step.dst] = (r[step.dst] | step.imm) & LOW;
          case Token.OR32_REG -> r[step.dst] = (r[step.dst] | r[step.src]) & LOW;
          case Token.AND32_IMM -> r[step.dst] = (r[step.dst] & step.imm) & LOW;
          case Token.AND32_REG -> r[step.dst] = (r[step.dst] & r[step.src]) & LOW;
          case Token.XOR32_IMM -> r[step.dst] = (r[step.dst] ^ step.imm) & LOW;
          case Token.XOR32_REG -> r[step.dst] = (r[step.dst] ^ r[step.src]) & LOW;
          case Token.LSH32_IMM -> r[step.dst] = ((int) r[step.dst] << (int) step.imm) & LOW;
          case Token.LSH32_REG -> r[step.dst] = ((int) r[step.dst] << (int) r[step.src]) & LOW;
          case Token.RSH32_IMM -> r[step.dst] = ((int) r[step.dst] >>> (int) step.imm) & LOW;
          case Token.RSH32_REG -> r[step.dst] = ((int) r[step.dst] >>> (int) r[step.src]) & LOW;
          case Token.ARSH32_IMM -> r[step.dst] = ((int) r[step.dst] >> (int) step.imm) & LOW;
          case Token.ARSH32_REG -> r[step.dst] = ((int) r[step.dst] >> (int) r[step.src]) & LOW;
          case Token.MOV64_IMM -> r[step.dst] = step.imm;
          case Token.MOV64_REG -> r[step.dst] = r[step.src];
          case Token.MOV32_REG -> r[step.dst] = r[step.src] & LOW;
          case Token.NEG64 -> r[step.dst] = -r[step.dst];
          case Token.DIV64_IMM -> r[step.dst] = divide(r[step.dst], step.imm);
          case Token.DIV64_REG -> r[step.dst] = divide(r[step.dst], r[step.src]);
          case Token.DIV32_IMM -> r[step.dst] = divide(r[step.dst] & LOW, step.imm & LOW);
          case Token.DIV32_REG -> r[step.dst] = divide(r[step.dst] & LOW, r[step.src] & LOW);
          case Token.MOD64_IMM -> r[step.dst] = remainder(r[step.dst], step.imm);
          case Token.MOD64_REG -> r[step.dst] = remainder(r[step.dst], r[step.src]);
          case Token.MOD32_IMM -> r[step.dst] = remainder(r[step.dst] & LOW, step.imm & LOW);
          case Token.MOD32_REG -> r[step.dst] = remainder(r[step.dst] & LOW, r[step.src] & LOW);
          case Token.ALU_IMM -> r[step.dst] = alu(version, step, r[step.dst], step.imm);
          case Token.ALU_REG -> r[step.dst] = alu(version, step, r[step.dst], r[step.src]);
          case Token.LOAD1 -> r[step.dst] = memory.load1(r[step.src] + step.imm);
          case Token.LOAD2 -> r[step.dst] = memory.load2(r[step.src] + step.imm);
          case Token.LOAD4 -> r[step.dst] = memory.load4(r[step.src] + step.imm);
          case Token.LOAD8 -> r[step.dst] = memory.load8(r[step.src] + step.imm);
          case Token.STORE1_IMM -> memory.store1(r[step.dst] + step.imm, step.value);
          case Token.STORE2_IMM -> memory.store2(r[step.dst] + step.imm, step.value);
          case Token.STORE4_IMM -> memory.store4(r[step.dst] + step.imm, step.value);
          case Token.STORE8_IMM -> memory.store8(r[step.dst] + step.imm, step.value);
          case Token.STORE1_REG -> memory.store1(r[step.dst] + step.imm, r[step.src]);
          case Token.STORE2_REG -> memory.store2(r[step.dst] + step.imm, r[step.src]);
          case Token.STORE4_REG -> memory.store4(r[step.dst] + step.imm, r[step.src]);
          case Token.STORE8_REG -> memory.store8(r[step.dst] + step.imm, r[step.src]);
          case Token.LDDW -> {
            r[step.dst] = step.imm;
            next = at + 2;
          }
          case Token.JA -> next = step.target;
          case Token.JEQ64_IMM -> {
            if (r[step.dst] == step.imm) {
              next = step.target;
            }
          }
          case Token.JEQ64_REG -> {
            if (r[step.dst] == r[step.src]) {
              next = step.target;
            }
          }
          case Token.JEQ32_IMM -> {
            if ((int) r[step.dst] == (int) step.imm) {
              next = step.target;
            }
          }
          case Token.JEQ32_REG -> {
            if ((int) r[step.dst] == (int) r[step.src]) {
              next = step.target;
            }
          }
          case Token.JNE64_IMM -> {
            if (r[step.dst] != step.imm) {
              next = step.target;
            }
          }
          case Token.JNE64_REG -> {
            if (r[step.dst] != r[step.src]) {
              next = step.target;
            }
          }
          case Token.JNE32_IMM -> {
            if ((int) r[step.dst] != (int) step.imm) {
              next = step.target;
            }
          }
          case Token.JNE32_REG -> {
            if ((int) r[step.dst] != (int) r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSET64_IMM -> {
            if ((r[step.dst] & step.imm) != 0) {
              next = step.target;
            }
          }
          case Token.JSET64_REG -> {
            if ((r[step.dst] & r[step.src]) != 0) {
              next = step.target;
            }
          }
          case Token.JSET32_IMM -> {
            if ((int) (r[step.dst] & step.imm) != 0) {
              next = step.target;
            }
          }
          case Token.JSET32_REG -> {
            if ((int) (r[step.dst] & r[step.src]) != 0) {
              next = step.target;
            }
          }
          case Token.JGT64_IMM -> {
            if (r[step.dst] + FLIP > step.imm + FLIP) {
              next = step.target;
            }
          }
          case Token.JGT64_REG -> {
            if (r[step.dst] + FLIP > r[step.src] + FLIP) {
              next = step.target;
            }
          }
          case Token.JGT32_IMM -> {
            if ((r[step.dst] & LOW) > (step.imm & LOW)) {
              next = step.target;
            }
          }
          case Token.JGT32_REG -> {
            if ((r[step.dst] & LOW) > (r[step.src] & LOW)) {
              next = step.target;
            }
          }
          case Token.JGE64_IMM -> {
            if (r[step.dst] + FLIP >= step.imm + FLIP) {
              next = step.target;
            }
          }
          case Token.JGE64_REG -> {
            if (r[step.dst] + FLIP >= r[step.src] + FLIP) {
              next = step.target;
            }
          }
          case Token.JGE32_IMM -> {
            if ((r[step.dst] & LOW) >= (step.imm & LOW)) {
              next = step.target;
            }
          }
          case Token.JGE32_REG -> {
            if ((r[step.dst] & LOW) >= (r[step.src] & LOW)) {
              next = step.target;
            }
          }
          case Token.JLT64_IMM -> {
            if (r[step.dst] + FLIP < step.imm + FLIP) {
              next = step.target;
            }
          }
          case Token.JLT64_REG -> {
            if (r[step.dst] + FLIP < r[step.src] + FLIP) {
              next = step.target;
            }
          }
          case Token.JLT32_IMM -> {
            if ((r[step.dst] & LOW) < (step.imm & LOW)) {
              next = step.target;
            }
          }
          case Token.JLT32_REG -> {
            if ((r[step.dst] & LOW) < (r[step.src] & LOW)) {
              next = step.target;
            }
          }
          case Token.JLE64_IMM -> {
            if (r[step.dst] + FLIP <= step.imm + FLIP) {
              next = step.target;
            }
          }
          case Token.JLE64_REG -> {
            if (r[step.dst] + FLIP <= r[step.src] + FLIP) {
              next = step.target;
            }
          }
          case Token.JLE32_IMM -> {
            if ((r[step.dst] & LOW) <= (step.imm & LOW)) {
              next = step.target;
            }
          }
          case Token.JLE32_REG -> {
            if ((r[step.dst] & LOW) <= (r[step.src] & LOW)) {
              next = step.target;
            }
          }
          case Token.JSGT64_IMM -> {
            if (r[step.dst] > step.imm) {
              next = step.target;
            }
          }
          case Token.JSGT64_REG -> {
            if (r[step.dst] > r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSGT32_IMM -> {
            if ((int) r[step.dst] > (int) step.imm) {
              next = step.target;
            }
          }
          case Token.JSGT32_REG -> {
            if ((int) r[step.dst] > (int) r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSGE64_IMM -> {
            if (r[step.dst] >= step.imm) {
              next = step.target;
            }
          }
          case Token.JSGE64_REG -> {
            if (r[step.dst] >= r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSGE32_IMM -> {
            if ((int) r[step.dst] >= (int) step.imm) {
              next = step.target;
            }
          }
          case Token.JSGE32_REG -> {
            if ((int) r[step.dst] >= (int) r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSLT64_IMM -> {
            if (r[step.dst] < step.imm) {
              next = step.target;
            }
          }
          case Token.JSLT64_REG -> {
            if (r[step.dst] < r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSLT32_IMM -> {
            if ((int) r[step.dst] < (int) step.imm) {
              next = step.target;
            }
          }
          case Token.JSLT32_REG -> {
            if ((int) r[step.dst] < (int) r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSLE64_IMM -> {
            if (r[step.dst] <= step.imm) {
              next = step.target;
            }
          }
          case Token.JSLE64_REG -> {
            if (r[step.dst] <= r[step.src]) {
              next = step.target;
            }
          }
          case Token.JSLE32_IMM -> {
            if ((int) r[step.dst] <= (int) step.imm) {
              next = step.target;
            }
          }
          case Token.JSLE32_REG -> {
            if ((int) r[step.dst] <= (int) r[step.src]) {
              next = step.target;
            }
          }
          case Token.CALL_FUNCTION -> {
            frames.push(r, next);
            next = step.target;
          }
          case Token.CALLX -> {
            long address = r[step.src];
            frames.push(r, next);
            next = frames.slotAt(address);
          }
          case Token.CALL_SYSCALL -> {
            vm.remaining(remaining + apart);
            try {
              r[0] = Objects.requireNonNull(step.handler).call(vm, r[1], r[2], r[3], r[4], r[5]);
            } finally {
              remaining = vm.remaining();
              if (observer != null) {
                apart = remaining;
                remaining = 0;
              }
            }
          }
          case Token.EXIT -> {
            if (frames.isEmpty()) {
              return r[0];
            }
            next = frames.pop(r);
          }
          case Token.UNSUPPORTED -> throw Fault.of(Fault.Kind.UNSUPPORTED_INSTRUCTION);
          case Token.INVALID -> throw Fault.of(Fault.Kind.INVALID_INSTRUCTION);
          case Token.OVERRUN -> throw Fault.of(Fault.Kind.EXECUTION_OVERRUN);
          default -> throw new IllegalStateException("token " + step.token);
        }
        at = next;
      }
    } catch (Fault fault) {
      throw fault.at(at);
    } finally {
      vm.remaining(remaining + apart);
    }
  }

  private static long divide(long dividend, long divisor) {
    if (divisor == 0) {
      throw Fault.of(Fault.Kind.DIVIDE_BY_ZERO);
    }
    return Alu.divideUnsigned(dividend, divisor);
  }

  private static long remainder(long dividend, long divisor) {
    if (divisor == 0) {
      throw Fault.of(Fault.Kind.DIVIDE_BY_ZERO);
    }
    return Alu.remainderUnsigned(dividend, divisor);
  }

  private static long alu(Version version, Step step, long dst, long operand) {
    Opcode op = Objects.requireNonNull(step.op);
    AluFault fault = Alu.fault(op, dst, operand);
    if (fault != null) {
      throw Fault.of(
          switch (fault) {
            case DIVIDE_BY_ZERO -> Fault.Kind.DIVIDE_BY_ZERO;
            case DIVIDE_OVERFLOW -> Fault.Kind.DIVIDE_OVERFLOW;
          });
    }
    return Alu.evaluate(version, op, dst, operand);
  }
}
