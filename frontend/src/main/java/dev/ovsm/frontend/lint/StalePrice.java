package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Prices whose age nothing looks at. */
final class StalePrice implements Rule {
  private static final Set<String> CHECKS = Set.of("pyth-get-slot", "pyth-price-no-older-than");

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      List<Call> calls = subject.reached(execution);
      List<Optional<Object>> checked =
          calls.stream()
              .filter(call -> CHECKS.contains(call.name()))
              .map(call -> Prices.account(call, subject))
              .toList();
      calls.stream()
          .filter(call -> call.name().equals("pyth-get-price"))
          .filter(call -> !checked.contains(Prices.account(call, subject)))
          .forEach(call -> out.accept(warning(call)));
    }
  }

  private static Diagnostic warning(Call call) {
    Span span = call.apply().span();
    Optional<String> account = call.argument("account").map(Ast::span).map(Span::text);
    String fresh = "(pyth-price-no-older-than " + account.orElse("account") + " 25)";
    return Diagnostic.at(span, LintCode.STALE_PRICE, "nothing looks how old this price is")
        .withHelp("write " + fresh + " for a price of the last 25 slots")
        .withFix(new Fix("take only a fresh price", span, fresh));
  }
}
