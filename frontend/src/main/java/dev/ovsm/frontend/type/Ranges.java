package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Types ranges that are values: records of {@code from}, {@code to} and, unless it is one, {@code
 * step}. A range that is a value counts upwards.
 */
final class Ranges {
  private static final List<String> PARTS = List.of("from", "to", "step");
  private final FunctionTyper typer;
  private final Context context;

  Ranges(FunctionTyper typer) {
    this.typer = typer;
    this.context = typer.context();
  }

  /** Whether values of a type are ranges. */
  static boolean isRange(Type type) {
    if (!(type instanceof Type.Fields record)) {
      return false;
    }
    List<Type.Field> fields = record.fields();
    boolean isNamed =
        (fields.size() == 2 || fields.size() == 3)
            && PARTS
                .subList(0, fields.size())
                .equals(fields.stream().map(Type.Field::name).toList());
    return isNamed
        && fields.stream().map(field -> Type.resolved(field.type())).allMatch(Ranges::counts);
  }

  private static boolean counts(Type type) {
    return type instanceof Type.Int
        || (type instanceof Type.Var var && var.freedom() == Type.Freedom.NUMBER);
  }

  Hir range(Ast.Range range) {
    Agreement agreement = typer.agreement();
    Span span = range.span();
    List<Hir> parts = new ArrayList<>();
    List<Type.Field> fields = new ArrayList<>();
    List<Ast> asts = new ArrayList<>(List.of(range.from(), range.to()));
    Ast step = range.step();
    if (step != null) {
      asts.add(step);
    }
    for (Ast ast : asts) {
      Optional<Hir> number = agreement.number(typer.value(ast));
      if (number.isEmpty()
          || (!parts.isEmpty() && agreement.same(parts.get(0), number.get(), span).isEmpty())) {
        return agreement.broken(span);
      }
      context.whole(number.get().type(), ast.span());
      fields.add(new Type.Field(PARTS.get(parts.size()), number.get().type()));
      parts.add(number.get());
    }
    boolean isUpwards =
        step == null || Literals.constant(parts.get(2)).filter(n -> n.signum() > 0).isPresent();
    if (!isUpwards) {
      context.report(
          Diagnostic.at(
                  parts.get(2).span(),
                  LanguageCode.NOT_CONSTANT,
                  "the step of a range that is a value is a constant above 0")
              .withHelp("to count down write the range at the head of the loop that uses it"));
      return agreement.broken(span);
    }
    return new Hir.Compose(parts, new Type.Fields(fields), span);
  }

  /** {@code (for (x range) …)}. */
  Hir each(Ast.Each loop, Hir range) {
    Span span = loop.span();
    Local local = context.local("range", range.type(), span);
    Hir read = new Hir.Read(local, span);
    Hir counted =
        new Counting(typer)
            .loop(
                loop.variable(),
                loop.body(),
                part(read, 0, span),
                part(read, 1, span),
                step(read, span),
                1,
                span);
    return new Hir.Sequence(List.of(new Hir.Write(local, range, span), counted), span);
  }

  /** How many numbers a range has. */
  Hir length(Hir range, Span span) {
    List<Hir> body = new ArrayList<>();
    Hir read = kept(range, body, span);
    body.add(count(read, span));
    return new Hir.Sequence(body, span);
  }

  /** The number at an index of a range, which fails where it has none. */
  Hir get(Hir range, Hir index, Span span) {
    List<Hir> body = new ArrayList<>();
    Hir read = kept(range, body, span);
    Hir from = part(read, 0, span);
    Hir at = Collections.inBounds(index, count(read, span), context, span);
    Hir number = new Hir.Convert(Mode.WRAP, at, from.type(), span);
    Hir distance = new Hir.Arithmetic(BinaryOp.MUL, Mode.WRAP, number, step(read, span), span);
    body.add(new Hir.Arithmetic(BinaryOp.ADD, Mode.WRAP, from, distance, span));
    return new Hir.Sequence(body, span);
  }

  private Hir kept(Hir range, List<Hir> body, Span span) {
    Local local = context.local("range", range.type(), span);
    body.add(new Hir.Write(local, range, span));
    return new Hir.Read(local, span);
  }

  /** The distance of the bounds over the step, rounded up; of a range without numbers 0. */
  private static Hir count(Hir range, Span span) {
    Hir from = part(range, 0, span);
    Hir to = part(range, 1, span);
    Hir distance =
        new Hir.Convert(
            Mode.WRAP, new Hir.Arithmetic(BinaryOp.SUB, Mode.WRAP, to, from, span), Type.U64, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, Type.U64, span);
    Hir count = distance;
    if (Type.resolved(range.type()) instanceof Type.Fields fields && fields.fields().size() > 2) {
      Hir one = new Hir.Constant(BigInteger.ONE, Type.U64, span);
      Hir step = new Hir.Convert(Mode.WRAP, step(range, span), Type.U64, span);
      Hir below = new Hir.Arithmetic(BinaryOp.SUB, Mode.WRAP, distance, one, span);
      Hir whole = new Hir.Arithmetic(BinaryOp.DIV, Mode.CHECK, below, step, span);
      count = new Hir.Arithmetic(BinaryOp.ADD, Mode.WRAP, whole, one, span);
    }
    Hir some = new Hir.Compare(Comparison.LT, from, to, span);
    return new Hir.If(some, count, zero, Type.U64, span);
  }

  private static Hir part(Hir range, int index, Span span) {
    Type type =
        Type.resolved(range.type()) instanceof Type.Fields fields
            ? fields.fields().get(index).type()
            : Type.Basic.BROKEN;
    return new Hir.Part(range, index, type, span);
  }

  private static Hir step(Hir range, Span span) {
    boolean isOne =
        Type.resolved(range.type()) instanceof Type.Fields fields && fields.fields().size() == 2;
    return isOne
        ? new Hir.Constant(BigInteger.ONE, part(range, 0, span).type(), span)
        : part(range, 2, span);
  }
}
