package dev.ovsm.ir.opt;

import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import org.jspecify.annotations.Nullable;

/** Algebra of one operation and of two with constants. */
final class ArithmeticRules {
  private final Scope scope;

  ArithmeticRules(Scope scope) {
    this.scope = scope;
  }

  @Nullable Outcome simplify(Inst.Binary inst) {
    Long left = scope.constant(inst.left());
    Long right = scope.constant(inst.right());
    Type type = inst.left().type();
    if (left != null && right != null) {
      boolean fails = Arithmetic.failure(inst.op(), type, left, right) != null;
      boolean divides = inst.op() == BinaryOp.DIV || inst.op() == BinaryOp.REM;
      boolean wraps = inst.mode() == Mode.WRAP && !(divides && right == 0);
      return fails && !wraps
          ? null
          : Outcome.constant(inst, Arithmetic.wrap(inst.op(), type, left, right));
    }
    if (left != null && inst.op().commutes() && type != Type.PTR) {
      return new Outcome.Becomes(binary(inst, inst.mode(), inst.right(), inst.left()));
    }
    if (inst.left().equals(inst.right())) {
      Outcome outcome = same(inst);
      if (outcome != null) {
        return outcome;
      }
    }
    if (left != null && left == 0 && inst.op().isShift()) {
      return Outcome.constant(inst, 0);
    }
    return right == null ? null : withConstant(inst, right);
  }

  /** Both operands are one value; a quotient of it is not 1 if it is 0. */
  private static @Nullable Outcome same(Inst.Binary inst) {
    return switch (inst.op()) {
      case SUB, XOR -> Outcome.constant(inst, 0);
      case AND, OR -> new Outcome.Is(inst.left());
      case ADD, MUL, DIV, REM, SHL, SHR, MULHI -> null;
    };
  }

  private @Nullable Outcome withConstant(Inst.Binary inst, long right) {
    Type type = inst.result().type();
    boolean ones = type.canonical(-1) == right;
    boolean keeps =
        switch (inst.op()) {
          case ADD, SUB, OR, XOR -> right == 0;
          case SHL, SHR -> (right & (type.bits() - 1)) == 0;
          case MUL, DIV -> right == 1;
          case AND -> ones;
          case REM, MULHI -> false;
        };
    if (keeps) {
      return new Outcome.Is(inst.left());
    }
    boolean zero =
        switch (inst.op()) {
          case MUL, AND, MULHI -> right == 0;
          case REM -> right == 1;
          case ADD, SUB, DIV, OR, XOR, SHL, SHR -> false;
        };
    if (zero) {
      return Outcome.constant(inst, 0);
    }
    if (inst.op() == BinaryOp.OR && ones) {
      return Outcome.constant(inst, right);
    }
    if (inst.op() == BinaryOp.SUB && (type == Type.PTR || inst.mode() == Mode.WRAP)) {
      Type constantType = inst.right().type();
      return new Outcome.Becomes(
          new Inst.Binary(
              inst.result(),
              BinaryOp.ADD,
              Mode.WRAP,
              inst.left(),
              scope.constant(constantType, -right, inst.span()),
              inst.span()));
    }
    Outcome power = power(inst, right);
    return power == null ? twice(inst, right) : power;
  }

  /** An unsigned division by a power of two is a shift or a mask; so is a product that wraps. */
  private @Nullable Outcome power(Inst.Binary inst, long right) {
    Type type = inst.result().type();
    if (Long.bitCount(right) != 1 || type.signed()) {
      return null;
    }
    return switch (inst.op()) {
      case DIV -> shift(inst, BinaryOp.SHR, right);
      case MUL -> inst.mode() == Mode.WRAP ? shift(inst, BinaryOp.SHL, right) : null;
      case REM -> {
        Value mask = scope.constant(type, right - 1, inst.span());
        yield new Outcome.Becomes(
            new Inst.Binary(
                inst.result(), BinaryOp.AND, Mode.WRAP, inst.left(), mask, inst.span()));
      }
      case ADD, SUB, AND, OR, XOR, SHL, SHR, MULHI -> null;
    };
  }

  private Outcome shift(Inst.Binary inst, BinaryOp op, long power) {
    Value amount = scope.constant(Type.U64, Long.numberOfTrailingZeros(power), inst.span());
    return new Outcome.Becomes(
        new Inst.Binary(inst.result(), op, Mode.WRAP, inst.left(), amount, inst.span()));
  }

  /** {@code (x op c) op d} becomes {@code x op (c op d)} where no check is lost. */
  private @Nullable Outcome twice(Inst.Binary inst, long right) {
    if (!(scope.definition(inst.left()) instanceof Inst.Binary inner) || inner.op() != inst.op()) {
      return null;
    }
    Long left = scope.constant(inner.right());
    if (left == null) {
      return null;
    }
    Type type = inner.right().type();
    boolean isAddress = inst.result().type() == Type.PTR;
    boolean wraps = inst.mode() == Mode.WRAP && inner.mode() != Mode.CHECK;
    long combined =
        switch (inst.op()) {
          case ADD -> left + right;
          case AND -> left & right;
          case OR -> left | right;
          case XOR -> left ^ right;
          case MUL -> left * right;
          case SUB, DIV, REM, SHL, SHR, MULHI -> 0;
        };
    boolean combines =
        switch (inst.op()) {
          case ADD -> isAddress || wraps;
          case MUL -> wraps;
          case AND, OR, XOR -> true;
          case SUB, DIV, REM, SHL, SHR, MULHI -> false;
        };
    if (!combines || inner.right().type() != inst.right().type()) {
      return null;
    }
    Value constant = scope.constant(type, combined, inst.span());
    return new Outcome.Becomes(binary(inst, Mode.WRAP, inner.left(), constant));
  }

  private static Inst.Binary binary(Inst.Binary inst, Mode mode, Value first, Value second) {
    return new Inst.Binary(inst.result(), inst.op(), mode, first, second, inst.span());
  }
}
