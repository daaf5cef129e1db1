package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Types the operations on bounded vectors: a length and room for a fixed number of elements.
 *
 * <p>A length is never believed beyond the room, wherever the bytes come from.
 */
final class Vectors {
  private final FunctionTyper typer;
  private final Context context;

  Vectors(FunctionTyper typer) {
    this.typer = typer;
    this.context = typer.context();
  }

  /** How many elements a vector has; fails where that is more than it has room for. */
  static Hir length(Hir vec, Type.Vec type, Context context, Span span) {
    Local local = context.local("length", Type.U64, span);
    Hir read = new Hir.Read(local, span);
    Hir stored = new Hir.Convert(Mode.WRAP, new Hir.Load(vec, 0, Type.U32, span), Type.U64, span);
    Hir fits = new Hir.Compare(Comparison.LE, read, number(type.most(), span), span);
    return new Hir.Sequence(
        List.of(
            new Hir.Write(local, stored, span),
            Failures.unless(fits, Failure.OUT_OF_BOUNDS, span),
            read),
        span);
  }

  /** {@code (push! vec value)}: fails where the vector is full. */
  Hir push(Ast.Apply apply) {
    Span span = apply.span();
    List<Hir> body = new ArrayList<>();
    Optional<Hir> found = vec(apply.arguments().get(0), body);
    Hir item = typer.agreement().decay(typer.value(apply.arguments().get(1)));
    if (found.isEmpty() || !(Type.resolved(found.get().type()) instanceof Type.Vec type)) {
      return typer.agreement().broken(span);
    }
    Hir vec = found.get();
    Optional<Context.Written> written = context.written(type.of());
    boolean agrees =
        written.isEmpty()
            || new Signatures(typer.session(), "its elements are", written.get().span())
                .check(item.type(), written.get().type(), item.span());
    if (!agrees) {
      return typer.agreement().broken(span);
    }
    Hir fitting = typer.agreement().coerce(item, type.of(), "its elements are", vec.span());
    // What makes the element may itself put something into the vector.
    Local element = context.local("element", fitting.type(), span);
    body.add(new Hir.Write(element, fitting, span));
    Local end = context.local("end", Type.U64, span);
    Hir at = new Hir.Read(end, span);
    body.add(new Hir.Write(end, length(vec, type, context, span), span));
    Hir room = new Hir.Compare(Comparison.LT, at, number(type.most(), span), span);
    body.add(Failures.unless(room, Failure.OUT_OF_BOUNDS, span));
    body.add(new Hir.StoreElement(vec, at, new Hir.Read(element, span), span));
    body.add(setLength(vec, BinaryOp.ADD, at, span));
    return new Hir.Sequence(body, span);
  }

  /** {@code (pop! vec)}: the last element, which is gone then; null if there is none. */
  Hir pop(Ast.Apply apply) {
    Span span = apply.span();
    List<Hir> body = new ArrayList<>();
    Optional<Hir> found = vec(apply.arguments().get(0), body);
    if (found.isEmpty() || !(Type.resolved(found.get().type()) instanceof Type.Vec type)) {
      return typer.agreement().broken(span);
    }
    Hir vec = found.get();
    Type option = new Type.Option(type.of());
    Local end = context.local("end", Type.U64, span);
    Hir count = new Hir.Read(end, span);
    body.add(new Hir.Write(end, length(vec, type, context, span), span));
    Hir last = new Hir.Arithmetic(BinaryOp.SUB, Mode.WRAP, count, number(1, span), span);
    Hir element = new Hir.Element(vec, last, type.of(), span);
    Hir some = new Hir.Compare(Comparison.GT, count, number(0, span), span);
    Hir taken =
        new Hir.Sequence(
            List.of(
                setLength(vec, BinaryOp.SUB, count, span), new Hir.Present(element, option, span)),
            span);
    body.add(new Hir.If(some, taken, new Hir.Absent(option, span), option, span));
    return new Hir.Sequence(body, span);
  }

  /** {@code (clear! vec)}: no elements are left. */
  Hir clear(Ast.Apply apply) {
    Span span = apply.span();
    List<Hir> body = new ArrayList<>();
    Optional<Hir> found = vec(apply.arguments().get(0), body);
    if (found.isEmpty()) {
      return typer.agreement().broken(span);
    }
    body.add(
        new Hir.Store(found.get(), 0, new Hir.Constant(BigInteger.ZERO, Type.U32, span), span));
    return new Hir.Sequence(body, span);
  }

  private static Hir setLength(Hir vec, BinaryOp op, Hir length, Span span) {
    Hir changed = new Hir.Arithmetic(op, Mode.WRAP, length, number(1, span), span);
    return new Hir.Store(vec, 0, new Hir.Convert(Mode.WRAP, changed, Type.U32, span), span);
  }

  /** The vector that an argument is, kept in a local. */
  private Optional<Hir> vec(Ast argument, List<Hir> body) {
    Hir value = typer.agreement().operand(typer.value(argument));
    Type type = Type.resolved(value.type());
    if (!(type instanceof Type.Vec)) {
      if (type != Basic.BROKEN) {
        context.report(
            Diagnostic.at(
                    argument.span(),
                    LanguageCode.TYPE_MISMATCH,
                    "this is " + Agreement.article(type) + " and a bounded vector is needed")
                .withHelp("make one with (make-vec u64 16); an array has a fixed length"));
      }
      return Optional.empty();
    }
    return Optional.of(kept(value, body));
  }

  /** A value that can be read again: a variable, or one that gets it. */
  Hir kept(Hir value, List<Hir> body) {
    if (value instanceof Hir.Read) {
      return value;
    }
    Local local = context.local("vector", value.type(), value.span());
    body.add(new Hir.Write(local, value, value.span()));
    return new Hir.Read(local, value.span());
  }

  private static Hir number(long value, Span span) {
    return new Hir.Constant(BigInteger.valueOf(value), Type.U64, span);
  }
}
