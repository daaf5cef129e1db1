package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Type.Freedom;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types vectors: a literal is an array in the frame. */
final class Collections {
  private final FunctionTyper typer;

  Collections(FunctionTyper typer) {
    this.typer = typer;
  }

  Hir vector(Ast.Vector vector) {
    Span span = vector.span();
    Context context = typer.context();
    List<Hir> items = new ArrayList<>();
    for (Ast item : vector.items()) {
      items.add(typer.value(item));
    }
    Type element =
        items.isEmpty()
            ? context.var(Freedom.ANY, span)
            : typer.agreement().join(items, span, "the elements");
    if (element == Basic.BROKEN || element == Basic.UNIT) {
      if (element == Basic.UNIT) {
        context.report(
            Diagnostic.at(span, LanguageCode.TYPE_MISMATCH, "an element of this has no value")
                .withHelp("every element is an expression with a value"));
      }
      return typer.agreement().broken(span);
    }
    return new Hir.VectorOf(items, new Type.Array(element, items.size()), span);
  }

  /** Zeros, or a vector without elements. */
  Hir fresh(Type type, Span span) {
    if (!Signatures.isWritten(type)) {
      return new Hir.Fresh(type, span);
    }
    typer
        .context()
        .report(
            Diagnostic.at(
                    span,
                    LanguageCode.NOT_HERE,
                    "which functions these will be is not known where room is made for them")
                .withHelp("push them where the vector is made, or write an array: [f g]"));
    return typer.agreement().broken(span);
  }

  /** What a variable is defined as: a new vector of functions has those that are put into it. */
  Hir made(Variable variable, Ast.Make make, @Nullable Reassigned reassigned) {
    Type type = typer.session().types().read(make.type());
    Span span = make.span();
    if (reassigned == null || !reassigned.isFilled(variable) || !(type instanceof Type.Vec vec)) {
      return fresh(type, span);
    }
    boolean isWritten = Signatures.isWritten(vec.of());
    if (!isWritten && !(Type.resolved(vec.of()) instanceof Type.Var)) {
      return fresh(type, span);
    }
    Context context = typer.context();
    Type.Var element =
        isWritten ? context.held(vec.of(), make.type().span()) : context.var(Freedom.ANY, span);
    reassigned.element(variable).ifPresent(known -> element.bind(known, span));
    return new Hir.Fresh(new Type.Vec(element, vec.most()), span);
  }

  /** Room for as many elements as a collection has; what they are is for their uses to say. */
  Hir like(Ast.MakeLike make) {
    Span span = make.span();
    Context context = typer.context();
    Hir collection = typer.agreement().operand(typer.value(make.collection()));
    Type type = Type.resolved(collection.type());
    Type element = context.var(Freedom.ANY, span);
    if (type instanceof Type.Array array) {
      Type made =
          make.empty()
              ? new Type.Vec(element, array.length())
              : new Type.Array(element, array.length());
      return new Hir.Fresh(made, span);
    }
    if (type instanceof Type.Vec vec) {
      Type made = new Type.Vec(element, vec.most());
      Hir fresh = new Hir.Fresh(made, span);
      if (make.empty()) {
        return fresh;
      }
      Local local = context.local("made", made, span);
      Hir length = Vectors.length(collection, vec, context, span);
      Hir read = new Hir.Read(local, span);
      Hir narrow = new Hir.Convert(Mode.WRAP, length, Type.U32, span);
      return new Hir.Sequence(
          List.of(new Hir.Write(local, fresh, span), new Hir.Store(read, 0, narrow, span), read),
          span);
    }
    if (Ranges.isRange(type)) {
      context.report(
          Diagnostic.at(
                  span,
                  LanguageCode.NOT_CONSTANT,
                  "how many numbers this range has is not known before it runs")
              .withHelp("write its bounds as numbers there, or use for, for-each or reduce"));
    } else if (type != Basic.BROKEN) {
      context.report(
          Diagnostic.at(
                  collection.span(),
                  LanguageCode.TYPE_MISMATCH,
                  "this is " + Agreement.article(type) + " and a collection is needed")
              .withHelp("give an array or a vector"));
    }
    return typer.agreement().broken(span);
  }

  /** The element at an index that is known to be in bounds. */
  static Hir element(Hir array, Type.Array type, Hir index, Span span) {
    return new Hir.Element(array, index, type.of(), span);
  }

  /** {@code index}, which must be below {@code length} at run time. */
  static Hir inBounds(Hir index, Hir length, Context context, Span span) {
    Local local = context.local("index", Type.U64, span);
    Hir read = new Hir.Read(local, span);
    Hir inside = new Hir.Compare(Comparison.LT, read, length, span);
    return new Hir.Sequence(
        List.of(
            new Hir.Write(local, index, span),
            Failures.unless(inside, Failure.OUT_OF_BOUNDS, span),
            read),
        span);
  }
}
