package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code (loop for i from a to b [by s] [while c] [do|sum|collect|count] …)}, Common Lisp's way.
 */
final class LoopClauses {
  private static final String SHAPE =
      "(loop for i from a to b [by s] do body …), with sum or count for a total";
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

  private Ast total(Variable variable, Ast from, Ast to, Ast step, Scope inner, boolean counts) {
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
    all.add(new Ast.Count(variable, from, to, step, body, span));
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
    return bodies.names().malformed(form.span(), "this loop is not one I know", SHAPE);
  }
}
