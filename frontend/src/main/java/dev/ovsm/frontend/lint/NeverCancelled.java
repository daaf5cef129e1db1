package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Registrations that add up because nothing ever ends them. */
final class NeverCancelled implements Rule {
  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    Set<String> called = subject.calls().stream().map(Call::name).collect(Collectors.toSet());
    for (Execution execution : subject.executions()) {
      if (execution.trigger() == Trigger.START) {
        continue;
      }
      for (Call call : subject.reached(execution)) {
        Optional<String> end = Registering.of(call).flatMap(Registering::end);
        if (end.isPresent() && !called.contains(end.get())) {
          out.accept(oneMore(call, execution, end.get()));
        } else if (call.name().equals("sol-timer-init")
            && !called.contains("sol-timer-cancel")
            && isOneOfMany(call, subject)) {
          out.accept(timer(call));
        }
      }
    }
  }

  /** Whether every key has a timer of its own, and timers start themselves again. */
  private static boolean isOneOfMany(Call call, Subject subject) {
    boolean keyed =
        call.argument("timer")
            .flatMap(ast -> MapPlace.of(ast, subject))
            .filter(place -> !(subject.value(place.key()) instanceof Ast.Whole))
            .isPresent();
    return keyed
        && subject.executions().stream()
            .filter(execution -> execution.trigger() == Trigger.TIMER)
            .flatMap(execution -> subject.reached(execution).stream())
            .anyMatch(one -> one.name().equals("sol-timer-start"));
  }

  private static Diagnostic oneMore(Call call, Execution execution, String end) {
    return Diagnostic.at(
            call.apply().span(),
            LintCode.NEVER_CANCELLED,
            "every run of " + execution.name() + " registers one more, and none ever ends")
        .withHelp("register in on-startup, or keep the id and end it with " + end);
  }

  private static Diagnostic timer(Call call) {
    return Diagnostic.at(
            call.apply().span(),
            LintCode.NEVER_CANCELLED,
            "every key gets a timer that starts itself again, and none ever ends")
        .withHelp("call sol-timer-cancel where an entry is done");
  }
}
