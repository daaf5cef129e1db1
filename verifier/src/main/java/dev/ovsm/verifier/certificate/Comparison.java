package dev.ovsm.verifier.certificate;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Operation;
import org.jspecify.annotations.Nullable;

/** What is known after a conditional jump. */
final class Comparison {
  private Comparison() {}

  /**
   * The state where a comparison holds, or does not; null if that cannot be.
   *
   * @param right the second operand
   */
  static @Nullable State after(State before, Insn insn, Value left, Value right, boolean holds) {
    boolean comparable =
        !left.isFrame()
            && !right.isFrame()
            && (insn.op().family() == Family.JUMP64
                || (Interval.SMALL.includes(left.range())
                    && Interval.SMALL.includes(right.range())));
    if (!comparable) {
      return before.copy();
    }
    Operation operation = insn.op().operation();
    if (operation == Operation.JEQ || operation == Operation.JNE) {
      Interval x = left.range();
      Interval y = right.range();
      boolean equal = (operation == Operation.JEQ) == holds;
      Interval a = equal ? x.meet(y.low(), y.high()) : without(x, y);
      Interval b = equal ? a : without(y, x);
      return refined(before, left, a, right, b);
    }
    return switch (operation) {
      case JLT -> ordered(before, left, right, holds, true, false);
      case JLE -> ordered(before, left, right, holds, false, false);
      case JGT -> ordered(before, right, left, holds, true, false);
      case JGE -> ordered(before, right, left, holds, false, false);
      case JSLT -> ordered(before, left, right, holds, true, true);
      case JSLE -> ordered(before, left, right, holds, false, true);
      case JSGT -> ordered(before, right, left, holds, true, true);
      case JSGE -> ordered(before, right, left, holds, false, true);
      default -> before.copy();
    };
  }

  /** Where the first is below the second, or not above it; or where that is not so. */
  private static @Nullable State ordered(
      State before, Value first, Value second, boolean holds, boolean strictly, boolean signed) {
    Value less = holds ? first : second;
    Value more = holds ? second : first;
    long apart = strictly == holds ? 1 : 0;
    Interval a = less.range();
    Interval b = more.range();
    if (signed || b.isNatural()) {
      // Without a sign whatever is below a natural number is one itself.
      long least = signed ? Long.MIN_VALUE : 0;
      a = b.high() < Long.MIN_VALUE + apart ? null : a.meet(least, b.high() - apart);
    }
    if (a != null && (signed || (a.isNatural() && b.isNatural()))) {
      b = a.low() > Long.MAX_VALUE - apart ? null : b.meet(a.low() + apart, Long.MAX_VALUE);
    }
    return refined(before, less, a, more, b);
  }

  private static @Nullable State refined(
      State before, Value left, @Nullable Interval a, Value right, @Nullable Interval b) {
    if (a == null || b == null) {
      return null;
    }
    State after = before.copy();
    after.refine(left, a);
    after.refine(right, b);
    return after;
  }

  private static @Nullable Interval without(Interval a, Interval b) {
    if (!b.isConstant() || a.equals(b)) {
      return b.isConstant() ? null : a;
    }
    if (a.low() == b.low()) {
      return new Interval(a.low() + 1, a.high());
    }
    return a.high() == b.low() ? new Interval(a.low(), a.high() - 1) : a;
  }
}
