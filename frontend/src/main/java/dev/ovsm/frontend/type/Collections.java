package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Type.Freedom;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import java.util.ArrayList;
import java.util.List;

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
        items.isEmpty() ? context.var(Freedom.ANY, span) : typer.agreement().join(items, span);
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
