package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Types arithmetic that stops at the ends of the type's range; only division by zero fails. */
final class Saturation {
  private final FunctionTyper typer;

  Saturation(FunctionTyper typer) {
    this.typer = typer;
  }

  /**
   * One of the four operations on numbers from left to right; each intermediate result stops at the
   * ends, too.
   */
  Hir fold(BinaryOp op, List<Hir> numbers, Span span) {
    Agreement agreement = typer.agreement();
    Hir first = numbers.get(0);
    for (Hir next : numbers.subList(1, numbers.size())) {
      if (agreement.same(first, next, span).isEmpty()) {
        return agreement.broken(span);
      }
    }
    Optional<Type.Int> type = whole(first, span);
    if (type.isEmpty()) {
      return agreement.broken(span);
    }
    Hir result = first;
    for (Hir next : numbers.subList(1, numbers.size())) {
      result = step(op, result, next, type.get(), span);
    }
    return result;
  }

  /** The number of the type that is nearest to minus this one. */
  Hir negate(Hir number, Span span) {
    Optional<Type.Int> type = whole(number, span);
    if (type.isEmpty()) {
      return typer.agreement().broken(span);
    }
    Local value = typer.context().local("value", type.get(), span);
    Hir negated = negated(new Hir.Read(value, span), type.get());
    return new Hir.Sequence(List.of(new Hir.Write(value, number, span), negated), span);
  }

  private Optional<Type.Int> whole(Hir number, Span span) {
    Unifier.close(number.type(), span);
    if (Type.resolved(number.type()) instanceof Type.Int type) {
      return Optional.of(type);
    }
    typer
        .context()
        .report(
            Diagnostic.at(
                    span, LanguageCode.TYPE_MISMATCH, "saturating arithmetic takes whole numbers")
                .withHelp("give it numbers of u8 to u128 or i8 to i128"));
    return Optional.empty();
  }

  private Hir step(BinaryOp op, Hir a, Hir b, Type.Int type, Span span) {
    Local left = typer.context().local("left", type, span);
    Local right = typer.context().local("right", type, span);
    Hir x = new Hir.Read(left, span);
    Hir y = new Hir.Read(right, span);
    Hir result =
        op == BinaryOp.DIV
            ? quotient(x, y, type)
            : type.signed() ? signed(op, x, y, type) : unsigned(op, x, y, type);
    return new Hir.Sequence(
        List.of(new Hir.Write(left, a, span), new Hir.Write(right, b, span), result), span);
  }

  private static Hir unsigned(BinaryOp op, Hir x, Hir y, Type.Int type) {
    Span span = x.span();
    Hir most = new Hir.Constant(Literals.greatest(type), type, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, type, span);
    return op == BinaryOp.SUB
        ? choose(new Hir.Compare(Comparison.LT, x, y, span), zero, op(BinaryOp.SUB, x, y), type)
        : op == BinaryOp.ADD
            ? choose(
                new Hir.Compare(Comparison.GT, x, op(BinaryOp.SUB, most, y), span),
                most,
                op(BinaryOp.ADD, x, y),
                type)
            : product(x, y, most, zero, type);
  }

  /** What overflows does so towards the sign that the exact result has. */
  private Hir signed(BinaryOp op, Hir x, Hir y, Type.Int type) {
    Span span = x.span();
    Hir most = new Hir.Constant(Literals.greatest(type), type, span);
    Hir least = new Hir.Constant(Literals.least(type), type, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, type, span);
    Hir negative =
        op == BinaryOp.MUL
            ? new Hir.Compare(Comparison.LT, op(BinaryOp.XOR, x, y), zero, span)
            : new Hir.Compare(Comparison.LT, x, zero, span);
    Hir checked = new Hir.Arithmetic(op, Mode.CHECK, x, y, span);
    Local error = typer.context().local("error", Type.U64, span);
    return new Hir.Try(checked, error, choose(negative, least, most, type), type, span);
  }

  /** Only the least number by -1 is too large; that is why this is told apart. */
  private static Hir quotient(Hir x, Hir y, Type.Int type) {
    Hir quotient = op(BinaryOp.DIV, x, y);
    if (!type.signed()) {
      return quotient;
    }
    Hir minusOne = new Hir.Constant(BigInteger.ONE.negate(), type, x.span());
    Hir negates = new Hir.Compare(Comparison.EQ, y, minusOne, x.span());
    return choose(negates, negated(x, type), quotient, type);
  }

  private static Hir negated(Hir x, Type.Int type) {
    Span span = x.span();
    Hir zero = new Hir.Constant(BigInteger.ZERO, type, span);
    if (!type.signed()) {
      return zero;
    }
    Hir least = new Hir.Constant(Literals.least(type), type, span);
    Hir most = new Hir.Constant(Literals.greatest(type), type, span);
    Hir isLeast = new Hir.Compare(Comparison.EQ, x, least, span);
    return choose(isLeast, most, op(BinaryOp.SUB, zero, x), type);
  }

  /** A number in another type; what does not fit becomes the end that it is nearest to. */
  Hir convert(Hir value, Type.Int to, Span span) {
    Unifier.close(value.type(), span);
    Local local = typer.context().local("value", value.type(), span);
    Hir read = new Hir.Read(local, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, value.type(), span);
    Hir most = new Hir.Constant(Literals.greatest(to), to, span);
    Hir least = new Hir.Constant(Literals.least(to), to, span);
    // Only what is no number at all is neither above nor below zero and does not fit.
    Hir none = new Hir.Constant(BigInteger.ZERO, to, span);
    Hir below = choose(new Hir.Compare(Comparison.LT, read, zero, span), least, none, to);
    Hir end = choose(new Hir.Compare(Comparison.GT, read, zero, span), most, below, to);
    Hir exact = Agreement.convert(read, to, Mode.CHECK, span);
    Local error = typer.context().local("error", Type.U64, span);
    return new Hir.Sequence(
        List.of(new Hir.Write(local, value, span), new Hir.Try(exact, error, end, to, span)), span);
  }

  private static Hir product(Hir x, Hir y, Hir most, Hir zero, Type type) {
    Span span = x.span();
    Hir quotient = new Hir.Arithmetic(BinaryOp.DIV, Mode.WRAP, most, y, span);
    Hir tooLarge = new Hir.Compare(Comparison.GT, x, quotient, span);
    Hir no = new Hir.Constant(BigInteger.ZERO, Basic.BOOL, span);
    Hir isSome = new Hir.Compare(Comparison.NE, y, zero, span);
    Hir overflows = new Hir.If(isSome, tooLarge, no, Basic.BOOL, span);
    return choose(overflows, most, op(BinaryOp.MUL, x, y), type);
  }

  private static Hir op(BinaryOp op, Hir left, Hir right) {
    return new Hir.Arithmetic(op, Mode.WRAP, left, right, left.span());
  }

  private static Hir choose(Hir condition, Hir then, Hir otherwise, Type type) {
    return new Hir.If(condition, then, otherwise, type, condition.span());
  }
}
