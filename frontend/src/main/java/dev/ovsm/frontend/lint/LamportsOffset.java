package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Watchers of the first bytes of data whose callback takes them for the balance. */
final class LamportsOffset implements Rule {
  private static final List<String> BALANCES = List.of("balance", "lamport", "deposit");

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      if (execution.trigger() != Trigger.WATCH) {
        continue;
      }
      Optional<Criteria> criteria =
          execution.registration().flatMap(call -> Criteria.of(call, subject));
      Optional<Ast.Field> offset =
          criteria.filter(one -> one.part("field").isEmpty()).flatMap(LamportsOffset::zeroOffset);
      Optional<Parameter> balance =
          execution.lambda().parameters().stream().filter(LamportsOffset::isBalance).findFirst();
      if (offset.isEmpty() || balance.isEmpty() || isToldByComment(offset.get())) {
        continue;
      }
      Span both = offset.get().span().to(offset.get().value().span());
      out.accept(
          Diagnostic.at(
                  both,
                  LintCode.LAMPORTS_OFFSET,
                  ":offset 0 watches the first bytes of the account's data, not its balance")
              .withLabel(balance.get().variable().span(), "the callback takes it for a balance")
              .withHelp("watch the balance with :field :lamports")
              .withFix(new Fix("watch the balance", both, ":field :lamports")));
    }
  }

  private static Optional<Ast.Field> zeroOffset(Criteria criteria) {
    return criteria.whole().fields().stream()
        .filter(field -> field.name().equals("offset"))
        .filter(field -> field.value() instanceof Ast.Whole n && n.value().signum() == 0)
        .findFirst();
  }

  private static boolean isBalance(Parameter parameter) {
    String name = parameter.variable().name().toLowerCase(Locale.ROOT);
    return BALANCES.stream().anyMatch(name::contains);
  }

  /** Whether the compiler itself warns, because a comment beside the offset says lamports. */
  private static boolean isToldByComment(Ast.Field offset) {
    Span span = offset.value().span();
    String line = span.source().lineText(span.line());
    int comment = line.indexOf(';');
    return comment >= 0 && line.substring(comment).toLowerCase(Locale.ROOT).contains("lamport");
  }
}
