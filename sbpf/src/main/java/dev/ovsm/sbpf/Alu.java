package dev.ovsm.sbpf;

import org.jspecify.annotations.Nullable;

/**
 * What arithmetic, byte order and jump conditions mean, for every version: pure functions on
 * register values.
 *
 * <p>An operand is the value of {@code src}, or {@link Insn#imm()} as it was decoded.
 */
public final class Alu {
  private static final long LOW = 0xFFFF_FFFFL;

  private Alu() {}

  /**
   * The new value of {@code dst} after an instruction of the families ALU32, ALU64, NEG or ENDIAN;
   * of ENDIAN the operand is the width in bits.
   *
   * <p>There must be no {@link #fault}, and a width must be {@link #isWidth valid}.
   */
  public static long evaluate(Version version, Opcode op, long dst, long operand) {
    return switch (op.family()) {
      case ALU32 -> alu32(version, op, dst, operand);
      case ALU64 -> alu64(version, op, dst, immediate(op, operand));
      case NEG -> op.width() == 32 ? -dst & LOW : -dst;
      case ENDIAN -> op == Opcode.LE ? truncate(dst, operand) : swap(dst, operand);
      case LDDW, LOAD, STORE_IMM, STORE_REG, JUMP, JUMP64, JUMP32, CALL, CALLX, EXIT ->
          throw new IllegalArgumentException(op + " is not arithmetic");
    };
  }

  /** Why the instruction faults instead of having a result, or null. */
  public static @Nullable AluFault fault(Opcode op, long dst, long operand) {
    boolean narrow = op.width() == 32;
    return switch (op.operation()) {
      case DIV, MOD, UDIV, UREM -> isZero(narrow, operand) ? AluFault.DIVIDE_BY_ZERO : null;
      case SDIV, SREM -> {
        if (isZero(narrow, operand)) {
          yield AluFault.DIVIDE_BY_ZERO;
        }
        boolean overflows =
            narrow
                ? (int) dst == Integer.MIN_VALUE && (int) operand == -1
                : dst == Long.MIN_VALUE && operand == -1;
        yield overflows ? AluFault.DIVIDE_OVERFLOW : null;
      }
      case ADD, SUB, MUL, OR, AND, LSH, RSH, NEG, XOR, MOV, ARSH, LE, BE, HOR -> null;
      case LMUL, UHMUL, SHMUL, LDDW, LDX, ST, STX, JA, JEQ, JGT, JGE, JSET, JNE -> null;
      case JSGT, JSGE, JLT, JLE, JSLT, JSLE, CALL, CALLX, EXIT -> null;
    };
  }

  /** Whether a conditional jump is taken. */
  public static boolean holds(Opcode op, long dst, long operand) {
    if (op.family() == Family.JUMP32) {
      return switch (op.operation()) {
        case JSGT, JSGE, JSLT, JSLE -> holds(op.operation(), signed(dst), signed(operand));
        default -> holds(op.operation(), dst & LOW, operand & LOW);
      };
    }
    return holds(op.operation(), dst, operand);
  }

  /** Whether {@code le} and {@code be} know a width in bits. */
  public static boolean isWidth(long bits) {
    return bits == 16 || bits == 32 || bits == 64;
  }

  /** What {@code le} leaves of a value: its low 16, 32 or 64 bits, zero-extended. */
  public static long truncate(long value, long bits) {
    return (value << (64 - bits)) >>> (64 - bits);
  }

  /** What {@code be} makes of a value: its low 16, 32 or 64 bits in reversed byte order. */
  public static long swap(long value, long bits) {
    return Long.reverseBytes(value) >>> (64 - bits);
  }

