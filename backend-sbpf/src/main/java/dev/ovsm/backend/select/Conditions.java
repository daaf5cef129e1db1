package dev.ovsm.backend.select;

import dev.ovsm.ir.Comparison;
import dev.ovsm.sbpf.Operation;

/** Comparisons as the conditions of jumps. */
final class Conditions {
  private Conditions() {}

  static Operation of(Comparison comparison, boolean signed) {
    return switch (comparison) {
      case EQ -> Operation.JEQ;
      case NE -> Operation.JNE;
      case LT -> signed ? Operation.JSLT : Operation.JLT;
      case LE -> signed ? Operation.JSLE : Operation.JLE;
      case GT -> signed ? Operation.JSGT : Operation.JGT;
      case GE -> signed ? Operation.JSGE : Operation.JGE;
    };
  }

  /** The condition with its operands exchanged, of those with an order. */
  static Operation swapped(Operation condition) {
    return switch (condition) {
      case JLT -> Operation.JGT;
      case JGT -> Operation.JLT;
      case JLE -> Operation.JGE;
      case JGE -> Operation.JLE;
      default -> condition;
    };
  }
}
