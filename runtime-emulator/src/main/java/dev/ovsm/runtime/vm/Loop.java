package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.AluFault;
import dev.ovsm.sbpf.Opcode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One execution by the interpreter.
 *
 * <p>{@link #straight} is where the time goes: it executes arithmetic, memory accesses and jumps
 * and comes back for everything else. It calls nothing and has few local variables, so that the
 * Java VM keeps them in registers; the meter is in a field, because instructions are paid for block
 * by block when one begins. Where the meter does not suffice for a block, careful code goes on.
 */
final class Loop {
  private static final long LOW = 0xFFFF_FFFFL;

  /** Added to both sides, it makes a signed comparison an unsigned one. */
  private static final long FLIP = Long.MIN_VALUE;

  private final Vm vm;
  private final Executable executable;
  private final Memory memory;
  private final Frames frames;
  private final @Nullable Observer observer;

  private final int pc;

  /** The code that it runs in. */
  private Code code;

  private long remaining;

  /**
   * An execution that has not begun.
   *
   * @param pc the slot to begin at
   * @param depth how many frames are below the first one, 0..63
   */
  Loop(Vm vm, int pc, int depth) {
    this.pc = pc;
    this.vm = vm;
    this.executable = vm.executable();
    this.memory = vm.memory();
    this.frames = new Frames(executable, depth);
    this.observer = vm.observer();
    this.code = observer == null ? executable.fastCode(pc) : executable.carefulCode();
    this.remaining = vm.remaining();
  }

  /** Runs until the first frame returns; returns r0. */
  long run() {
    long[] r = vm.registers();
    int at = enter(pc);
    try {
      while (true) {
        at = straight(code.steps(), r, at);
        Step step = code.steps()[at];
        switch (step.token()) {
          case Token.METER -> {
            pay(r, at);
            at++;
          }
          case Token.LDDW -> {
            r[step.dst()] = step.imm();
            at = step.target();
          }
          case Token.ALU -> {
            r[step.dst()] = general(step, r);
            at++;
          }
          case Token.CALL_SYSCALL -> {
            r[0] = call(step, r, code.slot(at));
            at++;
          }
          case Token.CALL_FUNCTION -> {
            frames.push(r, code.slot(at) + 1);
            at = enter(step.target());
          }
          case Token.CALLX -> {
            long address = r[step.src()];
            frames.push(r, code.slot(at) + 1);
            at = enter(frames.slotAt(address));
          }
          case Token.EXIT -> {
            if (frames.isEmpty()) {
              return r[0];
            }
            at = enter(frames.pop(r));
          }
          case Token.GO -> at = enter(step.target());
          case Token.UNSUPPORTED -> throw Fault.of(Fault.Kind.UNSUPPORTED_INSTRUCTION);
          case Token.INVALID -> throw Fault.of(Fault.Kind.INVALID_INSTRUCTION);
          case Token.OVERRUN -> throw Fault.of(Fault.Kind.EXECUTION_OVERRUN);
          default -> throw new IllegalStateException("token " + step.token());
        }
      }
    } catch (Fault fault) {
      throw fault.pc() == Fault.NOWHERE ? fault.at(code.slot(at)) : fault;
    } finally {
      vm.remaining(remaining);
    }
  }

  /**
   * Runs from the step at an index, at which a block begins, to the next one that is neither
   * arithmetic nor an access to memory nor a jump; returns its index.
   */
  private int straight(Step[] steps, long[] r, int begin) {
    int at = begin;
    try {
      blocks:
      while (true) {
        Step step = steps[at++];
        remaining -= step.cost();
        if (remaining < 0) {
          remaining += step.cost();
          return enterCarefully(code.slot(at - 1));
        }
        long last = r[step.last()];
        while (true) {
          switch (step.kind()) {
            case Kind.WIDE -> {
              long left = step.left() == Step.LAST ? last : r[step.left()];
              long right = r[step.src()] + step.imm();
              last =
                  switch (step.token()) {
                    case Token.ADD -> left + right;
                    case Token.SUB -> left - right;
                    case Token.MUL -> left * right;
                    case Token.OR -> left | right;
                    case Token.AND -> left & right;
                    case Token.XOR -> left ^ right;
                    case Token.LSH -> left << right;
                    default -> left >>> right;
                  };
              r[step.dst()] = last;
            }
            case Kind.NARROW -> {
              long left = step.left() == Step.LAST ? last : r[step.left()];
              long right = r[step.src()] + step.imm();
              last =
                  switch (step.token()) {
                    case Token.ADD -> (int) (left + right);
                    case Token.SUB -> (int) (left - right);
                    case Token.MUL -> (int) (left * right);
                    case Token.OR -> (left | right) & LOW;
                    case Token.AND -> left & right & LOW;
                    case Token.XOR -> (left ^ right) & LOW;
                    case Token.LSH -> ((int) left << (int) right) & LOW;
                    default -> ((int) left >>> (int) right) & LOW;
                  };
              r[step.dst()] = last;
            }
            case Kind.LOAD -> {
              long address = r[step.left()] + step.imm();
              last =
                  switch (step.token()) {
                    case Token.LOAD1 -> memory.load1(address);
                    case Token.LOAD2 -> memory.load2(address);
                    case Token.LOAD4 -> memory.load4(address);
                    default -> memory.load8(address);
                  };
              r[step.dst()] = last;
            }
            case Kind.STORE -> {
              long address = r[step.left()] + step.imm();
              long value = r[step.src()] + step.value();
              switch (step.token()) {
                case Token.STORE1 -> memory.store1(address, value);
                case Token.STORE2 -> memory.store2(address, value);
                case Token.STORE4 -> memory.store4(address, value);
                default -> memory.store8(address, value);
              }
            }
            case Kind.JUMP -> {
              long right = r[step.src()] + step.imm();
              if (holds(step.token(), r[step.left()], right) == step.sense()) {
                at = step.target();
              }
              continue blocks;
            }
            case Kind.NARROW_JUMP -> {
              // Sign extension changes neither a signed comparison's result nor an unsigned one's.
              long left = (int) r[step.left()];
              long right = (int) (r[step.src()] + step.imm());
              if (holds(step.token(), left, right) == step.sense()) {
                at = step.target();
              }
              continue blocks;
            }
            case Kind.SUM_JUMP -> {
              long left = step.left() == Step.LAST ? last : r[step.left()];
              long sum = left + step.imm();
              r[step.dst()] = sum;
              if (holds(step.token(), sum, r[step.src()] + step.value()) == step.sense()) {
                at = step.target();
              }
              continue blocks;
            }
            case Kind.RARE -> {
              long left = step.left() == Step.LAST ? last : r[step.left()];
              last = rare(step, left, r[step.src()] + step.imm());
              r[step.dst()] = last;
            }
            default -> {
              if (step.token() != Token.JA) {
                return at - 1;
              }
              at = step.target();
              continue blocks;
            }
          }
          step = steps[at++];
        }
      }
    } catch (Fault fault) {
      remaining += code.restOfBlock(at - 1);
      throw fault.at(code.slot(at - 1));
    }
  }

  /** Chooses code that can be entered at a slot; returns the index of its step. */
  private int enter(int slot) {
    if (observer == null) {
      code = executable.fastCode(slot);
      int index = code.index(slot);
      if (index != Code.NOWHERE) {
        return index;
      }
    }
    return enterCarefully(slot);
  }

  private int enterCarefully(int slot) {
    code = executable.carefulCode();
    return code.index(slot);
  }

  /** Pays for one instruction, which the observer sees. */
  private void pay(long[] r, int at) {
    if (remaining == 0) {
      throw Fault.of(Fault.Kind.EXCEEDED_MAX_INSTRUCTIONS);
    }
    remaining--;
    if (observer != null) {
      observer.before(r, code.slot(at));
    }
  }

  private long call(Step step, long[] r, int slot) {
    vm.remaining(remaining);
    try {
      return Objects.requireNonNull(step.handler()).call(vm, r[1], r[2], r[3], r[4], r[5]);
    } catch (Fault fault) {
      throw fault.at(slot);
    } finally {
      remaining = vm.remaining();
    }
  }

  private static boolean holds(int comparison, long left, long right) {
    return switch (comparison) {
      case Token.EQ -> left == right;
      case Token.SET -> (left & right) != 0;
      case Token.GT -> left + FLIP > right + FLIP;
      case Token.GE -> left + FLIP >= right + FLIP;
      case Token.SGT -> left > right;
      default -> left >= right;
    };
  }

  private static long rare(Step step, long left, long right) {
    return switch (step.token()) {
      case Token.ARSH64 -> left >> right;
      case Token.ARSH32 -> ((int) left >> (int) right) & LOW;
      case Token.DIV64 -> divide(left, right);
      case Token.DIV32 -> divide(left & LOW, right & LOW);
      case Token.MOD64 -> remainder(left, right);
      case Token.MOD32 -> remainder(left & LOW, right & LOW);
      case Token.ADD32 -> (left + right) & LOW;
      case Token.SUB32 -> (left - right) & LOW;
      case Token.MUL32 -> (left * right) & LOW;
      default -> throw new IllegalStateException("token " + step.token());
    };
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

  private long general(Step step, long[] r) {
    Opcode op = Objects.requireNonNull(step.op());
    long left = r[step.left()];
    long right = r[step.src()] + step.imm();
    AluFault fault = Alu.fault(op, left, right);
    if (fault != null) {
      throw Fault.of(
          switch (fault) {
            case DIVIDE_BY_ZERO -> Fault.Kind.DIVIDE_BY_ZERO;
            case DIVIDE_OVERFLOW -> Fault.Kind.DIVIDE_OVERFLOW;
          });
    }
    return Alu.evaluate(vm.program().version(), op, left, right);
  }
}
