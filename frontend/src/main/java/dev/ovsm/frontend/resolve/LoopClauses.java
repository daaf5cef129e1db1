package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code (loop for i from a to b [by s] [while c] [do|sum|collect|count] …)}, Common Lisp's way.
 */
final class LoopClauses {
  private static final String SHAPE =
      "(loop for i from a to b [by s] do body …), with sum or count for a total";
  private static final List<String> WORDS =
      List.of("in", "from", "to", "below", "by", "do", "sum", "count", "collect", "while", "upto");

  /** Words that begin loops in Common Lisp, and none here. */
  static final Set<String> OTHERS = Set.of("while", "until", "repeat", "with", "do");

  private final Bodies bodies;
  private final Form.Sequence form;
  private final Scope scope;
  private int at = 2;

  LoopClauses(Bodies bodies, Form.Sequence form, Scope scope) {
    this.bodies = bodies;
    this.form = form;
    this.scope = scope;
  }

  Ast resolve() {
    Span span = form.span();
    if (!(peek() instanceof Form.Symbol name)) {
      return malformed();
    }
    at++;
    if (takes("in")) {
      return in(name);
    }
    Ast from = Loops.zero(span);
    Ast to = null;
    Ast step = Loops.one(span);
    while (at + 1 < form.items().size()) {
      if (takes("from")) {
        from = value();
      } else if (takes("to") || takes("upto")) {
        Ast last = value();
        Ast plus = new Ast.Primitive(Operator.ADD, "+", last.span());
        to = new Ast.Apply(plus, List.of(last, Loops.one(last.span())), last.span());
      } else if (takes("below")) {
        to = value();
      } else if (takes("by")) {
        step = value();
      } else {
        break;
      }
    }
    if (to == null) {
      return malformed();
    }
    Variable variable = bodies.names().variable(name.name(), null, name.span());
    Scope inner = scope.block();
    inner.bind(variable);
    inner.enterLoop();
    Ast result;
    if (takes("sum") || takes("count")) {
      boolean counts = form.items().get(at - 1).isSymbol("count");
      result = total(variable, from, to, step, inner, counts);
    } else if (takes("collect")) {
      result = collect(variable, from, to, step, inner);
    } else {
      takes("do");
      List<Form> rest = form.items().subList(at, form.items().size());
      Ast body = bodies.sequence(rest, inner, span);
      result = new Ast.Count(variable, from, to, step, body, span);
    }
    inner.leaveLoop();
    inner.leave();
    return result;
  }

  /** {@code for x in values}: the loop over a collection, and what it adds up. */
  private Ast in(Form.Symbol name) {
    Span span = form.span();
    Ast values = value();
    Variable variable = bodies.names().variable(name.name(), null, name.span());
    Scope inner = scope.block();
    inner.bind(variable);
    inner.enterLoop();
    Ast result;
    if (takes("sum") || takes("count")) {
      boolean counts = form.items().get(at - 1).isSymbol("count");
      result = totalled(inner, counts, body -> new Ast.Each(variable, values, body, span));
    } else if (takes("collect") && at < form.items().size()) {
      Variable all = bodies.names().variable("values", null, span);
      Ast each = new Ast.Use(all, span);
      result =
          collected(
              inner,
              new Ast.MakeLike(each, true, span),
              body -> new Ast.Each(variable, each, body, span));
      result = new Ast.Do(List.of(new Ast.Define(all, values, span), result), span);
    } else {
      takes("do");
      Ast body = bodies.sequence(form.items().subList(at, form.items().size()), inner, span);
      result = new Ast.Each(variable, values, body, span);
    }
    inner.leaveLoop();
    inner.leave();
    return result;
  }

