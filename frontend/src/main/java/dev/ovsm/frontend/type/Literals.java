package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Mode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ranges of number types, and the values of constant expressions. */
final class Literals {
  /** How many digits after the point a decimal keeps. */
  private static final int DECIMAL_DIGITS = 6;

  private Literals() {}

  static BigInteger least(Type.Int type) {
    return type.signed() ? BigInteger.ONE.shiftLeft(type.bits() - 1).negate() : BigInteger.ZERO;
  }

  static BigInteger greatest(Type.Int type) {
    int magnitude = type.signed() ? type.bits() - 1 : type.bits();
    return BigInteger.ONE.shiftLeft(magnitude).subtract(BigInteger.ONE);
  }

  static boolean fits(BigInteger value, Type.Int type) {
    return value.compareTo(least(type)) >= 0 && value.compareTo(greatest(type)) <= 0;
  }

  /** The value with the low bits of {@code value}. */
  static BigInteger wrapped(BigInteger value, Type.Int type) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(type.bits());
    BigInteger low = value.mod(modulus);
    return low.compareTo(greatest(type)) > 0 ? low.subtract(modulus) : low;
  }

  /** The type of a literal that nothing constrains: {@code i64} if it fits. */
  static Type.Int natural(BigInteger value) {
    for (Type.Int type : List.of(Type.I64, Type.U64, Type.I128)) {
      if (fits(value, type)) {
        return type;
      }
    }
    return Type.U128;
  }

  /** Whether every value of {@code inner} is one of {@code outer}. */
  static boolean contains(Type.Int outer, Type.Int inner) {
    return fits(least(inner), outer) && fits(greatest(inner), outer);
  }

  /** Numbers that are known, where bytes are wanted: like a text they lie in the program's data. */
  static Optional<Hir> bytes(Hir.VectorOf vector, Type type) {
    List<Byte> bytes = new ArrayList<>();
    for (Hir item : vector.items()) {
      Optional<BigInteger> value = constant(item);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      bytes.add(value.get().byteValue());
    }
    Span span = vector.span();
    if (!(type instanceof Type.Array array) || !Unifier.unify(array.of(), Type.U8, span)) {
      return Optional.empty();
    }
    Hir length = new Hir.Constant(BigInteger.valueOf(bytes.size()), Type.U64, span);
    Hir address = new Hir.BytesConstant(bytes, 1, Type.U64, span);
    return Optional.of(new Hir.Compose(List.of(address, length), Type.Basic.STRING, span));
  }

  /**
   * Reports a literal that its type has no room for.
   *
   * @param decided the place that gave it this type, if another did
   */
  static void check(
      BigInteger value, Type.Int type, Span span, @Nullable Span decided, Context context) {
    if (!fits(value, type)) {
      Diagnostic report =
          Diagnostic.at(span, LanguageCode.DOES_NOT_FIT, value + " does not fit " + type.word())
              .withNote(type.word() + " holds " + least(type) + " to " + greatest(type))
              .withHelp("use a number in that range, or give the value a wider type");
      boolean isElsewhere =
          decided != null
              && decided.isReal()
              && decided.source().equals(span.source())
              && (decided.end() <= span.start() || span.end() <= decided.start());
      context.report(
          isElsewhere && decided != null
              ? report.withLabel(decided, Agreement.article(type) + " is wanted here")
              : report);
    }
  }

  /** Reports a literal that a decimal would cut off, or has no room for. */
  static void checkDecimal(BigDecimal value, Span span, Context context) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    boolean isLong = plain.scale() > DECIMAL_DIGITS;
    // What has more digits before the point than an i128 has bits need not be written out.
    boolean isWide =
        plain.precision() - plain.scale() > Type.I128.bits()
            || (!isLong
                && !fits(plain.movePointRight(DECIMAL_DIGITS).toBigIntegerExact(), Type.I128));
    if (isLong || isWide) {
      String text = span.text();
      context.report(
          Diagnostic.at(span, LanguageCode.DOES_NOT_FIT, text + " does not fit decimal")
              .withNote("decimal holds six digits after the point, and 32 before it")
              .withHelp(
                  isWide
                      ? "write a smaller number, or (the f64 " + text + ")"
                      : "round it to six digits, or write (the f64 " + text + ")"));
    }
  }

  /** The compute units that a literal declares, 0 if there is none. */
  static long budget(@Nullable Ast ast) {
    return ast instanceof Ast.Whole whole && whole.value().bitLength() < Long.SIZE
        ? whole.value().longValue()
        : 0;
  }

  /** The value of an expression that is the same on every run, as far as it is a whole number. */
  static Optional<BigInteger> constant(Hir hir) {
    if (hir instanceof Hir.Constant constant) {
      return Optional.of(constant.value());
    }
    if (hir instanceof Hir.NegativeZero) {
      return Optional.of(BigInteger.ZERO);
    }
    if (hir instanceof Hir.Rename rename) {
      return constant(rename.value());
    }
    if (hir instanceof Hir.Convert convert) {
      return Type.resolved(convert.type()) instanceof Type.Int
          ? constant(convert.value()).flatMap(v -> held(v, convert.mode(), convert.type()))
          : Optional.empty();
    }
    if (hir instanceof Hir.Arithmetic arithmetic) {
      Optional<BigInteger> left = constant(arithmetic.left());
      Optional<BigInteger> right = constant(arithmetic.right());
      return left.flatMap(a -> right.flatMap(b -> fold(arithmetic, a, b)))
          .flatMap(v -> held(v, arithmetic.mode(), arithmetic.type()));
    }
    return Optional.empty();
  }

  /** What becomes of a number in a type: empty where that fails. */
  private static Optional<BigInteger> held(BigInteger value, Mode mode, Type type) {
    if (!(Type.resolved(type) instanceof Type.Int to) || fits(value, to)) {
      return Optional.of(value);
    }
    return mode == Mode.WRAP ? Optional.of(wrapped(value, to)) : Optional.empty();
  }

  /** What an operation gives where its type has no limits; empty for a division by zero. */
  static Optional<BigInteger> fold(Hir.Arithmetic op, BigInteger a, BigInteger b) {
    return switch (op.op()) {
      case ADD -> Optional.of(a.add(b));
      case SUB -> Optional.of(a.subtract(b));
      case MUL -> Optional.of(a.multiply(b));
      case DIV -> b.signum() == 0 ? Optional.empty() : Optional.of(a.divide(b));
      case REM -> b.signum() == 0 ? Optional.empty() : Optional.of(a.remainder(b));
      case AND -> Optional.of(a.and(b));
      case OR -> Optional.of(a.or(b));
      case XOR -> Optional.of(a.xor(b));
      case SHL -> count(op, b).map(a::shiftLeft);
      case SHR -> count(op, b).map(a::shiftRight);
      case MULHI -> Optional.empty();
    };
  }

  /** By how many bits it is shifted, modulo the width of the type. */
  private static Optional<Integer> count(Hir.Arithmetic op, BigInteger bits) {
    if (Type.resolved(op.type()) instanceof Type.Int type) {
      return Optional.of(bits.mod(BigInteger.valueOf(type.bits())).intValue());
    }
    return bits.signum() < 0 || bits.bitLength() > 7
        ? Optional.empty()
        : Optional.of(bits.intValue());
  }
}
