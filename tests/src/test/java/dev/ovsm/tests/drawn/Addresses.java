package dev.ovsm.tests.drawn;

import dev.ovsm.runtime.account.Pubkey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws public keys: literals, those of accounts and programs, and what is asked of them. */
final class Addresses {
  /** What programs write, so that keys are the same as others sometimes. */
  static final List<Pubkey> KNOWN =
      List.of(
          Keys.SYSTEM,
          Keys.callee(),
          Pubkey.of("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
          Pubkey.of("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"));

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Addresses(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  private static String written(Pubkey key) {
    return "#pubkey\"" + key + "\"";
  }

  Term literal() {
    Pubkey key = draws.from(KNOWN);
    return draft.term(Construct.PUBKEY, Kind.Key.PUBKEY, written(key), machine -> Kind.Key.of(key));
  }

  /** The key of an account that is passed, its owner's, or the program's own. */
  Term of() {
    Surroundings surroundings = draft.surroundings();
    int account = draws.below(surroundings.order().size() - surroundings.maps());
    int number = surroundings.order().get(account);
    return switch (draws.below(4)) {
      case 0 -> known("program-id", Keys.program(0));
      case 1 ->
          Keys.isProgram(number)
              ? literal()
              : known("(account-owner " + account + ")", Keys.owner(0, number));
      default -> known("(account-pubkey " + account + ")", Keys.account(0, number));
    };
  }

  private Term known(String text, Pubkey key) {
    return draft.term(Construct.ACCOUNT_KEY, Kind.Key.PUBKEY, text, machine -> Kind.Key.of(key));
  }

  /** Gives a key a name; of a part that can be set it is a second name. */
  Term define(int depth) {
    Term value = expressions.of(Kind.Key.PUBKEY, depth);
    Draft.Variable variable = draft.declare(Kind.Key.PUBKEY, false);
    return draft.effect(
        Construct.PUBKEY,
        "(define %s %s)".formatted(variable.name(), Statements.computed(value)),
        machine -> machine.write(variable.id(), value.in(machine)));
  }

  Term equality(int depth) {
    Term left = expressions.of(Kind.Key.PUBKEY, depth);
    Term right = expressions.of(Kind.Key.PUBKEY, depth);
    boolean equal = draws.below(2) == 0;
    return draft.term(
        Construct.PUBKEY_COMPARISON,
        Kind.Plain.BOOL,
        "(%s %s %s)".formatted(equal ? "=" : "!=", left.text(), right.text()),
        machine -> {
          Object first = left.in(machine);
          Object second = right.in(machine);
          return Kind.Key.in(first).equals(Kind.Key.in(second)) == equal;
        });
  }

  /** One of several by a key. */
  Term select(Kind kind, int depth) {
    Term key = expressions.of(Kind.Key.PUBKEY, depth);
    Map<Pubkey, Term> values = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder("(case " + key.text());
    for (int i = 1 + draws.below(3); i > 0; i--) {
      Pubkey one = draws.from(KNOWN);
      if (!values.containsKey(one)) {
        Term value = draft.scoped(() -> expressions.of(kind, depth));
        values.put(one, value);
        text.append(" (%s %s)".formatted(written(one), value.text()));
      }
    }
    Term otherwise = draft.scoped(() -> expressions.of(kind, depth));
    text.append(" (else ").append(otherwise.text()).append("))");
    return draft.term(
        Construct.PUBKEY_CASE,
        kind,
        text.toString(),
        machine -> {
          Pubkey found = Kind.Key.in(key.in(machine));
          return values.getOrDefault(found, otherwise).in(machine);
        });
  }
}
