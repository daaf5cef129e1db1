package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import java.util.Optional;
import java.util.Set;

/** Which account an expression names, so that two expressions can be told to name the same. */
final class Keys {
  /** Accounts that change in every slot, in base58. */
  private static final Set<String> HOT =
      Set.of(
          "SysvarC1ock11111111111111111111111111111111",
          "SysvarS1otHashes111111111111111111111111111",
          "SysvarRecentB1ockHashes11111111111111111111");

  /** Calls that are another way to say the same account. */
  private static final Set<String> NAMING = Set.of("account-at", "account-pubkey");

  private Keys() {}

  /** Something equal for expressions that name the same account for sure. */
  static Optional<Object> of(Ast ast, Subject subject) {
    Ast known = subject.value(ast);
    if (known instanceof Ast.Apply apply && NAMING.contains(name(apply, subject))) {
      known = subject.value(apply.arguments().get(0));
    }
    if (known instanceof Ast.PublicKey key) {
      return Optional.of(key.bytes());
    } else if (known instanceof Ast.Use use) {
      return Optional.of(use.variable());
    }
    return known instanceof Ast.Global global ? Optional.of(global.definition()) : Optional.empty();
  }

  private static String name(Ast.Apply apply, Subject subject) {
    return subject.call(apply).map(Call::name).orElse("");
  }

  /** Whether an expression names an account that changes in every slot. */
  static boolean isSysvar(Ast ast, Subject subject) {
    Ast known = subject.value(ast);
    if (known instanceof Ast.Apply apply && !apply.arguments().isEmpty()) {
      known = subject.value(apply.arguments().get(0));
    }
    if (!(known instanceof Ast.PublicKey key)) {
      return false;
    }
    String text = key.span().text();
    return HOT.stream().anyMatch(text::contains);
  }
}
