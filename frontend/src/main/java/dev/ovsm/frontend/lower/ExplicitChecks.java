package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;

/**
 * Checked arithmetic as conditions and branches, for places where a failure must not end the
 * invocation; it fails exactly where the same operation without them does, with the same code.
 */
final class ExplicitChecks {
  private static final int WORD = 64;
  private final Emitter emitter;
  private final Span span;

  ExplicitChecks(Emitter emitter, Span span) {
    this.emitter = emitter;
    this.span = span;
  }

  Value binary(BinaryOp op, Mode mode, Value left, Value right) {
    return switch (op) {
      case ADD -> add(left, right);
      case SUB -> subtract(left, right);
      case MUL -> multiply(left, right);
      case DIV, REM -> divide(op, mode, left, right);
      case AND, OR, XOR, SHL, SHR, MULHI -> wrap(op, left, right);
    };
  }

  private Value wrap(BinaryOp op, Value left, Value right) {
    return emitter.binary(op, Mode.WRAP, left, right, span);
  }

  private Value constant(Type type, long value) {
    return emitter.constant(type, value, span);
  }

  private Value compare(Comparison op, Value left, Value right) {
    return emitter.compare(op, left, right, span);
  }

  private void require(Value condition, Failure failure) {
    emitter.require(condition, failure, span);
  }

  private Value add(Value left, Value right) {
    Value sum = wrap(BinaryOp.ADD, left, right);
    if (left.type().signed()) {
      // Both operands have one sign and the sum has the other.
      Value changed = wrap(BinaryOp.XOR, left, sum);
      sameSign(wrap(BinaryOp.AND, changed, wrap(BinaryOp.XOR, right, sum)));
    } else {
      require(compare(Comparison.GE, sum, left), Failure.OVERFLOW);
    }
    return sum;
  }

  private Value subtract(Value left, Value right) {
    Value difference = wrap(BinaryOp.SUB, left, right);
    if (left.type().signed()) {
      Value differ = wrap(BinaryOp.XOR, left, right);
      sameSign(wrap(BinaryOp.AND, differ, wrap(BinaryOp.XOR, left, difference)));
    } else {
      require(compare(Comparison.GE, left, right), Failure.OVERFLOW);
    }
    return difference;
  }

  private void sameSign(Value bits) {
    require(compare(Comparison.GE, bits, constant(bits.type(), 0)), Failure.OVERFLOW);
  }

  private Value multiply(Value left, Value right) {
    Type type = left.type();
    if (type.bits() < WORD) {
      Type wide = type.signed() ? Type.I64 : Type.U64;
      Value a = emitter.convert(wide, Mode.WRAP, left, span);
      Value b = emitter.convert(wide, Mode.WRAP, right, span);
      return narrow(type, wrap(BinaryOp.MUL, a, b), Failure.OVERFLOW);
    }
    Value a = magnitude(left);
    Value b = magnitude(right);
    Value high = wrap(BinaryOp.MULHI, a, b);
    require(compare(Comparison.EQ, high, constant(Type.U64, 0)), Failure.OVERFLOW);
    if (type.signed()) {
      Value signs = wrap(BinaryOp.XOR, left, right);
      Value negative = compare(Comparison.LT, signs, constant(type, 0));
      Value least = constant(Type.U64, Long.MIN_VALUE);
      Value greatest = constant(Type.U64, Long.MAX_VALUE);
      Value limit = emitter.at(span).select(negative, least, greatest);
      require(compare(Comparison.LE, wrap(BinaryOp.MUL, a, b), limit), Failure.OVERFLOW);
    }
    return wrap(BinaryOp.MUL, left, right);
  }

  private Value magnitude(Value word) {
    Value bits = emitter.convert(Type.U64, Mode.WRAP, word, span);
    if (!word.type().signed()) {
      return bits;
    }
    Value negated = wrap(BinaryOp.SUB, constant(Type.U64, 0), bits);
    Value negative = compare(Comparison.LT, word, constant(word.type(), 0));
    return emitter.at(span).select(negative, negated, bits);
  }

  private Value divide(BinaryOp op, Mode mode, Value left, Value right) {
    Type type = left.type();
    Value zero = constant(type, 0);
    require(compare(Comparison.NE, right, zero), Failure.DIVISION_BY_ZERO);
    if (type.signed() && op == BinaryOp.DIV && mode == Mode.CHECK) {
      Value least = constant(type, 1L << (type.bits() - 1));
      Value isLeast = compare(Comparison.EQ, left, least);
      Value divisor = emitter.at(span).select(isLeast, right, constant(type, 1));
      require(compare(Comparison.NE, divisor, constant(type, -1)), Failure.OVERFLOW);
    }
    // Nothing is left to fail; the mode only says so in a way that needs no proof.
    return emitter.at(span).binary(op, mode, left, right);
  }

  Value convert(Type type, Value value) {
    return type == value.type() ? value : narrow(type, value, Failure.NARROWING);
  }

  private Value narrow(Type type, Value value, Failure failure) {
    Type from = value.type();
    Value kept = emitter.convert(type, Mode.WRAP, value, span);
    if (type.bits() < from.bits()) {
      Value back = emitter.convert(from, Mode.WRAP, kept, span);
      require(compare(Comparison.EQ, back, value), failure);
    }
    if (from.signed() && !type.signed()) {
      require(compare(Comparison.GE, value, constant(from, 0)), failure);
    } else if (type.signed() && !from.signed() && type.bits() <= from.bits()) {
      require(compare(Comparison.GE, kept, constant(type, 0)), failure);
    }
    return kept;
  }
}
