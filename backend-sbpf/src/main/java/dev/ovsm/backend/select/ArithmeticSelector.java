package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and conversions: the instructions that compute, the tests that a checked operation
 * needs, and the step that brings a result to the canonical form of its type.
 */
final class ArithmeticSelector {
  private final Emitter out;
  private final Values values;
  private final Comparing comparing;
  private final ShiftSelector shifts;

  ArithmeticSelector(Emitter out, Values values, Comparing comparing) {
    this.out = out;
    this.values = values;
    this.comparing = comparing;
    this.shifts = new ShiftSelector(out, values);
  }

  void binary(Inst.Binary inst) {
    Inst.Binary ordered = ordered(inst);
    int dst = values.home(inst.result());
    switch (inst.op()) {
      case ADD, SUB, MUL -> {
        if (inst.mode() == Mode.CHECK) {
          checked(ordered, dst);
        } else {
          plain(ordered, dst);
        }
      }
      case DIV, REM -> divide(ordered, dst);
      case AND, OR, XOR -> bitwise(ordered, dst);
      case SHL -> shifts.left(ordered, dst);
      case SHR -> shifts.right(ordered, dst);
      case MULHI -> throw new IllegalStateException("not expanded: " + inst);
    }
  }

  /**
   * With a constant, or else a value that is wanted again, on the right if it may be there; on the
   * left the number that the result takes the place of in a loop.
   */
  private Inst.Binary ordered(Inst.Binary inst) {
    boolean constantLeft = values.constant(inst.left()) != null;
    boolean constantRight = values.constant(inst.right()) != null;
    boolean replacesLeft = values.isBroughtTo(inst.result(), inst.left());
    boolean replacesRight = values.isBroughtTo(inst.result(), inst.right());
    boolean keepsLeft =
        replacesLeft == replacesRight
            ? !values.isUsedOnce(inst.left()) && values.isUsedOnce(inst.right())
            : replacesRight;
    boolean turns = constantLeft ? !constantRight : !constantRight && keepsLeft;
    return inst.op().commutes() && turns
        ? new Inst.Binary(
            inst.result(), inst.op(), inst.mode(), inst.right(), inst.left(), inst.span())
        : inst;
  }

  private static Operation operation(BinaryOp op, boolean signed) {
    return switch (op) {
      case ADD -> Operation.ADD;
      case SUB -> Operation.SUB;
      case MUL, MULHI -> Operation.MUL;
      case DIV -> Operation.DIV;
      case REM -> Operation.MOD;
      case AND -> Operation.AND;
      case OR -> Operation.OR;
      case XOR -> Operation.XOR;
      case SHL -> Operation.LSH;
      case SHR -> signed ? Operation.ARSH : Operation.RSH;
    };
  }

  /** {@code dst = left operation right} in a family, without any test. */
  private void compute(Family family, Operation operation, int dst, Value left, Value right) {
    Long immediate = values.immediate(right);
    int source = immediate == null ? values.register(right) : 0;
    values.into(dst, left);
    out.code(
        Opcodes.of(family, operation, immediate == null),
        dst,
        source,
        0,
        immediate == null ? 0 : immediate,
        null);
  }

  private void compute(Inst.Binary inst, int dst) {
    Operation operation = operation(inst.op(), inst.result().type().signed());
    compute(Family.ALU64, operation, dst, inst.left(), inst.right());
  }

  /** A sum, difference or product that wraps or is known to fit. */
  private void plain(Inst.Binary inst, int dst) {
    Type type = inst.result().type();
    if (type == Type.I32 && inst.mode() == Mode.WRAP) {
      // The machine sign-extends 32-bit sums, differences and products.
      Operation operation = operation(inst.op(), true);
      compute(Family.ALU32, operation, dst, inst.left(), inst.right());
    } else {
      compute(inst, dst);
      if (inst.mode() == Mode.WRAP && !comparing.isUncut(inst.result())) {
        out.cut(dst, type);
      }
    }
  }

  private void checked(Inst.Binary inst, int dst) {
    Type type = inst.result().type();
    Long constant = values.constant(inst.right());
    Link overflow = out.failure(Failure.OVERFLOW.code());
    if (!type.signed() && inst.op() == BinaryOp.SUB) {
      compare(Operation.JLT, inst.left(), inst.right(), overflow);
      compute(inst, dst);
    } else if (type == Type.U64 && inst.op() == BinaryOp.ADD) {
      compute(inst, dst);
      compareWith(Operation.JLT, dst, inst.right(), overflow);
    } else if (type == Type.U64) {
      if (constant == null) {
        throw new IllegalStateException("not expanded: " + inst);
      }
      if (constant != 0) {
        long most = Long.divideUnsigned(-1L, constant);
        compareConstant(Operation.JGT, values.register(inst.left()), most, overflow);
      }
      compute(inst, dst);
    } else if (type == Type.I64) {
      if (constant == null) {
        throw new IllegalStateException("not expanded: " + inst);
      }
      compute(inst, dst);
      boolean grows = (inst.op() == BinaryOp.ADD) == (constant >= 0);
      Operation wrong = grows ? Operation.JSLT : Operation.JSGT;
      out.jumpIf(wrong, dst, values.register(inst.left()), overflow);
    } else {
      compute(inst, dst);
      fit(dst, type, true, up(inst, constant), down(inst, constant), overflow);
    }
  }

