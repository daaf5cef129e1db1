package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Builtin;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions: {@code lambda}, {@code defun} and the function sugar of {@code define}. */
final class Lambdas {
  private static final String SHAPE = "(defun name (parameter …) body …)";

  private Lambdas() {}

  /** A function form inside a body; a named one is bound there. */
  static Ast resolve(Bodies bodies, Form.Sequence form, Scope scope) {
    List<Form> items = form.items();
    Optional<Named> named = named(form);
    if (named.isPresent()) {
      Form.Symbol name = named.get().name();
      Variable variable = bodies.names().variable(name.name(), null, name.span());
      Scope self = scope.block();
      self.bind(variable);
      Ast.Lambda lambda = function(bodies, name.name(), named.get().parts(), self, form.span());
      scope.define(variable);
      Ast.Lambda known =
          knowEachOther(Map.of(variable, lambda), bodies.names()).getOrDefault(variable, lambda);
      return new Ast.Define(variable, known, form.span());
    }
    if (items.size() < 3) {
      return bodies
          .names()
          .malformed(
              form.span(), "a function has parameters and a body", "(lambda (parameter …) body …)");
    }
    return function(bodies, "lambda", items.subList(1, items.size()), scope, form.span());
  }

  /**
   * The functions, which may call each other by their variables: what they capture beside each
   * other is captured by all, so that each can make the others.
   */
  static Map<Variable, Ast.Lambda> knowEachOther(Map<Variable, Ast.Lambda> group, Names names) {
    Set<Variable> shared = new LinkedHashSet<>();
    group.values().forEach(lambda -> shared.addAll(lambda.captures()));
    if (shared.stream().noneMatch(group::containsKey)) {
      return group;
    }
    shared.removeAll(group.keySet());
    Map<Variable, Ast.Lambda> known = new LinkedHashMap<>();
    group.forEach((variable, lambda) -> known.put(variable, lambda.capturing(List.copyOf(shared))));
    names.recursive.putAll(known);
    return known;
  }

  /** An operation as a value: a function that applies it to one operand or two. */
  static Ast ofPrimitive(Ast.Primitive primitive, Names names) {
    Builtin builtin = primitive.builtin();
    boolean isPure = builtin instanceof Operator || builtin instanceof Conversion;
    if (!isPure && builtin != Operation.LENGTH && builtin != Operation.GET) {
      return primitive;
    }
    Span span = primitive.span();
    List<Parameter> parameters = new ArrayList<>();
    List<Ast> arguments = new ArrayList<>();
    for (int i = 0; i < Math.min(2, builtin.most()); i++) {
      Variable variable = names.variable(i == 0 ? "left" : "right", null, span);
      parameters.add(new Parameter(variable, Parameter.Kind.REQUIRED, null));
      arguments.add(new Ast.Use(variable, span));
    }
    Ast body = new Ast.Apply(primitive, arguments, span);
    return new Ast.Lambda(names.id(), primitive.name(), parameters, body, null, List.of(), span);
  }

  /** The name and the rest of {@code (defun name …)} and {@code (define (name …) …)}. */
  static Optional<Named> named(Form.Sequence form) {
    List<Form> items = form.items();
    if (items.size() >= 3 && form.startsWith("define")) {
      List<Form> head = Syntax.items(items.get(1)).orElse(List.of());
      boolean isTyped = Syntax.typed(items.get(1)).isPresent();
      if (!isTyped && !head.isEmpty() && head.get(0) instanceof Form.Symbol name) {
        List<Form> parts = new ArrayList<>();
        List<Form> parameters = head.subList(1, head.size());
        parts.add(new Form.Sequence(Form.Bracket.LIST, parameters, items.get(1).span()));
        parts.addAll(items.subList(2, items.size()));
        return Optional.of(new Named(name, parts));
      }
      return Optional.empty();
    }
    boolean defines = form.startsWith("defun") || form.startsWith("defn") || form.startsWith("fn");
    return defines && items.size() >= 4 && items.get(1) instanceof Form.Symbol name
        ? Optional.of(new Named(name, items.subList(2, items.size())))
        : Optional.empty();
  }

