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
      Call registration = execution.registration().orElseThrow();
      Optional<Parameter> balance =
          execution.lambda().parameters().stream().filter(LamportsOffset::isBalance).findFirst();
      if (balance.isEmpty()) {
        continue;
      }
      Span named = balance.get().variable().span();
      written(registration, subject)
          .filter(offset -> !isToldByComment(offset))
          .ifPresent(offset -> out.accept(fixed(offset.span().to(offset.value().span()), named)));
      registration
          .argument("offset")
          .filter(offset -> isZero(offset, subject))
          .ifPresent(
              offset ->
                  out.accept(
                      warning(offset.span(), named)
                          .withHelp("watch the balance with sol-watch-account, :field :lamports")));
    }
  }

  /** Where the criteria of a watcher of data name its first byte. */
  private static Optional<Ast.Field> written(Call registration, Subject subject) {
    return registration
        .argument("criteria")
        .map(subject::value)
        .filter(Ast.Fields.class::isInstance)
        .map(fields -> ((Ast.Fields) fields).fields())
        .filter(fields -> fields.stream().noneMatch(field -> field.name().equals("field")))
        .flatMap(
            fields ->
                fields.stream()
                    .filter(field -> field.name().equals("offset"))
                    .filter(field -> isZero(field.value(), subject))
                    .findFirst());
  }

  private static boolean isZero(Ast ast, Subject subject) {
    return subject.number(ast).filter(number -> number.signum() == 0).isPresent();
  }

  private static Diagnostic fixed(Span offset, Span balance) {
    return warning(offset, balance)
        .withHelp("watch the balance with :field :lamports")
        .withFix(new Fix("watch the balance", offset, ":field :lamports"));
  }

  private static Diagnostic warning(Span offset, Span balance) {
    return Diagnostic.at(
            offset,
            LintCode.LAMPORTS_OFFSET,
            ":offset 0 watches the first bytes of the account's data, not its balance")
        .withLabel(balance, "the callback takes it for a balance");
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
