package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Label;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types the loops that carry their bound. */
final class Counting {
  private final FunctionTyper typer;
  private final Context context;

  Counting(FunctionTyper typer) {
    this.typer = typer;
    this.context = typer.context();
  }

  Hir count(Ast.Count loop) {
    Agreement agreement = typer.agreement();
    Optional<Hir> from = agreement.number(typer.value(loop.from()));
    Optional<Hir> to = agreement.number(typer.value(loop.to()));
    Optional<Hir> step = agreement.number(typer.value(loop.step()));
    if (from.isEmpty() || to.isEmpty() || step.isEmpty()) {
      return agreement.broken(loop.span());
    }
    boolean agree =
        agreement.same(from.get(), to.get(), loop.span()).isPresent()
            && agreement.same(from.get(), step.get(), loop.span()).isPresent();
    if (!agree) {
      return agreement.broken(loop.span());
    }
    BigInteger stride = Literals.constant(step.get()).orElse(BigInteger.ZERO);
    if (stride.signum() == 0) {
      context.report(
          Diagnostic.at(
                  loop.step().span(),
                  LanguageCode.NOT_CONSTANT,
                  "the step of a range is a constant other than 0")
              .withHelp("use while for a step that is known only at run time"));
      return agreement.broken(loop.span());
    }
    return loop(
        loop.variable(),
        loop.body(),
        from.get(),
        to.get(),
        step.get(),
        stride.signum(),
        loop.span());
  }

  /** Runs a body with a variable from one number up or down to, not including, another. */
  Hir loop(Variable variable, Ast code, Hir from, Hir to, Hir step, int direction, Span span) {
    Local index = context.local(variable.name(), from.type(), variable.span());
    typer.bind(variable, index);
    List<Hir> all = new ArrayList<>();
    Hir read = new Hir.Read(index, span);
    Hir limit = to;
    all.add(new Hir.Write(index, from, span));
    if (!(to instanceof Hir.Constant)) {
      Local end = context.local("end", to.type(), span);
      all.add(new Hir.Write(end, to, span));
      limit = new Hir.Read(end, span);
    }
    Comparison test = direction > 0 ? Comparison.LT : Comparison.GT;
    Hir condition = new Hir.Compare(test, read, limit, span);
    Label label = context.label();
    Hir body = typer.rounds().body(label, code);
    boolean byOne = Literals.constant(step).filter(s -> s.abs().equals(BigInteger.ONE)).isPresent();
    // Below its limit an index has room for one more, so a step of one cannot overflow.
    Mode mode = byOne ? Mode.WRAP : Mode.CHECK;
    Hir next = new Hir.Arithmetic(BinaryOp.ADD, mode, read, step, span);
    all.add(new Hir.Loop(label, condition, body, new Hir.Write(index, next, span), span));
    return new Hir.Sequence(all, span);
  }

  Hir each(Ast.Each loop) {
    Agreement agreement = typer.agreement();
    Span span = loop.span();
    Hir collection = agreement.operand(typer.value(loop.collection()));
    Type type = Type.resolved(collection.type());
    if (Ranges.isRange(type)) {
      return new Ranges(typer).each(loop, collection);
    }
    if (!(type instanceof Type.Array) && !(type instanceof Type.Vec)) {
      if (type != Basic.BROKEN) {
        context.report(
            Diagnostic.at(
                    collection.span(),
                    LanguageCode.TYPE_MISMATCH,
                    "this is " + Agreement.article(type) + " and a collection is needed")
                .withHelp(
                    type == Basic.STRING && collection.span().isReal()
                        ? "go through its places: (for (i (range 0 (length "
                            + collection.span().text()
                            + "))) …)"
                        : "for runs over arrays, vectors and (range from to)"));
      }
      return agreement.broken(span);
    }
    Local base = context.local("collection", type, span);
    Local index = context.local("index", Type.U64, span);
    Hir position = new Hir.Read(index, span);
    Hir whole = new Hir.Read(base, span);
    Type of = type instanceof Type.Array array ? array.of() : ((Type.Vec) type).of();
    Hir element = new Hir.Element(whole, position, of, span);
    Local item = context.local(loop.variable().name(), of, loop.variable().span());
    typer.bind(loop.variable(), item);
    Label label = context.label();
    Hir body = typer.rounds().body(label, loop.body());
    List<Hir> all = new ArrayList<>(List.of(new Hir.Write(base, collection, span)));
    Hir limit = limit(whole, type, all, span);
    Hir one = new Hir.Constant(BigInteger.ONE, Type.U64, span);
    Hir zero = new Hir.Constant(BigInteger.ZERO, Type.U64, span);
    Hir next = new Hir.Arithmetic(BinaryOp.ADD, Mode.WRAP, position, one, span);
    Hir round = new Hir.Sequence(List.of(new Hir.Write(item, element, span), body), span);
    all.add(new Hir.Write(index, zero, span));
    all.add(
        new Hir.Loop(
            label,
            new Hir.Compare(Comparison.LT, position, limit, span),
            round,
            new Hir.Write(index, next, span),
            span));
    return new Hir.Sequence(all, span);
  }

  /** How many rounds there are: the elements that there are at the start. */
  private Hir limit(Hir whole, Type type, List<Hir> before, Span span) {
    if (type instanceof Type.Vec vec) {
      Local end = context.local("end", Type.U64, span);
      before.add(new Hir.Write(end, Vectors.length(whole, vec, context, span), span));
      return new Hir.Read(end, span);
    }
    int length = type instanceof Type.Array array ? array.length() : 0;
    return new Hir.Constant(BigInteger.valueOf(length), Type.U64, span);
  }
}
