package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers arithmetic: up to 64 bits to one operation of the IR, wider integers, {@code f64} and
 * {@code decimal} to calls of the library.
 */
final class Numbers {
  private static final BigDecimal DECIMAL_SCALE = BigDecimal.valueOf(1_000_000);
  private final BodyLowering body;
  private final Emitter emitter;

  Numbers(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  /** The words of a whole literal. */
  static List<Value> constant(BigInteger value, Type type, Emitter emitter, Span span) {
    Type known = Type.resolved(type);
    if (known == Basic.F64) {
      long bits = Double.doubleToRawLongBits(new BigDecimal(value).doubleValue());
      return List.of(emitter.constant(dev.ovsm.ir.Type.U64, bits, span));
    }
    BigInteger whole =
        known == Basic.DECIMAL ? value.multiply(DECIMAL_SCALE.toBigInteger()) : value;
    return words(whole, known, emitter, span);
  }

  /** Minus zero, which only {@code f64} has apart from zero. */
  static List<Value> negativeZero(Type type, Emitter emitter, Span span) {
    return Type.resolved(type) == Basic.F64
        ? List.of(emitter.constant(dev.ovsm.ir.Type.U64, Long.MIN_VALUE, span))
        : constant(BigInteger.ZERO, type, emitter, span);
  }

  private static List<Value> words(BigInteger value, Type type, Emitter emitter, Span span) {
    List<Value> words = new ArrayList<>();
    BigInteger rest = value;
    for (dev.ovsm.ir.Type word : Words.of(type)) {
      words.add(emitter.constant(word, rest.longValue(), span));
      rest = rest.shiftRight(Long.SIZE);
    }
    return words;
  }

  /** The words of a literal with a fraction: the nearest {@code f64} or {@code decimal}. */
  static List<Value> fraction(BigDecimal value, Type type, Emitter emitter, Span span) {
    if (Type.resolved(type) == Basic.DECIMAL) {
      BigInteger scaled =
          value.multiply(DECIMAL_SCALE).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
      return words(scaled, Basic.DECIMAL, emitter, span);
    }
    long bits = Double.doubleToRawLongBits(value.doubleValue());
    return List.of(emitter.constant(dev.ovsm.ir.Type.U64, bits, span));
  }

  static boolean isSingleWord(Type type) {
    Type known = Type.resolved(type);
    return known == Basic.BOOL
        || known == Basic.CODE
        || known == Basic.ID
        || (known instanceof Type.Int number && number.bits() <= 64);
  }

  List<Value> arithmetic(Hir.Arithmetic arithmetic) {
    Span span = arithmetic.span();
    Type type = arithmetic.type();
    if (isSingleWord(type)) {
      Value left = body.word(arithmetic.left());
      Value right = body.word(arithmetic.right());
      return List.of(emitter.binary(arithmetic.op(), arithmetic.mode(), left, right, span));
    }
    boolean shifts = arithmetic.op() == BinaryOp.SHL || arithmetic.op() == BinaryOp.SHR;
    boolean wraps = arithmetic.mode() == Mode.WRAP && overflows(arithmetic.op(), type);
    String name = module(type) + arithmetic.op().word() + (wraps ? "-wrap" : "");
    return library(
        name,
        List.of(arithmetic.left(), arithmetic.right()),
        List.of(type, shifts ? Type.U64 : type),
        span);
  }

  /**
   * Whether there are two ways to compute: floating point and fixed point have one, and bits,
   * remainders and unsigned quotients cannot overflow.
   */
  private static boolean overflows(BinaryOp op, Type type) {
    return Type.resolved(type) instanceof Type.Int number
        && switch (op) {
          case ADD, SUB, MUL -> true;
          case DIV -> number.signed();
          case REM, AND, OR, XOR, SHL, SHR, MULHI -> false;
        };
  }

  Value compare(Hir.Compare compare) {
    Span span = compare.span();
    if (isSingleWord(compare.left().type())) {
      Value left = body.word(compare.left());
      return emitter.compare(compare.op(), left, body.word(compare.right()), span);
    }
    Type type = compare.left().type();
    return library(
            module(type) + compare.op().word(),
            List.of(compare.left(), compare.right()),
            List.of(type, type),
            span)
        .get(0);
  }

  List<Value> convert(Hir.Convert convert) {
    Type from = Type.resolved(convert.value().type());
    Type to = Type.resolved(convert.type());
    Span span = convert.span();
    boolean wholes = isWhole(from) && isWhole(to);
    if (wholes) {
      return new WideConversion(emitter, convert.mode(), span)
          .convert(body.lower(convert.value()), to);
    }
    // Conversions of f64 and decimal go through the widest whole numbers of their sign.
    String mode = convert.mode() == Mode.WRAP ? "-wrap" : "";
    if (isWhole(to)) {
      Type wide = new Type.Int(128, ((Type.Int) to).signed());
      List<Value> whole =
          library(
              module(from) + "to-" + wide.word() + mode,
              List.of(convert.value()),
              List.of(from),
              span);
      return new WideConversion(emitter, convert.mode(), span).convert(whole, to);
    }
    if (isWhole(from)) {
      Type wide = new Type.Int(128, from instanceof Type.Int number && number.signed());
      Hir widened = new Hir.Convert(Mode.CHECK, convert.value(), wide, span);
      return library(module(to) + "from-" + wide.word(), List.of(widened), List.of(wide), span);
    }
    return library(
        module(to) + "from-" + from.word(), List.of(convert.value()), List.of(from), span);
  }

  private static boolean isWhole(Type type) {
    return type instanceof Type.Int || type == Basic.BOOL;
  }

  private List<Value> library(String name, List<Hir> operands, List<Type> types, Span span) {
    return new CallLowering(body)
        .call(new Hir.Call(body.module().library(name, types), operands, span));
  }

  /** The library's functions on a type are called {@code wide/u128-add}, {@code f64/add}. */
  static String module(Type type) {
    Type known = Type.resolved(type);
    return known instanceof Type.Int ? "wide/" + known.word() + "-" : known.word() + "/";
  }
}
