package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds everything that runs by itself. */
final class Executions {
  private final Subject subject;
  private final List<Execution> found = new ArrayList<>();
  private final Set<Definition> awaited = new LinkedHashSet<>();

  private Executions(Subject subject) {
    this.subject = subject;
  }

  /** The callbacks in the order of the text, then the entries that nothing but users call. */
  static List<Execution> of(Subject subject) {
    Executions executions = new Executions(subject);
    subject.calls().forEach(executions::registration);
    subject.program().entries().values().forEach(executions::entry);
    return List.copyOf(executions.found);
  }

  private void registration(Call call) {
    Optional<Ast> callback = call.argument("callback");
    Optional<Trigger> trigger = trigger(call);
    if (callback.isEmpty() || trigger.isEmpty()) {
      return;
    }
    Ast target = subject.value(callback.get());
    if (target instanceof Ast.Lambda lambda) {
      add(lambda.name(), trigger.get(), lambda, call);
    } else if (target instanceof Ast.Global global) {
      Program.Entry entry = subject.program().entries().get(global.definition());
      if (entry != null) {
        awaited.add(global.definition());
        add(global.definition().name(), trigger.get(), entry.lambda(), call);
      }
    }
  }

  private void add(String name, Trigger trigger, Ast.Lambda lambda, Call call) {
    found.add(new Execution(name, trigger, lambda, Optional.of(call), call.apply().span()));
  }

  private Optional<Trigger> trigger(Call call) {
    return switch (call.name()) {
      case "sol-timer-set-callback" -> Optional.of(Trigger.TIMER);
      case "sol-wq-set-callback" -> Optional.of(Trigger.QUEUE);
      case "sol-watch-account",
          "sol-watcher-create",
          "sol-watcher-create-threshold",
          "sol-watcher-create-pattern" ->
          Optional.of(Trigger.WATCH);
      case "sol-schedule-execution", "sol-timer-create", "sol-timer-create-deadline" ->
          Optional.of(Trigger.SCHEDULE);
      case "sol-timer-create-periodic" -> Optional.of(Trigger.CLOCK);
      case "sol-subscribe-event" -> Optional.of(subscription(call));
      default -> Optional.empty();
    };
  }

  private static Trigger subscription(Call call) {
    String type =
        call.argument("event-type")
            .map(ast -> ast instanceof Ast.Text text ? text.value() : "")
            .orElse("");
    if (type.equals("PROGRAM_EVENT")) {
      return Trigger.EVENT;
    }
    return type.startsWith("ACCOUNT") ? Trigger.WATCH : Trigger.CLOCK;
  }

  private void entry(Program.Entry entry) {
    if (!Subject.isOwn(entry.definition()) || awaited.contains(entry.definition())) {
      return;
    }
    boolean chained =
        subject.program().arrays().values().stream().anyMatch(a -> a.contains(entry.definition()));
    Trigger trigger =
        switch (entry.origin()) {
          case STARTUP -> Trigger.START;
          case BARE -> Trigger.INSTRUCTION;
          case PROGRAM -> chained ? Trigger.CHAIN : Trigger.INSTRUCTION;
        };
    found.add(
        new Execution(
            entry.definition().name(), trigger, entry.lambda(), Optional.empty(), entry.span()));
  }
}
