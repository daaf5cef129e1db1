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
    Optional<Trigger> trigger = Registering.of(call).map(one -> one.trigger(call));
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
