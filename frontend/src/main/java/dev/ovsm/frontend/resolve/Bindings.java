package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The special forms that bind names and assign to places. */
final class Bindings {
  /** The functions of the library that give an element by its place. */
  private static final Map<String, Integer> ELEMENTS =
      Map.of("first", 0, "car", 0, "second", 1, "third", 2);

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
    rules.put("letrec", Bindings::letrec);
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
      Ast broken =
          bodies
              .names()
              .malformed(form.span(), "define takes a name and a value", "(define name value)");
      // The name is there for what follows, which is not to blame.
      typed.ifPresent(
          it -> scope.define(bodies.names().variable(it.name().name(), null, it.name().span())));
      return broken;
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
    Ast place = bodies.resolve(place(form.items().get(1), bodies), scope);
    Ast value = bodies.resolve(form.items().get(2), scope);
    if (place instanceof Ast.Use use && scope.captures(use.variable())) {
      warnOfCopy(bodies, use, form);
    }
    boolean isPlace =
        place instanceof Ast.Use || place instanceof Ast.Apply || place instanceof Ast.Broken;
    if (place instanceof Ast.Global global) {
      String name = global.definition().name();
      return bodies
          .names()
          .malformed(
              place.span(),
              name + " is " + kind(global.definition()) + " and cannot be set",
              "(define name value) where the program runs, or keep the value in a map or account");
    }
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

  private static String kind(Definition definition) {
    String word = definition.kind().word();
    return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
  }

  private static void warnOfCopy(Bodies bodies, Ast.Use use, Form.Sequence form) {
    String name = use.variable().name();
    bodies
        .names()
        .report(
            Diagnostic.at(
                    form.span(),
                    LanguageCode.PROBABLE_MISTAKE,
                    "this sets the function's own copy of " + name)
                .withLabel(use.variable().span(), "functions inside capture its value")
                .withHelp("return the new value, or keep it in an element: [0] is a place"));
  }

  /** {@code (first x)} and its kin as the {@code get} that they stand for. */
  private static Form place(Form form, Bodies bodies) {
    if (!(form instanceof Form.Sequence list)
        || list.items().isEmpty()
        || !(list.items().get(0) instanceof Form.Symbol head)
        || bodies.names().definesItself(head.name())) {
      return form;
    }
    List<Form> items = list.items();
    Form.Symbol get = new Form.Symbol("get", head.span());
    Integer index = ELEMENTS.get(head.name());
    if (index != null && items.size() == 2) {
      Form number = new Form.Whole(BigInteger.valueOf(index), null, head.span());
      return new Form.Sequence(Form.Bracket.LIST, List.of(get, items.get(1), number), list.span());
    }
    return head.name().equals("nth") && items.size() == 3
        ? new Form.Sequence(
            Form.Bracket.LIST, List.of(get, items.get(1), items.get(2)), list.span())
        : form;
  }

  private static Ast let(Bodies bodies, Form.Sequence form, Scope scope, boolean sequential) {
    List<Form> items = form.items();
    Optional<List<Form>> bindings =
        items.size() < 2 ? Optional.empty() : Syntax.items(items.get(1));
    if (items.size() > 3
        && items.get(1) instanceof Form.Symbol name
        && items.get(2) instanceof Form.Sequence pairs
        && pairs.items().stream().allMatch(Form.Sequence.class::isInstance)) {
      return bodies
          .names()
          .malformed(
              name.span(),
              "let has no name here that would call it again",
              "a loop: (while condition body …) or (for (i (range from to)) body …)");
    }
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
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (Form binding : bindings.get()) {
      Optional<Binding> parts = binding(binding);
      if (parts.isEmpty()) {
        Optional<Diagnostic> pairs = flat(bindings.get(), items.get(1).span());
        if (pairs.isPresent()) {
          bodies.names().report(pairs.get());
          return new Ast.Broken(form.span());
        }
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
        Variable earlier = variables.putIfAbsent(variable.name(), variable);
        if (earlier != null) {
          bodies.names().twice("bindings", variable, earlier);
        }
      }
    }
    variables.values().forEach(inner::bind);
    for (Form next : Syntax.rest(form, 2)) {
      body.add(bodies.resolve(next, inner));
    }
    inner.leave();
    return new Ast.Do(body, form.span());
  }

  /** What to say of {@code [a 1 b 2]}, names and values in turn as Clojure has them. */
  private static Optional<Diagnostic> flat(List<Form> items, Span span) {
    if (items.size() % 2 != 0) {
      return Optional.empty();
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < items.size(); i += 2) {
      if (!(items.get(i) instanceof Form.Symbol name)) {
        return Optional.empty();
      }
      pairs.add("(" + name.name() + " " + items.get(i + 1).span().text() + ")");
    }
    String written = "(" + String.join(" ", pairs) + ")";
    return Optional.of(
        Diagnostic.at(span, LanguageCode.MALFORMED_FORM, "each binding is a list of its own")
            .withHelp("write (name value) for each")
            .withFix(new Fix("write pairs", span, written)));
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
    List<Lambdas.Named> named = new ArrayList<>();
    for (Form function : functions.get()) {
      List<Form> parts = Syntax.items(function).orElse(List.of());
      if (parts.size() < 3 || !(parts.get(0) instanceof Form.Symbol name)) {
        return bodies.names().malformed(function.span(), "this is not a local function", shape);
      }
      named.add(new Lambdas.Named(name, parts.subList(1, parts.size())));
    }
    boolean recursive = items.get(0).isSymbol("labels");
    return group(bodies, named, recursive, Syntax.rest(form, 2), scope, form.span());
  }

  /** {@code letrec} of functions makes them known to each other; other values come in order. */
  private static Ast letrec(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    List<Form> bindings =
        items.size() < 2 ? List.of() : Syntax.items(items.get(1)).orElse(List.of());
    List<Lambdas.Named> named = new ArrayList<>();
    for (Form form1 : bindings) {
      List<Form> binding = Syntax.items(form1).orElse(List.of());
      if (binding.size() == 2
          && binding.get(0) instanceof Form.Symbol name
          && binding.get(1) instanceof Form.Sequence lambda
          && Constants.isFunction(lambda)) {
        named.add(new Lambdas.Named(name, Syntax.rest(lambda, 1)));
      }
    }
    return named.isEmpty() || named.size() < bindings.size()
        ? let(bodies, form, scope, true)
        : group(bodies, named, true, Syntax.rest(form, 2), scope, form.span());
  }

  private static Ast group(
      Bodies bodies,
      List<Lambdas.Named> functions,
      boolean recursive,
      List<Form> rest,
      Scope scope,
      Span span) {
    Scope inner = scope.block();
    Map<Variable, Ast.Lambda> group = new LinkedHashMap<>();
    List<Variable> variables = new ArrayList<>();
    for (Lambdas.Named function : functions) {
      Form.Symbol name = function.name();
      Variable variable = bodies.names().variable(name.name(), null, name.span());
      variables.add(variable);
      if (recursive) {
        inner.bind(variable);
      }
    }
    for (int i = 0; i < variables.size(); i++) {
      Lambdas.Named function = functions.get(i);
      String name = function.name().name();
      group.put(variables.get(i), Lambdas.function(bodies, name, function.parts(), inner, span));
    }
    variables.forEach(inner::bind);
    List<Ast> body = new ArrayList<>();
    Lambdas.knowEachOther(group, bodies.names())
        .forEach((variable, lambda) -> body.add(new Ast.Define(variable, lambda, lambda.span())));
    for (Form next : rest) {
      body.add(bodies.resolve(next, inner));
    }
    inner.leave();
    return new Ast.Do(body, span);
  }
}
