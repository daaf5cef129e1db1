package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Runs the code of macros on forms; every step counts against an allowance. */
final class Evaluator {
  private final Allowance allowance;
  private final Span place;
  private final Environment global;
  private final Function<String, Optional<Form.Sequence>> functions;
  private final Function<String, Optional<Form.Sequence>> library;
  private final Set<String> macros;
  private final UnaryOperator<Form> expansion;
  private final Map<String, Special> specials = Specials.all();

  /** A special form of macro code. */
  interface Special {
    Value evaluate(Evaluator evaluator, Form.Sequence form, Environment scope);
  }

  /**
   * @param place the macro call, where what the macro makes stands
   * @param functions finds the definition of a function of the program, which macros may call
   * @param library finds a function of the library, for names that mean nothing else
   * @param macros the names of macros, whose calls macro code may contain
   * @param expansion what a form is when it is no macro's call any more
   */
  Evaluator(
      Allowance allowance,
      Span place,
      Environment global,
      Function<String, Optional<Form.Sequence>> functions,
      Function<String, Optional<Form.Sequence>> library,
      Set<String> macros,
      UnaryOperator<Form> expansion) {
    this.allowance = allowance;
    this.place = place;
    this.global = global;
    this.functions = functions;
    this.library = library;
    this.macros = macros;
    this.expansion = expansion;
  }

  Allowance allowance() {
    return allowance;
  }

  Span place() {
    return place;
  }

  /** The form that a macro's call stands for. */
  Form expand(Form form) {
    return expansion.apply(form);
  }

  Value evaluate(Form form, Environment scope) {
    allowance.step(form.span());
    if (form instanceof Form.Symbol symbol) {
      return variable(symbol, scope);
    }
    if (!(form instanceof Form.Sequence list) || list.bracket() != Form.Bracket.LIST) {
      return form instanceof Form.Sequence vector ? vector(vector, scope) : new Value.Data(form);
    }
    if (list.items().isEmpty()) {
      return new Value.Data(form);
    }
    allowance.enter(form.span());
    Value value = list(list, scope);
    allowance.leave();
    return value;
  }

  private Value list(Form.Sequence list, Environment scope) {
    Form head = list.items().get(0);
    if (head instanceof Form.Symbol symbol && scope.find(symbol.name()).isEmpty()) {
      Special special = specials.get(symbol.name());
      if (special != null) {
        return special.evaluate(this, list, scope);
      }
    }
    if (head instanceof Form.Symbol name && scope.find(name.name()).isEmpty() && isMacro(name)) {
      return evaluate(expansion.apply(list), scope);
    }
    Value function = evaluate(head, scope);
    if (!(function instanceof Value.Function callable)) {
      throw failed(head.span(), "this is no function that macros can call", "a function's name");
    }
    List<Value> arguments =
        list.items().subList(1, list.items().size()).stream()
            .map(item -> evaluate(item, scope))
            .toList();
    return callable.body().apply(arguments, list.span());
  }

  /** Whether only a macro has the name. */
  private boolean isMacro(Form.Symbol name) {
    return macros.contains(name.name())
        && functions.apply(name.name()).isEmpty()
        && Primitives.find(name.name(), this).isEmpty();
  }

  private Value vector(Form.Sequence vector, Environment scope) {
    List<Form> items =
        vector.items().stream().map(i -> form(evaluate(i, scope), i.span())).toList();
    return new Value.Data(new Form.Sequence(vector.bracket(), items, vector.span()));
  }

  private Value closure(String name, Form.Sequence function) {
    List<Form> items = function.items();
    return closure(name, items.get(2), items.subList(3, items.size()), global);
  }

  private Value variable(Form.Symbol symbol, Environment scope) {
    Optional<Value> known = scope.find(symbol.name());
    if (known.isPresent()) {
      return known.get();
    }
    String name = symbol.name();
    return functions
        .apply(name)
        .map(function -> closure(name, function))
        .or(() -> Primitives.find(name, this))
        .or(() -> library.apply(name).map(function -> closure(name, function)))
        .orElseThrow(
            () ->
                failed(
                    symbol.span(),
                    "macros know nothing named " + symbol.name(),
                    "'" + symbol.name() + " for the name itself"));
  }

  Value closure(String name, Form parameters, List<Form> body, Environment scope) {
    return new Value.Function(
        name,
        (arguments, at) -> {
          Environment inner = new Environment(scope);
          new Binder(this, name).bind(parameters, arguments, inner, at);
          return body(body, inner, at);
        });
  }

  /** Forms one after another; the value is the last one's. */
  Value body(List<Form> forms, Environment scope, Span at) {
    Value last = new Value.Data(new Form.Null(at));
    for (Form form : forms) {
      last = evaluate(form, scope);
    }
    return last;
  }

  static Value list(List<Value> values, Span at) {
    List<Form> items = values.stream().map(value -> form(value, at)).toList();
    return new Value.Data(new Form.Sequence(Form.Bracket.LIST, items, at));
  }

  /** The items of a list; {@code null} has none. */
  static List<Value> items(Value value, Span at) {
    if (value instanceof Value.Data data && data.form() instanceof Form.Null) {
      return List.of();
    }
    if (value instanceof Value.Data data && data.form() instanceof Form.Sequence list) {
      return list.items().stream().map(item -> (Value) new Value.Data(item)).toList();
    }
    throw failed(at, "a list is needed here", "'(a b c) or (list a b c)");
  }

  /** The value as a form to insert. */
  static Form form(Value value, Span at) {
    if (value instanceof Value.Data data) {
      return data.form();
    }
    throw failed(at, "a function cannot stand in an expansion", "the function's name, quoted");
  }

  static Failed failed(Span at, String message, String instead) {
    return new Failed(
        Diagnostic.at(at, LanguageCode.MACRO_FAILED, message).withHelp("write " + instead));
  }
}
