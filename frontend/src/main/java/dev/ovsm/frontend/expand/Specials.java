package dev.ovsm.frontend.expand;

import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The special forms of macro code. */
final class Specials {
  private Specials() {}

  static Map<String, Evaluator.Special> all() {
    Map<String, Evaluator.Special> all = new LinkedHashMap<>();
    all.put("quote", (evaluator, form, scope) -> new Value.Data(argument(form, 1)));
    all.put(
        "quasiquote",
        (evaluator, form, scope) ->
            new Value.Data(
                new Template(evaluator, scope, evaluator.place()).fill(argument(form, 1), 1)));
    all.put("if", Specials::choose);
    all.put("when", (evaluator, form, scope) -> when(evaluator, form, scope, true));
    all.put("unless", (evaluator, form, scope) -> when(evaluator, form, scope, false));
    all.put("cond", Specials::cond);
    all.put("and", (evaluator, form, scope) -> logic(evaluator, form, scope, true));
    all.put("or", (evaluator, form, scope) -> logic(evaluator, form, scope, false));
    for (String word : List.of("do", "progn", "begin")) {
      all.put(
          word,
          (evaluator, form, scope) ->
              evaluator.body(rest(form, 1), new Environment(scope), form.span()));
    }
    all.put("let", (evaluator, form, scope) -> let(evaluator, form, scope, false));
    all.put("let*", (evaluator, form, scope) -> let(evaluator, form, scope, true));
    all.put("define", Specials::define);
    all.put("set!", Specials::assign);
    for (String word : List.of("lambda", "fn")) {
      all.put(
          word,
          (evaluator, form, scope) ->
              evaluator.closure("lambda", argument(form, 1), rest(form, 2), scope));
    }
    all.put("case", Specials::select);
    all.put("for", Specials::each);
    all.put("dotimes", Specials::times);
    all.put("while", Specials::repeat);
    return all;
  }

  private static Form argument(Form.Sequence form, int index) {
    if (index >= form.items().size()) {
      throw Evaluator.failed(form.span(), "this form of a macro is incomplete", "what it lacks");
    }
    return form.items().get(index);
  }

  private static List<Form> rest(Form.Sequence form, int from) {
    return form.items().subList(Math.min(from, form.items().size()), form.items().size());
  }

  private static List<Form> items(Form form) {
    if (form instanceof Form.Sequence list && list.bracket() != Form.Bracket.MAP) {
      return list.items();
    }
    throw Evaluator.failed(form.span(), "a list is needed here", "(…)");
  }

  private static Value choose(Evaluator evaluator, Form.Sequence form, Environment scope) {
    boolean isTrue = evaluator.evaluate(argument(form, 1), scope).isTrue();
    Form then = argument(form, 2);
    return isTrue
        ? evaluator.evaluate(then, scope)
        : evaluator.body(rest(form, 3), scope, form.span());
  }

  private static Value when(
      Evaluator evaluator, Form.Sequence form, Environment scope, boolean wanted) {
    boolean runs = evaluator.evaluate(argument(form, 1), scope).isTrue() == wanted;
    List<Form> body = runs ? rest(form, 2) : List.of();
    return evaluator.body(body, new Environment(scope), form.span());
  }

  private static Value cond(Evaluator evaluator, Form.Sequence form, Environment scope) {
    for (Form clause : rest(form, 1)) {
      List<Form> parts = items(clause);
      if (parts.isEmpty()) {
        throw Evaluator.failed(clause.span(), "this is not a clause of cond", "(condition body …)");
      }
      Form test = parts.get(0);
      boolean always = test.isSymbol("else") || test.isSymbol("t");
      if (always || evaluator.evaluate(test, scope).isTrue()) {
        return evaluator.body(
            parts.subList(1, parts.size()), new Environment(scope), clause.span());
      }
    }
    return new Value.Data(new Form.Null(form.span()));
  }

  private static Value logic(
      Evaluator evaluator, Form.Sequence form, Environment scope, boolean conjunction) {
    Value last = new Value.Data(new Form.Bool(conjunction, form.span()));
    for (Form operand : rest(form, 1)) {
      last = evaluator.evaluate(operand, scope);
      if (last.isTrue() != conjunction) {
        return last;
      }
    }
    return last;
  }

