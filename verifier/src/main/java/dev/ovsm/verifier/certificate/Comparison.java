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
    Interval small = new Interval(0, Integer.MAX_VALUE);
    boolean comparable =
        !left.isFrame()
            && !right.isFrame()
            && (insn.op().family() == Family.JUMP64
                || (small.includes(left.range()) && small.includes(right.range())));
    if (!comparable) {
      return before.copy();
    }
    Operation relation = holds ? insn.op().operation() : opposite(insn.op().operation());
    Interval a = least(relation, left.range(), right.range());
    Interval b = a == null ? null : least(mirrored(relation), right.range(), left.range());
    if (a == null || b == null) {
      return null;
    }
    State after = before.copy();
    after.refine(left, a);
    after.refine(right, b);
    return after;
  }

  private static Operation opposite(Operation relation) {
    return switch (relation) {
      case JEQ -> Operation.JNE;
      case JNE -> Operation.JEQ;
      case JGT -> Operation.JLE;
      case JGE -> Operation.JLT;
      case JLT -> Operation.JGE;
      case JLE -> Operation.JGT;
      case JSGT -> Operation.JSLE;
      case JSGE -> Operation.JSLT;
      case JSLT -> Operation.JSGE;
      case JSLE -> Operation.JSGT;
      default -> Operation.JA;
    };
  }

  private static Operation mirrored(Operation relation) {
    return switch (relation) {
      case JGT -> Operation.JLT;
      case JGE -> Operation.JLE;
      case JLT -> Operation.JGT;
      case JLE -> Operation.JGE;
      case JSGT -> Operation.JSLT;
      case JSGE -> Operation.JSLE;
      case JSLT -> Operation.JSGT;
      case JSLE -> Operation.JSGE;
      default -> relation;
    };
  }

  /** Where the first operand lies if it stands in the relation to the second; null if nowhere. */
  private static @Nullable Interval least(Operation relation, Interval a, Interval b) {
    return switch (relation) {
      case JEQ -> meet(a, b.low(), b.high());
      case JNE -> without(a, b);
      case JSLT -> b.high() == Long.MIN_VALUE ? null : meet(a, Long.MIN_VALUE, b.high() - 1);
      case JSLE -> meet(a, Long.MIN_VALUE, b.high());
      case JSGT -> b.low() == Long.MAX_VALUE ? null : meet(a, b.low() + 1, Long.MAX_VALUE);
      case JSGE -> meet(a, b.low(), Long.MAX_VALUE);
      // Without a sign whatever is below a natural number is one itself.
      case JLT -> b.isNatural() ? (b.high() == 0 ? null : meet(a, 0, b.high() - 1)) : a;
      case JLE -> b.isNatural() ? meet(a, 0, b.high()) : a;
      case JGT ->
          a.isNatural() && b.isNatural() && b.low() < Long.MAX_VALUE
              ? meet(a, b.low() + 1, Long.MAX_VALUE)
              : a;
      case JGE -> a.isNatural() && b.isNatural() ? meet(a, b.low(), Long.MAX_VALUE) : a;
      default -> a;
    };
  }

  private static @Nullable Interval meet(Interval a, long low, long high) {
    long from = Math.max(a.low(), low);
    long to = Math.min(a.high(), high);
    return from <= to ? new Interval(from, to) : null;
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
