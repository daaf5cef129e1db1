package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Prices that are set beside numbers of another scale. */
final class PriceExponent implements Rule {
  private static final Set<Operator> SAME_SCALE =
      Set.of(
          Operator.LT,
          Operator.LE,
          Operator.GT,
          Operator.GE,
          Operator.EQ,
          Operator.NE,
          Operator.ADD,
          Operator.SUB);

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      List<Ast.Apply> operations = new ArrayList<>();
      boolean[] scaled = new boolean[1];
      subject.reach(
          execution.lambda().body(),
          ast -> {
            if (ast instanceof Ast.Apply apply) {
              operations.add(apply);
              scaled[0] |= Prices.exponent(ast, subject).isPresent();
            }
          });
      if (!scaled[0]) {
        operations.forEach(apply -> operation(apply, subject, out));
      }
    }
  }

  /** Requires that two feeds have one exponent; which one a fixed number has, nobody can tell. */
  private static Fix sameScale(Ast.Apply apply, Collection<Call> feeds) {
    String exponents =
        feeds.stream()
            .flatMap(call -> call.argument("account").stream())
            .map(account -> "(pyth-get-exponent " + account.span().text() + ")")
            .collect(Collectors.joining(" "));
    String checks = "(do (require (= " + exponents + ")) " + apply.span().text() + ")";
    return new Fix("require one exponent of both", apply.span(), checks);
  }

  private static void operation(Ast.Apply apply, Subject subject, Consumer<Diagnostic> out) {
    if (!(apply.function() instanceof Ast.Primitive primitive)
        || !(primitive.builtin() instanceof Operator operator)
        || !SAME_SCALE.contains(operator)) {
      return;
    }
    Map<Optional<Object>, Call> feeds = new LinkedHashMap<>();
    boolean fixed = false;
    for (Ast argument : apply.arguments()) {
      Optional<Call> price = Prices.price(argument, subject);
      price.ifPresent(call -> feeds.putIfAbsent(Prices.account(call, subject), call));
      fixed |=
          price.isEmpty()
              && subject
                  .number(argument)
                  .filter(n -> n.abs().compareTo(BigInteger.ONE) > 0)
                  .isPresent();
    }
    if (feeds.size() > 1 || (feeds.size() == 1 && fixed)) {
      Diagnostic warning =
          Diagnostic.at(
                  apply.span(),
                  LintCode.PRICE_EXPONENT,
                  feeds.size() > 1
                      ? "prices of two feeds meet, and nothing looks at their exponents"
                      : "a price meets a fixed number, and nothing looks at its exponent")
              .withHelp(
                  "require the exponent: (require (= (pyth-get-exponent account) -8) :scale)");
      out.accept(feeds.size() == 2 ? warning.withFix(sameScale(apply, feeds.values())) : warning);
    }
  }
}
