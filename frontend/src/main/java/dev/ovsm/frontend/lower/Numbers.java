package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    List<Value> words = new ArrayList<>();
    BigInteger rest = whole;
    for (dev.ovsm.ir.Type word : Words.of(known)) {
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
      List<Value> words = new ArrayList<>();
      words.add(emitter.constant(dev.ovsm.ir.Type.U64, scaled.longValue(), span));
      words.add(
          emitter.constant(dev.ovsm.ir.Type.I64, scaled.shiftRight(Long.SIZE).longValue(), span));
      return words;
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
    if (isSingleWord(arithmetic.type())) {
      Value left = body.word(arithmetic.left());
      Value right = body.word(arithmetic.right());
      return List.of(emitter.binary(arithmetic.op(), arithmetic.mode(), left, right, span));
    }
    boolean shifts = arithmetic.op() == BinaryOp.SHL || arithmetic.op() == BinaryOp.SHR;
    Type right = shifts ? Type.U64 : arithmetic.type();
    String name = prefix(arithmetic.type()) + arithmetic.op().word() + arithmetic.mode().suffix();
    return library(
        name,
        List.of(arithmetic.left(), arithmetic.right()),
        List.of(arithmetic.type(), right),
        span);
  }

  Value compare(Hir.Compare compare) {
    Span span = compare.span();
    if (isSingleWord(compare.left().type())) {
      Value left = body.word(compare.left());
      return emitter.compare(compare.op(), left, body.word(compare.right()), span);
    }
    Type type = compare.left().type();
    String name = prefix(type) + compare.op().word();
    List<Value> words =
        library(name, List.of(compare.left(), compare.right()), List.of(type, type), span);
    return words.get(0);
  }

  List<Value> convert(Hir.Convert convert) {
    Type from = Type.resolved(convert.value().type());
    Type to = Type.resolved(convert.type());
    Span span = convert.span();
    if (isSingleWord(from) && isSingleWord(to)) {
      Value value = body.word(convert.value());
      return List.of(emitter.convert(Words.of(to).get(0), convert.mode(), value, span));
    }
    String name = prefix(from) + "to-" + to.word() + convert.mode().suffix();
    return library(name, List.of(convert.value()), List.of(from), span);
  }

  private List<Value> library(String name, List<Hir> operands, List<Type> types, Span span) {
    return new CallLowering(body)
        .call(new Hir.Call(body.module().library(name, types), operands, span));
  }

  /** The library's functions on a type are called {@code rt-u128-add} and so on. */
  private static String prefix(Type type) {
    return "rt-" + Type.resolved(type).word().toLowerCase(Locale.ROOT) + "-";
  }
}
