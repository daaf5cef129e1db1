package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;

/** Draws structs that have a function for a field, and what calls it. */
final class FunctionFields {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<Declared> declared = new ArrayList<>();

  FunctionFields(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** A struct of a number and a function, and a function that calls that of one. */
  private record Declared(
      String name, String caller, Kind.Int number, Kind.Int taken, Kind.Int given) {}

  void declare() {
    String name = "Fn" + draft.number();
    Declared one =
        new Declared(
            name,
            "call-" + name,
            expressions.integerKind(),
            expressions.integerKind(),
            expressions.integerKind());
    String type = "(-> (%s) %s)".formatted(one.taken.text(), one.given.text());
    draft
        .declarations()
        .add("(define-struct %s (n %s) (f %s))".formatted(name, one.number.text(), type));
    draft
        .declarations()
        .add(
            "(defun %s ((o : %s) (x : %s)) -> %s ((get o :f) x))"
                .formatted(one.caller, name, one.taken.text(), one.given.text()));
    declared.add(one);
  }

  /** Makes one; from here on its number can be read and its function called. */
  Term define(int depth) {
    if (declared.isEmpty()) {
      return expressions.statements().log(depth);
    }
    Declared type = draws.from(declared);
    Term number = expressions.of(type.number, depth);
    Functions.Lambda lambda =
        expressions.functions().lambda(List.of(type.taken), type.given, depth);
    int value = draft.number();
    int function = draft.number();
    String name = "g" + value;
    boolean passed = draws.below(2) == 1;
    draft
        .callables()
        .add(
            new Callable(
                passed ? type.caller + " " + name : "(get " + name + " :f)",
                List.of(type.taken),
                Callable.Extra.NONE,
                type.given,
                true,
                (machine, arguments) -> {
                  machine.enter(Construct.FUNCTION_FIELD);
                  return ((Callable.Body) machine.read(function)).in(machine, arguments);
                }));
    draft.variables().add(new Draft.Variable(value, "(get " + name + " :n)", type.number, false));
    return draft.effect(
        Construct.FUNCTION_FIELD,
        "(define %s (%s :n %s :f %s))".formatted(name, type.name, number.text(), lambda.text()),
        machine -> {
          machine.write(value, number.in(machine));
          machine.write(function, lambda.at(machine));
        });
  }
}
