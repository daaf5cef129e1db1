package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Variable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Watchers that wake at any change although their callback compares with a threshold. */
final class AnyChange implements Rule {
  private static final Set<Operator> ORDERS =
      Set.of(Operator.LT, Operator.LE, Operator.GT, Operator.GE);

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      Optional<Criteria> criteria =
          execution.trigger() == Trigger.WATCH
              ? execution.registration().flatMap(call -> Criteria.of(call, subject))
              : Optional.empty();
      if (criteria.filter(one -> one.isAnyChange(subject)).isEmpty()) {
        continue;
      }
      Ast place = criteria.get().part("comparison").orElse(criteria.get().whole());
      threshold(execution.lambda())
          .ifPresent(
              condition ->
                  out.accept(
                      Diagnostic.at(
                              place.span(),
                              LintCode.ANY_CHANGE,
                              "the watcher wakes at any change, and its callback compares")
                          .withLabel(condition.span(), "only where this holds it does anything")
                          .withHelp(
                              "let the watcher compare: :comparison \">=\" with a :threshold, or a"
                                  + " larger :threshold of change")));
    }
  }

  /** The comparison of what changed that everything in a callback depends on. */
  private static Optional<Ast> threshold(Ast.Lambda callback) {
    Set<Variable> given =
        callback.parameters().stream().map(Parameter::variable).collect(Collectors.toSet());
    Set<Variable> derived = new LinkedHashSet<>(given);
    Ast body = callback.body();
    while (body instanceof Ast.Do block && !block.body().isEmpty()) {
      List<Ast> parts = block.body();
      for (Ast part : parts.subList(0, parts.size() - 1)) {
        if (!(part instanceof Ast.Define define)) {
          return Optional.empty();
        }
        if (mentions(define.value(), derived)) {
          derived.add(define.variable());
        }
      }
      body = parts.get(parts.size() - 1);
    }
    boolean guards =
        body instanceof Ast.If choice
            && (choice.otherwise() == null || choice.otherwise() instanceof Ast.Null)
            && compares(choice.condition(), derived);
    return guards ? Optional.of(((Ast.If) body).condition()) : Optional.empty();
  }

  private static boolean compares(Ast condition, Set<Variable> derived) {
    boolean[] found = new boolean[1];
    AstParts.walk(
        condition,
        ast ->
            found[0] |=
                ast instanceof Ast.Apply apply
                    && apply.function() instanceof Ast.Primitive primitive
                    && primitive.builtin() instanceof Operator operator
                    && ORDERS.contains(operator)
                    && mentions(apply, derived));
    return found[0];
  }

  private static boolean mentions(Ast ast, Set<Variable> variables) {
    boolean[] found = new boolean[1];
    AstParts.walk(
        ast, part -> found[0] |= part instanceof Ast.Use u && variables.contains(u.variable()));
    return found[0];
  }
}
