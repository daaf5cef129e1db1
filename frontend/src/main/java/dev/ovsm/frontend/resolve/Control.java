package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The special forms that choose what runs. */
final class Control {
  private Control() {}

  static void addTo(Map<String, SpecialForms.Rule> rules) {
    for (String word : List.of("do", "progn", "begin")) {
      rules.put(
          word, (bodies, form, scope) -> bodies.block(Syntax.rest(form, 1), scope, form.span()));
    }
    rules.put("if", Control::choose);
    rules.put("when", (bodies, form, scope) -> when(bodies, form, scope, false));
    rules.put("unless", (bodies, form, scope) -> when(bodies, form, scope, true));
    rules.put("cond", Control::cond);
    rules.put("case", Control::select);
    rules.put("typecase", Control::selectType);
    rules.put("and", (bodies, form, scope) -> logic(bodies, form, scope, true));
    rules.put("or", (bodies, form, scope) -> logic(bodies, form, scope, false));
    rules.put("return", Control::leave);
    rules.put("the", Control::the);
    rules.put("try", Control::attempt);
    rules.put("quote", Control::quote);
    rules.put("quasiquote", Control::quote);
  }

  private static Ast choose(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    if (items.size() < 3 || items.size() > 4) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "if takes a condition, a value and perhaps another",
              "(if condition then else), with (do …) around several forms");
    }
    Ast condition = bodies.resolve(items.get(1), scope);
    Ast then = branch(bodies, items.get(2), scope);
    Ast otherwise = items.size() == 4 ? branch(bodies, items.get(3), scope) : null;
    return new Ast.If(condition, then, otherwise, form.span());
  }

  private static Ast branch(Bodies bodies, Form form, Scope scope) {
    return bodies.block(List.of(form), scope, form.span());
  }

  private static Ast when(Bodies bodies, Form.Sequence form, Scope scope, boolean negated) {
    if (form.items().size() < 3) {
      return bodies
          .names()
          .malformed(
              form.span(),
              Syntax.word(form.items().get(0)) + " takes a condition and a body",
              "(when condition body …)");
    }
    Ast condition = bodies.resolve(form.items().get(1), scope);
    if (negated) {
      Ast not = new Ast.Primitive(Operator.NOT, "not", form.items().get(0).span());
      condition = new Ast.Apply(not, List.of(condition), condition.span());
    }
    Ast body = bodies.block(Syntax.rest(form, 2), scope, form.span());
    return new Ast.If(condition, body, null, form.span());
  }

  private static Ast cond(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> clauses = Syntax.rest(form, 1);
    Ast result = null;
    for (int i = clauses.size() - 1; i >= 0; i--) {
      Form clause = clauses.get(i);
      List<Form> parts = Syntax.items(clause).orElse(List.of());
      if (parts.isEmpty()) {
        return bodies
            .names()
            .malformed(
                clause.span(), "this is not a clause of cond", "(condition body …) or (else …)");
      }
      Form test = parts.get(0);
      boolean always =
          test.isSymbol("else")
              || (test instanceof Form.Keyword key && key.name().equals("else"))
              || test.isSymbol("otherwise")
              || test.isSymbol("t")
              || (test instanceof Form.Bool bool && bool.value());
      if (parts.size() == 1) {
        result = tested(bodies, bodies.resolve(test, scope), result, clause.span());
        continue;
      }
      Ast body = bodies.block(parts.subList(1, parts.size()), scope, clause.span());
      result = always ? body : new Ast.If(bodies.resolve(test, scope), body, result, clause.span());
    }
    return result == null ? new Ast.Null(form.span()) : result;
  }

  /** A clause of a test alone, whose value is the clause's; the test runs once. */
  private static Ast tested(Bodies bodies, Ast test, @Nullable Ast otherwise, Span span) {
    Variable value = bodies.names().variable("value", null, Span.none());
    return new Ast.Do(
        List.of(
            new Ast.Define(value, test, span),
            new Ast.If(new Ast.Use(value, span), new Ast.Use(value, span), otherwise, span)),
        span);
  }

  private static Ast select(Bodies bodies, Form.Sequence form, Scope scope) {
    String shape = "(case value (key body …) … (else body …))";
    if (form.items().size() < 3) {
      return bodies.names().malformed(form.span(), "case takes a value and clauses", shape);
    }
    Ast value = bodies.resolve(form.items().get(1), scope);
    List<Ast.Clause> clauses = new ArrayList<>();
    Ast otherwise = null;
    for (Form clause : Syntax.rest(form, 2)) {
      List<Form> parts = Syntax.items(clause).orElse(List.of());
      if (parts.size() < 2) {
        return bodies.names().malformed(clause.span(), "this is not a clause of case", shape);
      }
      Form key = parts.get(0);
      Ast body = bodies.block(parts.subList(1, parts.size()), scope, clause.span());
      if (isDefault(key)) {
        otherwise = body;
      } else {
        List<Form> keys = Syntax.items(key).orElse(List.of(key));
        clauses.add(new Ast.Clause(bodies.each(keys, scope), body, clause.span()));
      }
    }
    return new Ast.Case(value, clauses, otherwise, form.span());
  }

  private static Ast selectType(Bodies bodies, Form.Sequence form, Scope scope) {
    String shape = "(typecase value (type body …) … (else body …))";
    if (form.items().size() < 3) {
      return bodies.names().malformed(form.span(), "typecase takes a value and clauses", shape);
    }
    Ast value = bodies.resolve(form.items().get(1), scope);
    List<Ast.TypeClause> clauses = new ArrayList<>();
    Ast otherwise = null;
    for (Form clause : Syntax.rest(form, 2)) {
      List<Form> parts = Syntax.items(clause).orElse(List.of());
      if (parts.size() < 2) {
        return bodies.names().malformed(clause.span(), "this is not a clause of typecase", shape);
      }
      Form key = parts.get(0);
      Ast body = bodies.block(parts.subList(1, parts.size()), scope, clause.span());
      if (isDefault(key)) {
        otherwise = body;
      } else {
        List<Form> types =
            key instanceof Form.Sequence list && !isCompound(list) ? list.items() : List.of(key);
        clauses.add(new Ast.TypeClause(types, body, clause.span()));
      }
    }
    return new Ast.TypeCase(value, clauses, otherwise, form.span());
  }

  /** Whether a list is one type, such as {@code (option u64)}, rather than several. */
  private static boolean isCompound(Form.Sequence list) {
    return list.bracket() != Form.Bracket.LIST
        || List.of("option", "array", "vec", "struct").stream().anyMatch(list::startsWith);
  }

  private static boolean isDefault(Form key) {
    return key.isSymbol("else")
        || key.isSymbol("otherwise")
        || key.isSymbol("t")
        || key.isSymbol("_");
  }

  private static Ast logic(Bodies bodies, Form.Sequence form, Scope scope, boolean conjunction) {
    List<Ast> operands = bodies.each(Syntax.rest(form, 1), scope);
    return operands.isEmpty()
        ? new Ast.Bool(conjunction, form.span())
        : new Ast.Logic(conjunction, operands, form.span());
  }

  private static Ast leave(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() > 2) {
      return bodies.names().malformed(form.span(), "return takes one value", "(return value)");
    }
    Ast value = form.items().size() == 2 ? bodies.resolve(form.items().get(1), scope) : null;
    return new Ast.Return(value, form.span());
  }

  private static Ast the(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() != 3) {
      return bodies.names().malformed(form.span(), "the takes a type and a value", "(the u64 x)");
    }
    return new Ast.The(
        form.items().get(1), bodies.resolve(form.items().get(2), scope), form.span());
  }

  /** A quoted atom is itself; names and lists are values only while macros expand. */
  private static Ast quote(Bodies bodies, Form.Sequence form, Scope scope) {
    boolean isAtom =
        form.items().size() == 2
            && !(form.items().get(1) instanceof Form.Symbol)
            && !(form.items().get(1) instanceof Form.Sequence);
    return isAtom
        ? bodies.resolve(form.items().get(1), scope)
        : bodies
            .names()
            .malformed(
                form.span(),
                "a quoted form is a value only in macros",
                "[a b] for values, \"a\" for a text, :a for a field's name");
  }

  /** {@code (try body … (catch error handler …) (finally …))}, with either clause or both. */
  private static Ast attempt(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    Form last = items.get(items.size() - 1);
    if (items.size() < 3 || !(last instanceof Form.Sequence list) || !list.startsWith("finally")) {
      return caught(bodies, items, scope, form.span());
    }
    List<Form> body = items.subList(0, items.size() - 1);
    Form before = body.get(body.size() - 1);
    boolean catches =
        before instanceof Form.Sequence clause
            && clause.startsWith("catch")
            && Throws.tag(clause).isEmpty();
    Span span = form.span();
    Ast inner =
        catches
            ? caught(bodies, body, scope, span)
            : bodies.block(body.subList(1, body.size()), scope, span);
    List<Form> end = list.items().subList(1, list.items().size());
    Variable error = bodies.names().variable("error", null, span);
    Ast fail = new Ast.Primitive(Operation.FAIL, "fail", span);
    Ast again = new Ast.Apply(fail, List.of(new Ast.Use(error, span)), span);
    Ast failing = new Ast.Do(List.of(bodies.block(end, scope, last.span()), again), span);
    Ast guarded = new Ast.Try(inner, error, failing, span);
    return new Ast.Finally(guarded, bodies.block(end, scope, last.span()), span);
  }

  private static Ast caught(Bodies bodies, List<Form> items, Scope scope, Span span) {
    String shape = "(try body … (catch error handler …))";
    Form last = items.get(items.size() - 1);
    List<Form> handler = Syntax.items(last).orElse(List.of());
    boolean wellFormed =
        items.size() >= 3
            && handler.size() >= 3
            && handler.get(0).isSymbol("catch")
            && handler.get(1) instanceof Form.Symbol;
    if (!wellFormed || !(handler.get(1) instanceof Form.Symbol name)) {
      return bodies.names().malformed(span, "try takes a body and a catch clause", shape);
    }
    Ast body = bodies.block(items.subList(1, items.size() - 1), scope, span);
    Scope inner = scope.block();
    Variable error = bodies.names().variable(name.name(), null, name.span());
    inner.bind(error);
    Ast handling = bodies.sequence(handler.subList(2, handler.size()), inner, last.span());
    inner.leave();
    return new Ast.Try(body, error, handling, span);
  }
}
