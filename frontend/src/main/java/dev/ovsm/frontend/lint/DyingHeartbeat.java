package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Label;
import dev.ovsm.diag.LintCode;
import java.util.List;
import java.util.function.Consumer;

/** A timer's callback that starts the timer again, but not on every path that ends well. */
final class DyingHeartbeat implements Rule {
  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      if (execution.trigger() != Trigger.TIMER) {
        continue;
      }
      List<Call> starts =
          subject.reached(execution).stream()
              .filter(call -> call.name().equals("sol-timer-start"))
              .toList();
      Rearming.Paths ends = new Rearming(subject).ends(execution.lambda());
      if (starts.isEmpty() || !ends.isOpen()) {
        continue;
      }
      Diagnostic warning =
          Diagnostic.at(
                  starts.get(0).apply().span(),
                  LintCode.DYING_HEARTBEAT,
                  "the callback may end well without starting its timer again")
              .withHelp(
                  "start the timer before anything branches, or call sol-timer-cancel where it is"
                      + " meant to stop");
      Label parting = ends.parting();
      out.accept(parting == null ? warning : warning.withLabel(parting.span(), parting.text()));
    }
  }
}