  /** The high half of the unsigned 128-bit product. */
  public static long multiplyHighUnsigned(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** The unsigned quotient by a number that is not 0; quick where signs do not matter. */
  public static long divideUnsigned(long a, long b) {
    return (a | b) >= 0 ? a / b : Long.divideUnsigned(a, b);
  }

  /** The unsigned remainder by a number that is not 0; quick where signs do not matter. */
  public static long remainderUnsigned(long a, long b) {
    return (a | b) >= 0 ? a % b : Long.remainderUnsigned(a, b);
  }

  private static boolean holds(Operation comparison, long a, long b) {
    return switch (comparison) {
      case JEQ -> a == b;
      case JNE -> a != b;
      case JSET -> (a & b) != 0;
      case JGT -> Long.compareUnsigned(a, b) > 0;
      case JGE -> Long.compareUnsigned(a, b) >= 0;
      case JLT -> Long.compareUnsigned(a, b) < 0;
      case JLE -> Long.compareUnsigned(a, b) <= 0;
      case JSGT -> a > b;
      case JSGE -> a >= b;
      case JSLT -> a < b;
      case JSLE -> a <= b;
      case ADD, SUB, MUL, DIV, OR, AND, LSH, RSH, NEG, MOD, XOR, MOV, ARSH, LE, BE, HOR, LMUL ->
          throw notA("comparison", comparison);
      case UHMUL, SHMUL, UDIV, UREM, SDIV, SREM, LDDW, LDX, ST, STX, JA, CALL, CALLX, EXIT ->
          throw notA("comparison", comparison);
    };
  }

  /** Unsigned products and quotients take an immediate zero-extended, all others sign-extended. */
  private static long immediate(Opcode op, long operand) {
    if (op.usesRegister()) {
      return operand;
    }
    return switch (op.operation()) {
      case UHMUL, UDIV, UREM -> operand & LOW;
      default -> operand;
    };
  }

  private static long alu32(Version version, Opcode op, long dst, long operand) {
    int a = (int) dst;
    int b = (int) operand;
    return switch (op.operation()) {
      case ADD -> sum(version, a + b);
      case SUB -> {
        boolean swapped = version.swapSubRegImmOperands() && !op.usesRegister();
        yield sum(version, swapped ? b - a : a - b);
      }
      case MUL -> sum(version, Math.multiplyFull(a, b));
      case LMUL -> Math.multiplyFull(a, b) & LOW;
      case DIV, UDIV -> unsigned(Integer.divideUnsigned(a, b));
      case MOD, UREM -> unsigned(Integer.remainderUnsigned(a, b));
      case SDIV -> unsigned(a / b);
      case SREM -> unsigned(a % b);
      case OR -> unsigned(a | b);
      case AND -> unsigned(a & b);
      case XOR -> unsigned(a ^ b);
      case LSH -> unsigned(a << b);
      case RSH -> unsigned(a >>> b);
      case ARSH -> unsigned(a >> b);
      case MOV -> version.explicitSignExtension() && op.usesRegister() ? b : unsigned(b);
      default -> throw notA("32-bit operation", op.operation());
    };
  }

  private static long alu64(Version version, Opcode op, long a, long b) {
    return switch (op.operation()) {
      case ADD -> a + b;
      case SUB -> version.swapSubRegImmOperands() && !op.usesRegister() ? b - a : a - b;
      case MUL, LMUL -> a * b;
      case UHMUL -> multiplyHighUnsigned(a, b);
      case SHMUL -> Math.multiplyHigh(a, b);
      case DIV, UDIV -> divideUnsigned(a, b);
      case MOD, UREM -> remainderUnsigned(a, b);
      case SDIV -> a / b;
      case SREM -> a % b;
      case OR -> a | b;
      case AND -> a & b;
      case XOR -> a ^ b;
      case LSH -> a << b;
      case RSH -> a >>> b;
      case ARSH -> a >> b;
      case MOV -> b;
      case HOR -> a | (b << 32);
      default -> throw notA("64-bit operation", op.operation());
    };
  }

  /** The register after a 32-bit sum, difference or product. */
  private static long sum(Version version, long value) {
    return version.explicitSignExtension() ? value & LOW : (int) value;
  }

  private static long signed(long value) {
    return (int) value;
  }

  private static long unsigned(int value) {
    return value & LOW;
  }

  private static boolean isZero(boolean narrow, long operand) {
    return (narrow ? operand & LOW : operand) == 0;
  }

  private static IllegalArgumentException notA(String what, Operation operation) {
    return new IllegalArgumentException(operation + " is no " + what);
  }
}
