package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operator;
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

/** Types arithmetic that stops at the ends of the type's range, for unsigned numbers. */
final class Saturation {
  private final FunctionTyper typer;

  Saturation(FunctionTyper typer) {
    this.typer = typer;
  }

  Hir apply(Operator operator, Ast.Apply apply) {
    Agreement agreement = typer.agreement();
    Span span = apply.span();
    Optional<Hir> a = agreement.number(typer.value(apply.arguments().get(0)));
    Optional<Hir> b = agreement.number(typer.value(apply.arguments().get(1)));
    if (a.isEmpty() || b.isEmpty() || agreement.same(a.get(), b.get(), span).isEmpty()) {
      return agreement.broken(span);
    }
    Unifier.close(a.get().type(), span);
    if (!(Type.resolved(a.get().type()) instanceof Type.Int type)) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      span, LanguageCode.TYPE_MISMATCH, "saturating arithmetic takes whole numbers")
                  .withHelp("give it numbers of u8 to u128 or i8 to i128"));
      return agreement.broken(span);
    }
    Local left = typer.context().local("left", type, span);
    Local right = typer.context().local("right", type, span);
    Hir x = new Hir.Read(left, span);
    Hir y = new Hir.Read(right, span);
    Hir result = type.signed() ? signed(operator, x, y, type) : unsigned(operator, x, y, type);
    return new Hir.Sequence(
        List.of(new Hir.Write(left, a.get(), span), new Hir.Write(right, b.get(), span), result),
        span);
  }

  private static Hir unsigned(Operator operator, Hir x, Hir y, Type.Int type) {
    Span span = x.span();
    Hir most = new Hir.Constant(Literals.greatest(type), type, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, type, span);
    return operator == Operator.SATURATING_SUB
        ? choose(new Hir.Compare(Comparison.LT, x, y, span), zero, op(BinaryOp.SUB, x, y), type)
        : operator == Operator.SATURATING_ADD
            ? choose(
                new Hir.Compare(Comparison.GT, x, op(BinaryOp.SUB, most, y), span),
                most,
                op(BinaryOp.ADD, x, y),
                type)
            : product(x, y, most, zero, type);
  }

  /** What overflows does so towards the sign that the exact result has. */
  private Hir signed(Operator operator, Hir x, Hir y, Type.Int type) {
    Span span = x.span();
    Hir most = new Hir.Constant(Literals.greatest(type), type, span);
    Hir least = new Hir.Constant(Literals.least(type), type, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, type, span);
    Hir negative =
        operator == Operator.SATURATING_MUL
            ? new Hir.Compare(Comparison.LT, op(BinaryOp.XOR, x, y), zero, span)
            : new Hir.Compare(Comparison.LT, x, zero, span);
    BinaryOp exact =
        switch (operator) {
          case SATURATING_ADD -> BinaryOp.ADD;
          case SATURATING_SUB -> BinaryOp.SUB;
          default -> BinaryOp.MUL;
        };
    Hir checked = new Hir.Arithmetic(exact, Mode.CHECK, x, y, span);
    Local error = typer.context().local("error", Type.U64, span);
    return new Hir.Try(checked, error, choose(negative, least, most, type), type, span);
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
