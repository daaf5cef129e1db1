package dev.ovsm.frontend.resolve;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The special forms that bind names and assign to places. */
final class Bindings {
  private Bindings() {}

  static void addTo(Map<String, SpecialForms.Rule> rules) {
    rules.put("define", Bindings::define);
    rules.put("defvar", Bindings::define);
    rules.put("defparameter", Bindings::define);
    rules.put("const", Bindings::define);
    for (String word : List.of("defun", "defn", "fn", "lambda")) {
      rules.put(word, (bodies, form, scope) -> Lambdas.resolve(bodies, form, scope));
    }
    rules.put("set!", Bindings::assign);
    rules.put("setf", Bindings::assign);
    rules.put("setq", Bindings::assign);
    rules.put("make-vec", Bindings::make);
    rules.put("make-array", Bindings::make);
    rules.put("let", (bodies, form, scope) -> let(bodies, form, scope, false));
    rules.put("let*", (bodies, form, scope) -> let(bodies, form, scope, true));
    rules.put("letrec", (bodies, form, scope) -> let(bodies, form, scope, true));
    rules.put("flet", Bindings::functions);
    rules.put("labels", Bindings::functions);
  }

  /** {@code (make-vec T n)} and {@code (make-array T n)}; without T, uses decide. */
  private static Ast make(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    String word = Syntax.word(items.get(0));
    if (items.size() < 2 || items.size() > 3) {
      return bodies
          .names()
          .malformed(
              form.span(),
              word + " takes a type and a number of elements",
              "(" + word + " u64 16)");
    }
    Form element = items.size() == 3 ? items.get(1) : new Form.Symbol("_", items.get(0).span());
    Form kind = new Form.Symbol(word.substring("make-".length()), items.get(0).span());
    Form count = items.get(items.size() - 1);
    return new Ast.Make(
        new Form.Sequence(Form.Bracket.LIST, List.of(kind, element, count), form.span()),
        form.span());
  }

  private static Ast define(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    boolean sugar = items.size() >= 3 && items.get(1) instanceof Form.Sequence;
    Optional<Syntax.Typed> typed = items.size() < 2 ? Optional.empty() : Syntax.typed(items.get(1));
    if (sugar && typed.isEmpty()) {
      return Lambdas.resolve(bodies, form, scope);
    }
    if (typed.isEmpty() || items.size() != 3) {
      return bodies
          .names()
          .malformed(form.span(), "define takes a name and a value", "(define name value)");
    }
    Ast value = bodies.resolve(items.get(2), scope);
    Form.Symbol name = typed.get().name();
    Variable variable = bodies.names().variable(name.name(), typed.get().type(), name.span());
    scope.define(variable);
    return new Ast.Define(variable, value, form.span());
  }

  private static Ast assign(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() != 3) {
      return bodies
          .names()
          .malformed(form.span(), "set! takes a place and a value", "(set! place value)");
    }
    Ast place = bodies.resolve(form.items().get(1), scope);
    Ast value = bodies.resolve(form.items().get(2), scope);
    boolean isPlace =
        place instanceof Ast.Use || place instanceof Ast.Apply || place instanceof Ast.Broken;
    if (!isPlace) {
      return bodies
          .names()
          .malformed(
              place.span(),
              "this is not a place that can be set",
              "a variable, (get record :field) or (get vector index)");
    }
    return new Ast.Assign(place, value, form.span());
  }

  private static Ast let(Bodies bodies, Form.Sequence form, Scope scope, boolean sequential) {
    List<Form> items = form.items();
    Optional<List<Form>> bindings =
        items.size() < 2 ? Optional.empty() : Syntax.items(items.get(1));
    if (bindings.isEmpty()) {
      return bodies
          .names()
          .malformed(
              form.span(),
              Syntax.word(form.items().get(0)) + " takes a list of bindings and a body",
              "(let ((name value) …) body …)");
    }
    Scope inner = scope.block();
    List<Ast> body = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    for (Form binding : bindings.get()) {
      Optional<Binding> parts = binding(binding);
      if (parts.isEmpty()) {
        return bodies
            .names()
            .malformed(
                binding.span(),
                "a binding is a name and a value",
                "(name value) or ((name : type) value)");
      }
      Syntax.Typed typed = parts.get().typed();
      Ast value = bodies.resolve(parts.get().value(), sequential ? inner : scope);
      Form.Symbol name = typed.name();
      Variable variable = bodies.names().variable(name.name(), typed.type(), name.span());
      body.add(new Ast.Define(variable, value, binding.span()));
      if (sequential) {
        inner.bind(variable);
      } else {
        variables.add(variable);
      }
    }
    variables.forEach(inner::bind);
    for (Form next : Syntax.rest(form, 2)) {
      body.add(bodies.resolve(next, inner));
    }
    inner.leave();
    return new Ast.Do(body, form.span());
  }

  /** {@code (name value)}, {@code (name : type value)} or {@code ((name : type) value)}. */
  private static Optional<Binding> binding(Form form) {
    if (form instanceof Form.Symbol symbol) {
      return Optional.of(new Binding(new Syntax.Typed(symbol, null), new Form.Null(symbol.span())));
    }
    List<Form> items = Syntax.items(form).orElse(List.of());
    if (items.size() == 4
        && items.get(0) instanceof Form.Symbol name
        && items.get(1).isSymbol(":")) {
      return Optional.of(new Binding(new Syntax.Typed(name, items.get(2)), items.get(3)));
    }
    return items.size() == 2
        ? Syntax.typed(items.get(0)).map(typed -> new Binding(typed, items.get(1)))
        : Optional.empty();
  }

  private record Binding(Syntax.Typed typed, Form value) {}

  private static Ast functions(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    Optional<List<Form>> functions =
        items.size() < 2 ? Optional.empty() : Syntax.items(items.get(1));
    String shape = "(" + Syntax.word(items.get(0)) + " ((name (parameter …) body …) …) body …)";
    if (functions.isEmpty()) {
      return bodies.names().malformed(form.span(), "local functions are missing", shape);
    }
    boolean recursive = items.get(0).isSymbol("labels");
    Scope inner = scope.block();
    List<Ast> body = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    for (Form function : functions.get()) {
      List<Form> parts = Syntax.items(function).orElse(List.of());
      if (parts.size() < 3 || !(parts.get(0) instanceof Form.Symbol name)) {
        return bodies.names().malformed(function.span(), "this is not a local function", shape);
      }
      Variable variable = bodies.names().variable(name.name(), null, name.span());
      variables.add(variable);
      if (recursive) {
        inner.bind(variable);
      }
      Ast lambda =
          Lambdas.function(
              bodies, name.name(), parts.subList(1, parts.size()), inner, function.span());
      body.add(new Ast.Define(variable, lambda, function.span()));
      if (recursive) {
        inner.bind(variable);
      }
    }
    variables.forEach(inner::bind);
    for (Form next : Syntax.rest(form, 2)) {
      body.add(bodies.resolve(next, inner));
    }
    inner.leave();
    return new Ast.Do(body, form.span());
  }
}