  private static boolean up(Inst.Binary inst, @Nullable Long constant) {
    return constant == null
        || inst.op() == BinaryOp.MUL
        || (inst.op() == BinaryOp.ADD) == (constant > 0);
  }

  private static boolean down(Inst.Binary inst, @Nullable Long constant) {
    return constant == null
        || inst.op() == BinaryOp.MUL
        || (inst.op() == BinaryOp.ADD) == (constant < 0);
  }

  /**
   * Leaves unless the number in a register fits a type of fewer than 64 bits.
   *
   * @param signed whether the register holds a signed number
   * @param above whether it may be too large
   * @param below whether it may be too small
   */
  private void fit(
      int register, Type type, boolean signed, boolean above, boolean below, Link exit) {
    if (!type.signed()) {
      // As an unsigned number a negative one is too large, too.
      if (type == Type.U32) {
        int cut = out.fresh();
        out.alu32(Operation.MOV, cut, register);
        out.jumpIf(Operation.JNE, cut, register, exit);
      } else {
        out.jumpIfImm(Operation.JGT, register, type.max(), exit);
      }
    } else if (!signed) {
      out.jumpIfImm(Operation.JGT, register, type.max(), exit);
    } else {
      if (above) {
        out.jumpIfImm(Operation.JSGT, register, type.max(), exit);
      }
      if (below) {
        out.jumpIfImm(Operation.JSLT, register, type.min(), exit);
      }
    }
  }

  private void compare(Operation condition, Value left, Value right, Link exit) {
    Long constant = values.immediate(left);
    if (constant != null && values.constant(right) == null) {
      out.jumpIfImm(Conditions.swapped(condition), values.register(right), constant, exit);
    } else {
      compareWith(condition, values.register(left), right, exit);
    }
  }

  private void compareWith(Operation condition, int left, Value right, Link exit) {
    Long constant = values.immediate(right);
    if (constant == null) {
      out.jumpIf(condition, left, values.register(right), exit);
    } else {
      out.jumpIfImm(condition, left, constant, exit);
    }
  }

  private void compareConstant(Operation condition, int left, long constant, Link exit) {
    if (Opcodes.fits(constant)) {
      out.jumpIfImm(condition, left, constant, exit);
    } else {
      int register = out.fresh();
      out.constant(register, constant);
      out.jumpIf(condition, left, register, exit);
    }
  }

  /** Unsigned only: signed division is expanded before. */
  private void divide(Inst.Binary inst, int dst) {
    Long constant = values.constant(inst.right());
    if (inst.mode() != Mode.EXACT && (constant == null || constant == 0)) {
      Link exit = out.failure(Failure.DIVISION_BY_ZERO.code());
      out.jumpIfImm(Operation.JEQ, values.register(inst.right()), 0, exit);
    }
    Operation operation = operation(inst.op(), false);
    boolean immediate = constant != null && constant > 0 && Opcodes.fits(constant);
    if (immediate) {
      compute(Family.ALU64, operation, dst, inst.left(), inst.right());
    } else {
      int divisor = values.register(inst.right());
      values.into(dst, inst.left());
      out.alu(operation, dst, divisor);
    }
  }

  /** 32-bit forms take constants of which a 64-bit form would extend the sign. */
  private void bitwise(Inst.Binary inst, int dst) {
    Long constant = values.constant(inst.right());
    Operation operation = operation(inst.op(), false);
    if (constant != null
        && !Opcodes.fits(constant)
        && constant >>> 32 == 0
        && inst.result().type() == Type.U32) {
      values.into(dst, inst.left());
      int low = constant.intValue();
      out.alu32Imm(operation, dst, low);
    } else {
      compute(inst, dst);
    }
  }

  void convert(Inst.Convert inst) {
    Type from = inst.operand().type();
    Type to = inst.result().type();
    Long constant = values.constant(inst.operand());
    if (constant != null && (inst.mode() != Mode.CHECK || to.admits(constant, from))) {
      values.isConstant(inst.result(), to.canonical(constant));
      return;
    }
    boolean keeps = from.fitsIn(to) || inst.mode() == Mode.EXACT;
    if (!keeps && inst.mode() == Mode.CHECK) {
      Link exit = out.failure(Failure.NARROWING.code());
      int register = values.register(inst.operand());
      if (to.bits() == 64) {
        out.jumpIfImm(Operation.JSLT, register, 0, exit);
      } else {
        fit(register, to, from.signed(), true, true, exit);
      }
      keeps = true;
    }
    if (keeps || to.bits() == 64 || comparing.isUncut(inst.result())) {
      values.isSame(inst.result(), inst.operand());
    } else {
      int dst = values.home(inst.result());
      if (to == Type.U32) {
        out.alu32(Operation.MOV, dst, values.register(inst.operand()));
      } else {
        values.into(dst, inst.operand());
        out.cut(dst, to);
      }
    }
  }

  /** The constant result, if both operands are constants and nothing fails. */
  @Nullable Long folded(Inst.Binary inst) {
    Long left = values.constant(inst.left());
    Long right = values.constant(inst.right());
    if (left == null || right == null) {
      return null;
    }
    Type type = inst.left().type();
    boolean fails = Arithmetic.failure(inst.op(), type, left, right) != null;
    return fails ? null : Arithmetic.wrap(inst.op(), type, left, right);
  }
}
