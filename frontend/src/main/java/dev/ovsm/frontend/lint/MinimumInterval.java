package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Watchers of accounts that change all the time, without anything that slows them. */
final class MinimumInterval implements Rule {
  private static final BigInteger MINIMUM_INTERVAL = BigInteger.valueOf(3);

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    List<Object> oracles =
        subject.calls().stream()
            .filter(call -> call.name().startsWith("pyth-"))
            .flatMap(call -> call.argument("account").stream())
            .flatMap(account -> Keys.of(account, subject).stream())
            .toList();
    for (Execution execution : subject.executions()) {
      if (execution.trigger() != Trigger.WATCH) {
        continue;
      }
      Call registration = execution.registration().orElseThrow();
      Optional<Ast> account = registration.argument("account");
      boolean any = Criteria.of(registration, subject).filter(Criteria::isAnyChange).isPresent();
      boolean oracle =
          account.flatMap(ast -> Keys.of(ast, subject)).filter(oracles::contains).isPresent();
      boolean hot = oracle || account.filter(ast -> Keys.isSysvar(ast, subject)).isPresent();
      if (any && hot && !isSlowed(registration, subject)) {
        out.accept(
            Diagnostic.at(
                    account.orElseThrow().span(),
                    LintCode.NO_MINIMUM_INTERVAL,
                    (oracle ? "an oracle's account" : "a sysvar")
                        + " changes nearly every slot, and any change wakes this watcher")
                .withHelp(
                    "give it a :threshold, or say :min-interval 25 for at most every 25 slots")
                .withFix(registration.adding(":min-interval 25", "wake every 25 slots at most")));
      }
    }
  }

  private static boolean isSlowed(Call registration, Subject subject) {
    if (registration.argument("min-interval").isPresent()) {
      return true;
    }
    return subject.calls().stream()
        .filter(call -> call.name().equals("sol-registration-set"))
        .filter(
            call ->
                call.argument("key").flatMap(subject::number).equals(Optional.of(MINIMUM_INTERVAL)))
        .flatMap(call -> call.argument("id").stream())
        .anyMatch(id -> subject.value(id).span().equals(registration.apply().span()));
  }
}
