package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The special forms that give a function every element of a collection: loops whose bound is the
 * collection's, with room for what they collect in the frame.
 */
final class Sequences {
  private final Bodies bodies;
  private final Form.Sequence form;
  private final Span span;
  private final List<Ast> body = new ArrayList<>();
  private final Map<Variable, Ast> values = new LinkedHashMap<>();

  private Sequences(Bodies bodies, Form.Sequence form) {
    this.bodies = bodies;
    this.form = form;
    this.span = form.span();
  }

  static void addTo(Map<String, SpecialForms.Rule> rules) {
    rule(rules, "map", "(map function collection)", Sequences::map);
    rule(rules, "filter", "(filter function collection)", Sequences::filter);
    rule(rules, "for-each", "(for-each function collection)", Sequences::each);
    rule(rules, "any?", "(any? function collection)", (it, parts) -> it.test(parts, true));
    rule(rules, "every?", "(every? function collection)", (it, parts) -> it.test(parts, false));
    rule(rules, "find", "(find function collection)", Sequences::find);
    rules.put("reduce", Sequences::reduce);
    rules.put("map-for-each", Sequences::entries);
  }

  /** What a form does with its function and its collection, both in variables. */
  private interface Way {
    Ast of(Sequences it, List<Variable> parts);
  }

  private static void rule(
      Map<String, SpecialForms.Rule> rules, String name, String shape, Way way) {
    rules.put(
        name,
        (bodies, form, scope) -> {
          if (form.items().size() != 3) {
            return bodies
                .names()
                .malformed(form.span(), name + " takes a function and a collection", shape);
          }
          Sequences it = new Sequences(bodies, form);
          return way.of(it, List.of(it.bound(1, scope), it.bound(2, scope)));
        });
  }

  /** A variable with the value of a part of the form. */
  private Variable bound(int part, Scope scope) {
    Variable variable = fresh("part");
    Ast value = bodies.resolve(form.items().get(part), scope);
    values.put(variable, value);
    body.add(new Ast.Define(variable, value, span));
    return variable;
  }

  private Variable fresh(String name) {
    return bodies.names().variable(name, null, span);
  }

  private Ast use(Variable variable) {
    return new Ast.Use(variable, span);
  }

  private Ast operation(Operation operation, Ast... arguments) {
    Ast function = new Ast.Primitive(operation, operation.names().get(0), span);
    return new Ast.Apply(function, List.of(arguments), span);
  }

  /** Room for as many values as a collection has. */
  private Ast room(Variable collection, boolean empty) {
    return Ranges.room(Objects.requireNonNull(values.get(collection)), empty, span)
        .orElseGet(() -> new Ast.MakeLike(use(collection), empty, span));
  }

  private Ast call(Variable function, Ast... arguments) {
    return new Ast.Apply(use(function), List.of(arguments), span);
  }

  private Ast whole(Ast last) {
    body.add(last);
    return new Ast.Do(body, span);
  }

  private Ast map(List<Variable> parts) {
    Variable made = fresh("made");
    Variable index = fresh("index");
    body.add(new Ast.Define(made, room(parts.get(1), false), span));
    Ast item = call(parts.get(0), operation(Operation.GET, use(parts.get(1)), use(index)));
    Ast set = new Ast.Assign(operation(Operation.GET, use(made), use(index)), item, span);
    Ast count = operation(Operation.LENGTH, use(parts.get(1)));
    body.add(new Ast.Count(index, Loops.zero(span), count, Loops.one(span), set, span));
    return whole(use(made));
  }

  private Ast filter(List<Variable> parts) {
    Variable made = fresh("made");
    Variable item = fresh("item");
    body.add(new Ast.Define(made, room(parts.get(1), true), span));
    Ast push = operation(Operation.PUSH, use(made), use(item));
    Ast keep = new Ast.If(call(parts.get(0), use(item)), push, null, span);
    body.add(new Ast.Each(item, use(parts.get(1)), keep, span));
    return whole(use(made));
  }

  private Ast each(List<Variable> parts) {
    Variable item = fresh("item");
    return whole(new Ast.Each(item, use(parts.get(1)), call(parts.get(0), use(item)), span));
  }

  /** Whether some element passes, or none fails. */
  private Ast test(List<Variable> parts, boolean some) {
    Variable item = fresh("item");
    Variable found = fresh("found");
    body.add(new Ast.Define(found, new Ast.Bool(!some, span), span));
    Ast set = new Ast.Assign(use(found), new Ast.Bool(some, span), span);
    Ast stop = new Ast.Do(List.of(set, new Ast.Break(span)), span);
    Ast passes = call(parts.get(0), use(item));
    Ast nothing = new Ast.Do(List.of(), span);
    Ast step =
        some ? new Ast.If(passes, stop, null, span) : new Ast.If(passes, nothing, stop, span);
    body.add(new Ast.Each(item, use(parts.get(1)), step, span));
    return whole(use(found));
  }

  /** The first element that passes, or null. */
  private Ast find(List<Variable> parts) {
    Variable item = fresh("item");
    Variable found = fresh("found");
    body.add(new Ast.Define(found, new Ast.Null(span), span));
    Ast set = new Ast.Assign(use(found), use(item), span);
    Ast stop = new Ast.Do(List.of(set, new Ast.Break(span)), span);
    Ast step = new Ast.If(call(parts.get(0), use(item)), stop, null, span);
    body.add(new Ast.Each(item, use(parts.get(1)), step, span));
    return whole(use(found));
  }

  /** {@code (map-for-each map (lambda (key value) …))}. */
  private static Ast entries(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() != 3) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "map-for-each takes a map and a function",
              "(map-for-each map (lambda (key value) …))");
    }
    Sequences it = new Sequences(bodies, form);
    Ast map = bodies.resolve(form.items().get(1), scope);
    Variable function = it.bound(2, scope);
    Variable key = it.fresh("key");
    Variable value = it.fresh("value");
    Ast body = it.call(function, it.use(key), it.use(value));
    return it.whole(new Ast.MapEach(map, key, value, body, it.span));
  }

  private static Ast reduce(Bodies bodies, Form.Sequence form, Scope scope) {
    if (form.items().size() != 4) {
      return bodies
          .names()
          .malformed(
              form.span(),
              "reduce takes a function, a first value and a collection",
              "(reduce (lambda (total x) (+ total x)) 0 numbers)");
    }
    Sequences it = new Sequences(bodies, form);
    Variable function = it.bound(1, scope);
    Variable total = it.bound(2, scope);
    Variable collection = it.bound(3, scope);
    Variable item = it.fresh("item");
    Ast next = it.call(function, it.use(total), it.use(item));
    Ast step = new Ast.Assign(it.use(total), next, it.span);
    it.body.add(new Ast.Each(item, it.use(collection), step, it.span));
    return it.whole(it.use(total));
  }
}
