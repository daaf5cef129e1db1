package dev.ovsm.backend.expand;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signed operations by way of unsigned ones and branches on signs. */
final class SignedArithmetic {
  private final Drafts out;
  private final Map<Integer, Long> constants;

  SignedArithmetic(Drafts out, Map<Integer, Long> constants) {
    this.out = out;
    this.constants = constants;
  }

  /** A checked sum, difference or product of type {@code I64}. */
  void checked(Inst.Binary inst) {
    Long factor = inst.op() == BinaryOp.MUL ? constants.get(inst.right().id()) : null;
    if (factor != null && factor != 0) {
      product(inst, factor);
    } else if (inst.op() == BinaryOp.MUL) {
      product(inst);
    } else if (constants.containsKey(inst.right().id())
        || (inst.op() == BinaryOp.ADD && constants.containsKey(inst.left().id()))) {
      out.emit(inst);
    } else {
      sum(inst);
    }
  }

  /** The wrapped result lies on the wrong side of the left operand exactly when it overflowed. */
  private void sum(Inst.Binary inst) {
    boolean adds = inst.op() == BinaryOp.ADD;
    Value left = inst.left();
    Value right = inst.right();
    Value wrapped = inst.result();
    out.emit(new Inst.Binary(wrapped, inst.op(), Mode.WRAP, left, right, inst.span()));
    int negative = out.block();
    int positive = out.block();
    int join = out.block();
    out.branch(Comparison.LT, right, out.constant(Type.I64, 0), negative, positive);
    out.enter(positive);
    out.failIf(adds ? Comparison.LT : Comparison.GT, wrapped, left, Failure.OVERFLOW);
    out.jump(join);
    out.enter(negative);
    out.failIf(adds ? Comparison.GT : Comparison.LT, wrapped, left, Failure.OVERFLOW);
    out.jump(join);
    out.enter(join);
  }

  /** By a constant: the other factor lies between what goes into the least and largest number. */
  private void product(Inst.Binary inst, long factor) {
    Value left = inst.left();
    long ofMost = Long.MAX_VALUE / factor;
    if (factor == -1) {
      out.failIf(Comparison.LT, left, out.constant(Type.I64, ofMost), Failure.OVERFLOW);
    } else {
      long ofLeast = Long.MIN_VALUE / factor;
      Value most = out.constant(Type.I64, Math.max(ofMost, ofLeast));
      Value least = out.constant(Type.I64, Math.min(ofMost, ofLeast));
      out.failIf(Comparison.GT, left, most, Failure.OVERFLOW);
      out.failIf(Comparison.LT, left, least, Failure.OVERFLOW);
    }
    out.emit(new Inst.Binary(inst.result(), inst.op(), Mode.WRAP, left, inst.right(), inst.span()));
  }

  /** Two factors of 32 bits cannot overflow; others are multiplied as magnitudes. */
  private void product(Inst.Binary inst) {
    int test = out.block();
    int fast = out.block();
    int slow = out.block();
    int join = out.block(inst.result());
    out.branch(Comparison.EQ, inst.left(), cut(inst.left()), test, slow);
    out.enter(test);
    out.branch(Comparison.EQ, inst.right(), cut(inst.right()), fast, slow);
    out.enter(fast);
    out.jump(join, out.binary(BinaryOp.MUL, inst.left(), inst.right()));
    out.enter(slow);
    Value left = magnitude(inst.left());
    Value right = magnitude(inst.right());
    Value product = out.fresh(Type.U64);
    out.product(product, left, right);
    signed(inst, product, join);
    out.enter(join);
  }

  private Value cut(Value value) {
    return out.wrap(Type.I64, out.wrap(Type.I32, value));
  }

  /**
   * Jumps to {@code join} with the magnitude under the sign that left and right give it. A quotient
   * is too large only as the least number by -1, a product on either side.
   */
  private void signed(Inst.Binary inst, Value magnitude, int join) {
    Value signs = out.binary(BinaryOp.XOR, inst.left(), inst.right());
    int negative = out.block();
    int positive = out.block();
    Value zero = out.constant(inst.left().type(), 0);
    out.branch(Comparison.LT, signs, zero, negative, positive);
    out.enter(positive);
    if (inst.mode() == Mode.CHECK) {
      Type type = inst.result().type();
      Value most = out.constant(Type.U64, type.max());
      out.failIf(Comparison.GT, magnitude, most, Failure.OVERFLOW);
    }
    out.jump(join, out.wrap(inst.result().type(), magnitude));
    out.enter(negative);
    Value negated = out.negate(out.wrap(Type.I64, magnitude));
    if (inst.mode() == Mode.CHECK && inst.op() == BinaryOp.MUL) {
      out.failIf(Comparison.GT, negated, out.constant(Type.I64, 0), Failure.OVERFLOW);
    }
    out.jump(join, out.wrap(inst.result().type(), negated));
  }

  /** The absolute value as an unsigned number; that of the least number is right, too. */
  private Value magnitude(Value value) {
    Value wide = out.wrap(Type.I64, value);
    Value result = out.fresh(Type.U64);
    int negative = out.block();
    int positive = out.block();
    int join = out.block(result);
    out.branch(Comparison.LT, wide, out.constant(Type.I64, 0), negative, positive);
    out.enter(positive);
    out.jump(join, out.wrap(Type.U64, wide));
    out.enter(negative);
    out.jump(join, out.wrap(Type.U64, out.negate(wide)));
    out.enter(join);
    return result;
  }

  /** A signed quotient or remainder, in any mode. */
  void divide(Inst.Binary inst) {
    Long divisor = constants.get(inst.right().id());
    Type type = inst.result().type();
    if (divisor == null && inst.mode() != Mode.EXACT) {
      out.failIf(Comparison.EQ, inst.right(), out.constant(type, 0), Failure.DIVISION_BY_ZERO);
    }
    int join = out.block(inst.result());
    if (inst.op() == BinaryOp.REM || (divisor != null && divisor > 0)) {
      bySignOfDividend(inst, divisor, join);
    } else {
      Value left = magnitude(inst.left());
      Value right = magnitude(inst.right());
      Value quotient = out.binary(BinaryOp.DIV, modeOf(divisor), left, right);
      signed(inst, quotient, join);
    }
    out.enter(join);
  }

  /** The result has the dividend's sign: a remainder, or a quotient by a positive constant. */
  private void bySignOfDividend(Inst.Binary inst, @Nullable Long divisor, int join) {
    Type type = inst.result().type();
    Value wide = out.wrap(Type.I64, inst.left());
    Value right =
        divisor != null && divisor > 0 ? out.constant(Type.U64, divisor) : magnitude(inst.right());
    int negative = out.block();
    int positive = out.block();
    out.branch(Comparison.LT, wide, out.constant(Type.I64, 0), negative, positive);
    out.enter(positive);
    Value up = out.binary(inst.op(), modeOf(divisor), out.wrap(Type.U64, wide), right);
    out.jump(join, out.wrap(type, up));
    out.enter(negative);
    Value magnitude = out.wrap(Type.U64, out.negate(wide));
    Value down = out.binary(inst.op(), modeOf(divisor), magnitude, right);
    out.jump(join, out.wrap(type, out.negate(down)));
  }

  /** A divisor known to be zero is still to fail; any other one was checked or is constant. */
  private static Mode modeOf(@Nullable Long divisor) {
    return divisor != null && divisor == 0 ? Mode.CHECK : Mode.EXACT;
  }
}
