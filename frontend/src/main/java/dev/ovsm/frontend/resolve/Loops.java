package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The special forms that repeat. */
final class Loops {
  private Loops() {}

  static void addTo(Map<String, SpecialForms.Rule> rules) {
    rules.put("while", Loops::repeat);
    rules.put("for", Loops::each);
    rules.put("dotimes", Loops::times);
    rules.put("loop", Loops::loop);
    rules.put("break", (bodies, form, scope) -> jump(bodies, form, scope, true));
    rules.put("continue", (bodies, form, scope) -> jump(bodies, form, scope, false));
  }

  private static Ast repeat(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() < 2) {
      return bodies
          .names()
          .malformed(form.span(), "while takes a condition and a body", "(while condition body …)");
    }
    Ast condition = bodies.resolve(form.items().get(1), scope);
    Ast body = body(bodies, Syntax.rest(form, 2), scope.block(), form.span());
    return new Ast.While(condition, body, form.span());
  }

  private static Ast body(Bodies bodies, List<Form> forms, Scope scope, Span span) {
    scope.enterLoop();
    Ast body = bodies.sequence(forms, scope, span);
    scope.leaveLoop();
    scope.leave();
    return body;
  }

  private static Ast each(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> head =
        form.items().size() < 2 ? List.of() : Syntax.items(form.items().get(1)).orElse(List.of());
    Optional<Syntax.Typed> typed = head.isEmpty() ? Optional.empty() : Syntax.typed(head.get(0));
    if (typed.isEmpty() || head.size() < 2 || head.size() > 3) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "for takes a variable with its values, and a body",
              "(for (x values) body …) or (for (i (range from to)) body …)");
    }
    Form values = head.get(head.size() - 1);
    Form.Symbol name = typed.get().name();
    Variable variable = bodies.names().variable(name.name(), typed.get().type(), name.span());
    List<Form> rest = Syntax.rest(form, 2);
    boolean isRange =
        values instanceof Form.Sequence range
            && range.startsWith("range")
            && range.items().size() >= 2
            && range.items().size() <= 4;
    if (isRange && values instanceof Form.Sequence range) {
      List<Ast> bounds = bodies.each(Syntax.rest(range, 1), scope);
      Ast from = bounds.size() == 1 ? zero(range.span()) : bounds.get(0);
      Ast to = bounds.size() == 1 ? bounds.get(0) : bounds.get(1);
      Ast step = bounds.size() == 3 ? bounds.get(2) : one(range.span());
      Ast body = inner(bodies, variable, rest, scope, form.span());
      return new Ast.Count(variable, from, to, step, body, form.span());
    }
    Ast collection = bodies.resolve(values, scope);
    Ast body = inner(bodies, variable, rest, scope, form.span());
    return new Ast.Each(variable, collection, body, form.span());
  }

  private static Ast inner(
      Bodies bodies, Variable variable, List<Form> forms, Scope scope, Span span) {
    Scope inner = scope.block();
    inner.bind(variable);
    return body(bodies, forms, inner, span);
  }

  private static Ast times(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> head =
        form.items().size() < 2 ? List.of() : Syntax.items(form.items().get(1)).orElse(List.of());
    if (head.size() != 2 || !(head.get(0) instanceof Form.Symbol name)) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "dotimes takes a variable with its count, and a body",
              "(dotimes (i n) body …)");
    }
    Ast count = bodies.resolve(head.get(1), scope);
    Variable variable = bodies.names().variable(name.name(), null, name.span());
    Ast body = inner(bodies, variable, Syntax.rest(form, 2), scope, form.span());
    return new Ast.Count(variable, zero(form.span()), count, one(form.span()), body, form.span());
  }

  private static Ast loop(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() > 1 && form.items().get(1).isSymbol("for")) {
      return new LoopClauses(bodies, form, scope).resolve();
    }
    if (form.items().size() > 1
        && form.items().get(1) instanceof Form.Symbol word
        && LoopClauses.OTHERS.contains(word.name())) {
      return bodies
          .names()
          .malformed(
              word.span(),
              "loop knows no clause " + word.name() + " at its head",
              "(while condition body …), or (loop body …) with (break) in it");
    }
    Ast body = body(bodies, Syntax.rest(form, 1), scope.block(), form.span());
    return new Ast.While(new Ast.Bool(true, form.span()), body, form.span());
  }

  private static Ast jump(Bodies bodies, Form.Sequence form, Scope scope, boolean isBreak) {
    if (scope.loops() == 0) {
      String word = isBreak ? "break" : "continue";
      return bodies
          .names()
          .malformed(form.span(), word + " stands outside of any loop", "it in a loop's body");
    }
    return isBreak ? new Ast.Break(form.span()) : new Ast.Continue(form.span());
  }

  static Ast zero(Span span) {
    return new Ast.Whole(BigInteger.ZERO, null, span);
  }

  static Ast one(Span span) {
    return new Ast.Whole(BigInteger.ONE, null, span);
  }
}
