package dev.ovsm.ir.opt;

import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import org.jspecify.annotations.Nullable;

/** Comparisons that are decided, turned around or about booleans; selections between them. */
final class ComparisonRules {
  private final Scope scope;

  ComparisonRules(Scope scope) {
    this.scope = scope;
  }

  @Nullable Outcome simplify(Inst.Compare inst) {
    Long left = scope.constant(inst.left());
    Long right = scope.constant(inst.right());
    Type type = inst.left().type();
    if (left != null && right != null) {
      boolean holds = Arithmetic.holds(inst.op(), type, left, right);
      return Outcome.constant(inst, holds ? 1 : 0);
    }
    if (inst.left().equals(inst.right())) {
      return Outcome.constant(inst, Arithmetic.holds(inst.op(), type, 0, 0) ? 1 : 0);
    }
    if (left != null) {
      Value unknown = inst.right();
      Value constant = inst.left();
      return new Outcome.Becomes(
          new Inst.Compare(inst.result(), inst.op().swapped(), unknown, constant, inst.span()));
    }
    return right == null ? null : withConstant(inst, type, right);
  }

  private @Nullable Outcome withConstant(Inst.Compare inst, Type type, long right) {
    if (type == Type.BOOL) {
      return ofBoolean(inst, right);
    }
    boolean least = right == type.min();
    boolean most = right == type.max();
    return switch (inst.op()) {
      case LT -> least ? Outcome.constant(inst, 0) : most ? with(inst, Comparison.NE) : null;
      case GE -> least ? Outcome.constant(inst, 1) : most ? with(inst, Comparison.EQ) : null;
      case GT -> most ? Outcome.constant(inst, 0) : least ? with(inst, Comparison.NE) : null;
      case LE -> most ? Outcome.constant(inst, 1) : least ? with(inst, Comparison.EQ) : null;
      case EQ, NE -> narrower(inst, right);
    };
  }

  private static Outcome with(Inst.Compare inst, Comparison op) {
    return new Outcome.Becomes(
        new Inst.Compare(inst.result(), op, inst.left(), inst.right(), inst.span()));
  }

  /** A widened value equals a constant if the value itself does. */
  private @Nullable Outcome narrower(Inst.Compare inst, long right) {
    if (scope.definition(inst.left()) instanceof Inst.Convert convert
        && convert.mode() == Mode.EXACT
        && convert.operand().type() != Type.PTR
        && inst.left().type() != Type.PTR) {
      Type type = convert.operand().type();
      if (!type.admits(right, inst.left().type())) {
        return Outcome.constant(inst, inst.op() == Comparison.NE ? 1 : 0);
      }
      Value constant = scope.constant(type, right, inst.span());
      return new Outcome.Becomes(
          new Inst.Compare(inst.result(), inst.op(), convert.operand(), constant, inst.span()));
    }
    return null;
  }

  private Outcome ofBoolean(Inst.Compare inst, long right) {
    boolean whenFalse = Arithmetic.holds(inst.op(), Type.BOOL, 0, right);
    boolean whenTrue = Arithmetic.holds(inst.op(), Type.BOOL, 1, right);
    if (whenFalse == whenTrue) {
      return Outcome.constant(inst, whenTrue ? 1 : 0);
    }
    return whenTrue ? new Outcome.Is(inst.left()) : not(inst, inst.left());
  }

  /** The negation, as the opposite comparison if the operand is one. */
  private Outcome not(Inst inst, Value operand) {
    Value result = inst.result();
    if (result == null) {
      throw new IllegalArgumentException("no result: " + inst);
    }
    if (scope.definition(operand) instanceof Inst.Compare compare) {
      return new Outcome.Becomes(
          new Inst.Compare(
              result, compare.op().negated(), compare.left(), compare.right(), inst.span()));
    }
    Value one = scope.constant(Type.BOOL, 1, inst.span());
    return new Outcome.Becomes(
        new Inst.Binary(result, BinaryOp.XOR, Mode.WRAP, operand, one, inst.span()));
  }

  @Nullable Outcome simplify(Inst.Select inst) {
    Long condition = scope.constant(inst.condition());
    if (condition != null) {
      return new Outcome.Is(condition != 0 ? inst.left() : inst.right());
    }
    if (inst.left().equals(inst.right())) {
      return new Outcome.Is(inst.left());
    }
    if (inst.result().type() == Type.BOOL) {
      if (scope.is(inst.left(), 1) && scope.is(inst.right(), 0)) {
        return new Outcome.Is(inst.condition());
      }
      if (scope.is(inst.left(), 0) && scope.is(inst.right(), 1)) {
        return not(inst, inst.condition());
      }
    }
    return null;
  }

  /** The negation of a comparison is the opposite one. */
  @Nullable Outcome negation(Inst.Binary inst) {
    boolean negates =
        inst.op() == BinaryOp.XOR && inst.result().type() == Type.BOOL && scope.is(inst.right(), 1);
    return negates && scope.definition(inst.left()) instanceof Inst.Compare
        ? not(inst, inst.left())
        : null;
  }
}
