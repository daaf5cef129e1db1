package dev.ovsm.ir;

import org.jspecify.annotations.Nullable;

/**
 * The meaning of operations on constants, shared by the interpreter and by everything that computes
 * at compile time. Operands and results are in canonical form.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /**
   * Why the operation fails in mode {@code CHECK}, or null if it does not; division by zero fails
   * in every mode. {@code type} is that of the left operand.
   */
  public static @Nullable Failure failure(BinaryOp op, Type type, long left, long right) {
    return switch (op) {
      case ADD, SUB, MUL -> overflows(op, type, left, right) ? Failure.OVERFLOW : null;
      case DIV -> {
        if (right == 0) {
          yield Failure.DIVISION_BY_ZERO;
        }
        boolean over = type.signed() && left == type.min() && right == -1;
        yield over ? Failure.OVERFLOW : null;
      }
      case REM -> right == 0 ? Failure.DIVISION_BY_ZERO : null;
      case AND, OR, XOR, SHL, SHR, MULHI -> null;
    };
  }

  private static boolean overflows(BinaryOp op, Type type, long left, long right) {
    if (type.bits() < 64) {
      long result = wide(op, left, right);
      return result != type.canonical(result);
    }
    long result = wide(op, left, right);
    return switch (op) {
      case ADD ->
          type.signed()
              ? ((left ^ result) & (right ^ result)) < 0
              : Long.compareUnsigned(result, left) < 0;
      case SUB ->
          type.signed()
              ? ((left ^ right) & (left ^ result)) < 0
              : Long.compareUnsigned(left, right) < 0;
      case MUL ->
          type.signed()
              ? Math.multiplyHigh(left, right) != result >> 63
              : multiplyHigh(left, right) != 0;
      case DIV, REM, AND, OR, XOR, SHL, SHR, MULHI -> false;
    };
  }

  private static long wide(BinaryOp op, long left, long right) {
    return switch (op) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL, DIV, REM, AND, OR, XOR, SHL, SHR, MULHI -> left * right;
    };
  }

  /** The high half of the product of two unsigned numbers. */
  public static long multiplyHigh(long left, long right) {
    return Math.multiplyHigh(left, right) + ((left >> 63) & right) + ((right >> 63) & left);
  }

  /** The result with its low bits kept; {@code right} is not zero in a division. */
  public static long wrap(BinaryOp op, Type type, long left, long right) {
    int mask = type.bits() - 1;
    return type.canonical(
        switch (op) {
          case ADD, SUB, MUL -> wide(op, left, right);
          case DIV -> type.signed() ? left / right : Long.divideUnsigned(left, right);
          case REM -> type.signed() ? left % right : Long.remainderUnsigned(left, right);
          case AND -> left & right;
          case OR -> left | right;
          case XOR -> left ^ right;
          case SHL -> left << (right & mask);
          case SHR -> type.signed() ? left >> (right & mask) : left >>> (right & mask);
          case MULHI -> multiplyHigh(left, right);
        });
  }

  /** Whether a comparison of two values of one type holds. */
  public static boolean holds(Comparison op, Type type, long left, long right) {
    int order = type.signed() ? Long.compare(left, right) : Long.compareUnsigned(left, right);
    return switch (op) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }
}
