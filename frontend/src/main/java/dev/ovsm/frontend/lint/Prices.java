package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import java.util.Optional;
import java.util.Set;

/** Tells values of an oracle from others. */
final class Prices {
  private static final Set<String> PRICES = Set.of("pyth-get-price", "pyth-price-no-older-than");

  private Prices() {}

  /** The call that gives a price, if the value is one. */
  static Optional<Call> price(Ast ast, Subject subject) {
    return subject.call(subject.value(ast)).filter(call -> PRICES.contains(call.name()));
  }

  /** The call that gives an exponent, if the value is one. */
  static Optional<Call> exponent(Ast ast, Subject subject) {
    return subject.call(subject.value(ast)).filter(call -> call.name().equals("pyth-get-exponent"));
  }

  /** The account that a call reads. */
  static Optional<Object> account(Call call, Subject subject) {
    return call.argument("account").flatMap(account -> Keys.of(account, subject));
  }
}
