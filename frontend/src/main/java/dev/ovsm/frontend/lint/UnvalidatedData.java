package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.AstParts;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What an event or a watched account says, used without any check where a bad value does harm. */
final class UnvalidatedData implements Rule {
  private static final Set<String> CHECKS = Set.of("require", "assert", "min", "max", "clamp");

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      if (execution.trigger() == Trigger.EVENT || execution.trigger() == Trigger.WATCH) {
        new Body(subject, execution).check(out);
      }
    }
  }

  /** One callback; each part of what it is given has a name of its own. */
  private static final class Body {
    private final Subject subject;
    private final Execution execution;
    private final Map<Variable, Set<String>> origins = new LinkedHashMap<>();
    private final Set<String> checked = new LinkedHashSet<>();

    Body(Subject subject, Execution execution) {
      this.subject = subject;
      this.execution = execution;
      for (Parameter parameter : execution.lambda().parameters()) {
        origins.put(parameter.variable(), Set.of(parameter.variable().name()));
      }
    }

    void check(Consumer<Diagnostic> out) {
      List<Ast> parts = new ArrayList<>();
      subject.reach(execution.lambda().body(), parts::add);
      for (Ast part : parts) {
        if (part instanceof Ast.Define define) {
          origins.putIfAbsent(define.variable(), in(define.value()));
        }
        checks(part);
      }
      parts.forEach(part -> uses(part, out));
    }

    private void checks(Ast part) {
      if (part instanceof Ast.If choice) {
        checked.addAll(in(choice.condition()));
      } else if (part instanceof Ast.Case select) {
        checked.addAll(in(select.value()));
      } else if (part instanceof Ast.Logic) {
        checked.addAll(in(part));
      } else if (subject.call(part).filter(call -> CHECKS.contains(call.name())).isPresent()) {
        checked.addAll(in(part));
      }
    }

    private void uses(Ast part, Consumer<Diagnostic> out) {
      if (part instanceof Ast.Count count) {
        use(count.to(), "decides how often this loop runs", out);
      }
      if (!(part instanceof Ast.Apply apply)) {
        return;
      }
      List<Ast> arguments = apply.arguments();
      if (apply.function() instanceof Ast.Primitive primitive && arguments.size() > 1) {
        if (primitive.builtin() == Operator.DIV || primitive.builtin() == Operator.REM) {
          use(arguments.get(1), "is a divisor", out);
        } else if (primitive.builtin() == Operation.GET
            && MapPlace.word(arguments.get(1)).isEmpty()) {
          use(arguments.get(1), "is an index", out);
        }
      }
      subject.call(apply).ifPresent(call -> times(call, out));
    }

    private void times(Call call, Consumer<Diagnostic> out) {
      Optional<Registering> registering = Registering.of(call);
      List<Ast> times = new ArrayList<>(registering.map(one -> one.slots(call)).orElse(List.of()));
      registering.flatMap(one -> one.interval(call)).ifPresent(times::add);
      times.forEach(slots -> use(slots, "decides when this runs", out));
    }

    private void use(Ast ast, String role, Consumer<Diagnostic> out) {
      Set<String> open = new LinkedHashSet<>(in(ast));
      open.removeAll(checked);
      if (open.isEmpty()) {
        return;
      }
      String what = String.join(", ", open);
      out.accept(
          Diagnostic.at(
                  ast.span(),
                  LintCode.UNVALIDATED_DATA,
                  what + " comes from outside, " + role + " and is checked nowhere")
              .withLabel(execution.lambda().span(), "the callback is given it here")
              .withHelp("compare it with what makes sense before: (require (<= … …) :code)"));
    }

    /** The parts of the callback's data that a value is made of. */
    private Set<String> in(Ast root) {
      Set<String> found = new LinkedHashSet<>();
      Deque<Ast> pending = new ArrayDeque<>(List.of(root));
      for (Ast next = pending.poll(); next != null; next = pending.poll()) {
        if (next instanceof Ast.Apply apply
            && apply.function() instanceof Ast.Primitive primitive
            && primitive.builtin() == Operation.GET
            && apply.arguments().get(0) instanceof Ast.Use use
            && MapPlace.word(apply.arguments().get(1)).isPresent()
            && origins.containsKey(use.variable())) {
          String field = MapPlace.word(apply.arguments().get(1)).orElseThrow();
          origins.get(use.variable()).forEach(origin -> found.add(origin + "." + field));
        } else if (next instanceof Ast.Use use) {
          found.addAll(origins.getOrDefault(use.variable(), Set.of()));
        } else {
          AstParts.of(next).forEach(pending::push);
        }
      }
      return found;
    }
  }
}