  private static Value let(
      Evaluator evaluator, Form.Sequence form, Environment scope, boolean sequential) {
    Environment inner = new Environment(scope);
    for (Form binding : items(argument(form, 1))) {
      List<Form> parts = items(binding);
      if (parts.size() != 2) {
        throw Evaluator.failed(binding.span(), "a binding is a name and a value", "(name value)");
      }
      Value value = evaluator.evaluate(parts.get(1), sequential ? inner : scope);
      inner.define(name(parts.get(0)), value);
    }
    return evaluator.body(rest(form, 2), inner, form.span());
  }

  private static String name(Form form) {
    if (form instanceof Form.Symbol symbol) {
      return symbol.name();
    }
    throw Evaluator.failed(form.span(), "a name is needed here", "a symbol");
  }

  private static Value define(Evaluator evaluator, Form.Sequence form, Environment scope) {
    Form head = argument(form, 1);
    if (head instanceof Form.Sequence sugar && !sugar.items().isEmpty()) {
      List<Form> parameters = sugar.items().subList(1, sugar.items().size());
      Form list = new Form.Sequence(Form.Bracket.LIST, parameters, sugar.span());
      String name = name(sugar.items().get(0));
      scope.define(name, evaluator.closure(name, list, rest(form, 2), scope));
    } else {
      scope.define(name(head), evaluator.evaluate(argument(form, 2), scope));
    }
    return new Value.Data(new Form.Null(form.span()));
  }

  private static Value assign(Evaluator evaluator, Form.Sequence form, Environment scope) {
    Value value = evaluator.evaluate(argument(form, 2), scope);
    Form target = argument(form, 1);
    if (!scope.assign(name(target), value)) {
      throw Evaluator.failed(target.span(), "this variable is not defined", "define first");
    }
    return value;
  }

  private static Value each(Evaluator evaluator, Form.Sequence form, Environment scope) {
    List<Form> head = items(argument(form, 1));
    if (head.size() != 2) {
      throw Evaluator.failed(
          form.span(), "for takes a variable with its values", "(for (x list) …)");
    }
    for (Value value : Evaluator.items(evaluator.evaluate(head.get(1), scope), form.span())) {
      Environment inner = new Environment(scope);
      inner.define(name(head.get(0)), value);
      evaluator.body(rest(form, 2), inner, form.span());
    }
    return new Value.Data(new Form.Null(form.span()));
  }

  private static Value times(Evaluator evaluator, Form.Sequence form, Environment scope) {
    List<Form> head = items(argument(form, 1));
    if (head.size() != 2
        || !(Evaluator.form(evaluator.evaluate(head.get(1), scope), form.span())
            instanceof Form.Whole count)) {
      throw Evaluator.failed(
          form.span(), "dotimes takes a variable with its count", "(dotimes (i n) …)");
    }
    for (BigInteger i = BigInteger.ZERO;
        i.compareTo(count.value()) < 0;
        i = i.add(BigInteger.ONE)) {
      evaluator.allowance().step(form.span());
      Environment inner = new Environment(scope);
      inner.define(
          name(head.get(0)), new Value.Data(new Form.Whole(i, count.suffix(), form.span())));
      evaluator.body(rest(form, 2), inner, form.span());
    }
    return new Value.Data(new Form.Null(form.span()));
  }

  /** The body of the first clause with a key that is written as the value is, or of the last. */
  private static Value select(Evaluator evaluator, Form.Sequence form, Environment scope) {
    Form value = Evaluator.form(evaluator.evaluate(argument(form, 1), scope), form.span());
    String text = FormPrinter.print(value);
    for (Form clause : rest(form, 2)) {
      List<Form> parts = items(clause);
      if (parts.isEmpty()) {
        throw Evaluator.failed(clause.span(), "this is not a clause of case", "(key body …)");
      }
      Form keys = parts.get(0);
      boolean always =
          keys.isSymbol("else")
              || keys.isSymbol("otherwise")
              || keys.isSymbol("t")
              || keys.isSymbol("_");
      List<Form> alternatives =
          keys instanceof Form.Sequence several ? several.items() : List.of(keys);
      if (always || alternatives.stream().map(FormPrinter::print).anyMatch(text::equals)) {
        return evaluator.body(
            parts.subList(1, parts.size()), new Environment(scope), clause.span());
      }
    }
    return new Value.Data(new Form.Null(form.span()));
  }

  private static Value repeat(Evaluator evaluator, Form.Sequence form, Environment scope) {
    while (evaluator.evaluate(argument(form, 1), scope).isTrue()) {
      evaluator.body(rest(form, 2), new Environment(scope), form.span());
    }
    return new Value.Data(new Form.Null(form.span()));
  }
}