  /**
   * The parts of a function with the types of {@code (-> (parameter …) result)} beside its
   * parameters; empty if they are not of that kind.
   */
  static Optional<List<Form>> typed(List<Form> parts, Form type) {
    List<Form> names = parts.isEmpty() ? List.of() : Syntax.items(parts.get(0)).orElse(List.of());
    boolean isPlain = names.stream().allMatch(name -> name instanceof Form.Symbol);
    if (!(type instanceof Form.Sequence arrow)
        || !arrow.startsWith("->")
        || arrow.items().size() != 3
        || !(arrow.items().get(1) instanceof Form.Sequence types)
        || types.items().size() != names.size()
        || !isPlain
        || hasResult(parts)) {
      return Optional.empty();
    }
    List<Form> parameters = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Form name = names.get(i);
      List<Form> one = List.of(name, new Form.Symbol(":", name.span()), types.items().get(i));
      parameters.add(new Form.Sequence(Form.Bracket.LIST, one, name.span()));
    }
    List<Form> all = new ArrayList<>();
    all.add(new Form.Sequence(Form.Bracket.LIST, parameters, parts.get(0).span()));
    all.add(new Form.Symbol("->", arrow.span()));
    all.add(arrow.items().get(2));
    all.addAll(parts.subList(1, parts.size()));
    return Optional.of(all);
  }

  /** A function's name, then its parameters and body. */
  record Named(Form.Symbol name, List<Form> parts) {}

  /** A function from its parameter list, docstring, result type and body. */
  static Ast.Lambda function(Bodies bodies, String name, List<Form> parts, Scope scope, Span span) {
    return build(bodies, name, parts, Scope.ofFunction(scope), span);
  }

  /** The same at top level, where there is nothing to capture. */
  static Ast.Lambda topLevel(Bodies bodies, String name, List<Form> parts, Span span) {
    return build(bodies, name, parts, Scope.ofFunction(null), span);
  }

  static Ast.Lambda build(Bodies bodies, String name, List<Form> parts, Scope inner, Span span) {
    List<Parameter> parameters =
        parts.isEmpty() ? List.of() : parameters(bodies, parts.get(0), inner);
    boolean hasResult = hasResult(parts);
    Form result = hasResult ? parts.get(2) : null;
    int at = (hasResult ? 3 : 1) + (documentation(parts).isEmpty() ? 0 : 1);
    List<Form> body = parts.subList(Math.min(at, parts.size()), parts.size());
    if (body.isEmpty()) {
      bodies.names().malformed(span, "this function has no body", SHAPE);
    }
    Span bodySpan = body.isEmpty() ? span : body.get(0).span().to(body.get(body.size() - 1).span());
    Ast value = bodies.sequence(body, inner, bodySpan);
    int id = bodies.names().id();
    return new Ast.Lambda(id, name, parameters, value, result, inner.captures(), span);
  }

  private static boolean hasResult(List<Form> parts) {
    return parts.size() > 2 && parts.get(1).isSymbol("->");
  }

  /** The text that a function's body begins with, unless it is all of the body. */
  static String documentation(List<Form> parts) {
    int at = hasResult(parts) ? 3 : 1;
    return parts.size() > at + 1 && parts.get(at) instanceof Form.Text text ? text.value() : "";
  }

  private static List<Parameter> parameters(Bodies bodies, Form form, Scope inner) {
    Optional<List<Form>> items = Syntax.items(form);
    if (items.isEmpty()) {
      bodies.names().malformed(form.span(), "parameters stand in a list", SHAPE);
      return List.of();
    }
    List<Parameter> parameters = new ArrayList<>();
    Parameter.Kind kind = Parameter.Kind.REQUIRED;
    for (Form item : TypedNames.apart(items.get(), bodies.names())) {
      Optional<Parameter.Kind> marker = marker(item);
      if (marker.isPresent()) {
        kind = marker.get();
        continue;
      }
      Optional<Parameter> parameter = parameter(bodies, item, kind, inner);
      if (parameter.isEmpty()) {
        excuse(bodies, item);
        bodies
            .names()
            .malformed(
                item.span(),
                "this is not a parameter",
                "a name, (name : type), or (name default) after &optional and &key");
      }
      parameter.ifPresent(found -> add(found, parameters, bodies));
    }
    return parameters;
  }

  /** What is no parameter was meant to be one: names in it are not unknown. */
  private static void excuse(Bodies bodies, Form item) {
    bodies.names().excuses.add(item);
    Syntax.items(item).orElse(List.of()).forEach(bodies.names().excuses::add);
  }

  private static void add(Parameter parameter, List<Parameter> parameters, Bodies bodies) {
    Variable variable = parameter.variable();
    for (Parameter earlier : parameters) {
      if (earlier.variable().name().equals(variable.name())) {
        bodies.names().twice("parameters", variable, earlier.variable());
        return;
      }
    }
    parameters.add(parameter);
  }

  private static Optional<Parameter.Kind> marker(Form form) {
    return Syntax.symbol(form)
        .map(
            word ->
                switch (word) {
                  case "&optional" -> Parameter.Kind.OPTIONAL;
                  case "&rest", "&body" -> Parameter.Kind.REST;
                  case "&key" -> Parameter.Kind.KEY;
                  default -> null;
                });
  }

  private static Optional<Parameter> parameter(
      Bodies bodies, Form form, Parameter.Kind kind, Scope inner) {
    Optional<Syntax.Typed> typed = Syntax.typed(form);
    Ast fallback = null;
    if (typed.isEmpty() && kind != Parameter.Kind.REQUIRED) {
      List<Form> items = Syntax.items(form).orElse(List.of());
      if (items.size() == 2) {
        typed = Syntax.typed(items.get(0));
        fallback = bodies.resolve(items.get(1), inner);
      } else if (items.size() == 4 && items.get(0) instanceof Form.Symbol name) {
        typed = Optional.of(new Syntax.Typed(name, items.get(2)));
        fallback = bodies.resolve(items.get(3), inner);
      }
    }
    @Nullable Ast value = fallback;
    return typed.map(
        found -> {
          Variable variable =
              bodies.names().variable(found.name().name(), found.type(), found.name().span());
          inner.bind(variable);
          return new Parameter(variable, kind, value);
        });
  }
}