  /** Between constant bounds the values have room in a vector. */
  private Ast collect(Variable variable, Ast from, Ast to, Ast step, Scope inner) {
    Span span = form.span();
    Optional<BigInteger> start = constant(from);
    Optional<BigInteger> end = constant(to);
    Optional<BigInteger> stride = constant(step).filter(n -> n.signum() > 0);
    if (start.isEmpty() || end.isEmpty() || stride.isEmpty() || at >= form.items().size()) {
      return bodies
          .names()
          .malformed(
              span,
              "a loop collects only between constant bounds",
              "(make-vec T n) before the loop, and (push! vec value) in it");
    }
    BigInteger rounds = end.get().subtract(start.get()).add(stride.get()).subtract(BigInteger.ONE);
    BigInteger most = rounds.divide(stride.get()).max(BigInteger.ZERO);
    Form type =
        new Form.Sequence(
            Form.Bracket.LIST,
            List.of(
                new Form.Symbol("vec", span),
                new Form.Symbol("_", span),
                new Form.Whole(most, null, span)),
            span);
    return collected(
        inner,
        new Ast.Make(type, span),
        body -> new Ast.Count(variable, from, to, step, body, span));
  }

  /** A bound that is written as a number; one more for {@code to}. */
  private static Optional<BigInteger> constant(Ast ast) {
    if (ast instanceof Ast.Whole whole) {
      return Optional.of(whole.value());
    }
    return ast instanceof Ast.Apply plus
            && plus.function() instanceof Ast.Primitive primitive
            && primitive.builtin() == Operator.ADD
        ? plus.arguments().stream()
            .map(LoopClauses::constant)
            .reduce(Optional.of(BigInteger.ZERO), (a, b) -> a.flatMap(x -> b.map(x::add)))
        : Optional.empty();
  }

  private Ast collected(Scope inner, Ast room, UnaryOperator<Ast> loop) {
    Span span = form.span();
    Ast item = bodies.resolve(form.items().get(at), inner);
    Variable made = bodies.names().variable("made", null, span);
    Ast push = new Ast.Primitive(Operation.PUSH, "push!", span);
    Ast body = new Ast.Apply(push, List.of(new Ast.Use(made, span), item), item.span());
    return new Ast.Do(
        List.of(new Ast.Define(made, room, span), loop.apply(body), new Ast.Use(made, span)), span);
  }

  private Ast total(Variable variable, Ast from, Ast to, Ast step, Scope inner, boolean counts) {
    return totalled(
        inner, counts, body -> new Ast.Count(variable, from, to, step, body, form.span()));
  }

  private Ast totalled(Scope inner, boolean counts, UnaryOperator<Ast> loop) {
    Span span = form.span();
    if (at >= form.items().size()) {
      return malformed();
    }
    Ast item = bodies.resolve(form.items().get(at), inner);
    Variable sum = bodies.names().variable("total", null, span);
    Ast added = counts ? Loops.one(span) : item;
    Ast plus = new Ast.Primitive(Operator.ADD, "+", span);
    Ast grown = new Ast.Apply(plus, List.of(new Ast.Use(sum, span), added), item.span());
    Ast add = new Ast.Assign(new Ast.Use(sum, span), grown, item.span());
    Ast body = counts ? new Ast.If(item, add, null, item.span()) : add;
    List<Ast> all = new ArrayList<>();
    all.add(new Ast.Define(sum, Loops.zero(span), span));
    all.add(loop.apply(body));
    all.add(new Ast.Use(sum, span));
    return new Ast.Do(all, span);
  }

  private Form peek() {
    return at < form.items().size() ? form.items().get(at) : form;
  }

  private boolean takes(String word) {
    if (peek().isSymbol(word)) {
      at++;
      return true;
    }
    return false;
  }

  private Ast value() {
    return bodies.resolve(form.items().get(at++), scope);
  }

  private Ast malformed() {
    Diagnostic report =
        Diagnostic.at(form.span(), LanguageCode.MALFORMED_FORM, "this loop is not one I know")
            .withHelp("write " + SHAPE);
    bodies
        .names()
        .report(
            peek() instanceof Form.Symbol word
                ? Spelling.corrected(report, word.span(), word.name(), WORDS)
                : report);
    return new Ast.Broken(form.span());
  }
}
