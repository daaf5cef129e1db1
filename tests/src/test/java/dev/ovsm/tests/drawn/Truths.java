package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws truth values: comparisons, connections, and what counts as true. */
final class Truths {
  private static final List<String> ORDER = List.of("<", "<=", ">", ">=", "=", "!=");

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Truths(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Term of(int depth) {
    return switch (draws.below(11)) {
      case 0, 1, 2, 3 -> comparison(expressions.integerKind(), depth);
      case 4 -> fractions(depth);
      case 5 -> equality(depth);
      case 6 -> not(depth);
      case 8 -> expressions.hashes().equality(depth);
      case 9, 10 -> expressions.elements().contains(depth);
      default -> connection(depth);
    };
  }

  private Term comparison(Kind.Int kind, int depth) {
    Term left = expressions.of(kind, depth);
    Term right = expressions.of(kind, depth);
    int op = draws.below(6);
    boolean bare = right.plain() && !left.plain() && draws.below(2) == 1;
    if (op < 5 && draws.chance(15)) {
      return chain(kind, op, left, right);
    }
    String last = bare ? Expressions.bare(right) : right.text();
    return draft.term(
        kind.wide() ? Construct.WIDE : Construct.COMPARISON,
        Kind.Plain.BOOL,
        "(" + ORDER.get(op) + " " + left.text() + " " + last + ")",
        machine -> {
          BigInteger first = left.integer(machine);
          return holds(op, first.compareTo(right.integer(machine)));
        });
  }

  /** Three numbers in order; the last is a leaf, so that it does not matter when it is taken. */
  private Term chain(Kind.Int kind, int op, Term left, Term right) {
    Term last = expressions.literal(kind);
    return draft.term(
        kind.wide() ? Construct.WIDE : Construct.COMPARISON,
        Kind.Plain.BOOL,
        "(%s %s %s %s)".formatted(ORDER.get(op), left.text(), right.text(), last.text()),
        machine -> {
          BigInteger first = left.integer(machine);
          BigInteger second = right.integer(machine);
          return holds(op, first.compareTo(second))
              && holds(op, second.compareTo(last.integer(machine)));
        });
  }

  private static boolean holds(int op, int order) {
    return switch (op) {
      case 0 -> order < 0;
      case 1 -> order <= 0;
      case 2 -> order > 0;
      case 3 -> order >= 0;
      case 4 -> order == 0;
      default -> order != 0;
    };
  }

  private Term fractions(int depth) {
    Kind kind = draws.below(2) == 0 ? Kind.Plain.DECIMAL : Kind.Plain.F64;
    Term left = expressions.of(kind, depth);
    Term right = expressions.of(kind, depth);
    int op = draws.below(6);
    String text =
        String.format(Locale.ROOT, "(%s %s %s)", ORDER.get(op), left.text(), right.text());
    if (kind == Kind.Plain.DECIMAL) {
      return draft.term(
          Construct.DECIMAL,
          Kind.Plain.BOOL,
          text,
          machine -> {
            BigInteger first = left.integer(machine);
            return holds(op, first.compareTo(right.integer(machine)));
          });
    }
    return draft.term(
        Construct.FLOAT,
        Kind.Plain.BOOL,
        text,
        machine -> {
          double a = (Double) left.in(machine);
          double b = (Double) right.in(machine);
          return switch (op) {
            case 0 -> a < b;
            case 1 -> a <= b;
            case 2 -> a > b;
            case 3 -> a >= b;
            case 4 -> a == b;
            default -> a != b;
          };
        });
  }

  /** Of truth values, texts, table entries. */
  private Term equality(int depth) {
    List<Kind> kinds = new ArrayList<>(List.of(Kind.Plain.BOOL, Kind.Plain.STRING));
    kinds.addAll(draft.enumerations());
    Kind kind = draws.from(kinds);
    if (draws.below(4) == 3) {
      return expressions.addresses().equality(depth);
    }
    Term left = expressions.of(kind, depth);
    Term right = expressions.of(kind, depth);
    boolean equal = draws.below(2) == 0;
    Construct construct =
        kind == Kind.Plain.STRING
            ? Construct.TEXT
            : kind == Kind.Plain.BOOL ? Construct.COMPARISON : Construct.ENUM;
    return draft.term(
        construct,
        Kind.Plain.BOOL,
        "(" + (equal ? "=" : "!=") + " " + left.text() + " " + right.text() + ")",
        machine -> {
          Object first = left.in(machine);
          return first.equals(right.in(machine)) == equal;
        });
  }

  private Term not(int depth) {
    if (draws.below(2) == 0) {
      Term value = expressions.of(Kind.Plain.BOOL, depth);
      return draft.term(
          Construct.LOGIC,
          Kind.Plain.BOOL,
          "(not " + value.text() + ")",
          machine -> !value.truth(machine));
    }
    Term value = condition(depth);
    return draft.term(
        Construct.TRUTH,
        Kind.Plain.BOOL,
        "(if " + value.text() + " true false)",
        machine -> value.truth(machine));
  }

  private Term connection(int depth) {
    Term left = expressions.of(Kind.Plain.BOOL, depth);
    Term right = expressions.of(Kind.Plain.BOOL, depth);
    boolean both = draws.below(2) == 0;
    return draft.term(
        Construct.LOGIC,
        Kind.Plain.BOOL,
        "(" + (both ? "and" : "or") + " " + left.text() + " " + right.text() + ")",
        machine ->
            both
                ? left.truth(machine) && right.truth(machine)
                : left.truth(machine) || right.truth(machine));
  }

  /** What can stand as a condition: a truth value, a number other than zero, an option with one. */
  Term condition(int depth) {
    return switch (draws.below(6)) {
      case 4 -> {
        Term number = expressions.of(expressions.integerKind(), depth);
        yield draft.term(
            Construct.TRUTH,
            Kind.Plain.BOOL,
            number.text(),
            machine -> number.integer(machine).signum() != 0);
      }
      case 5 -> {
        Term option = expressions.of(new Kind.Option(expressions.integerKind()), depth);
        yield draft.term(
            Construct.TRUTH,
            Kind.Plain.BOOL,
            option.text(),
            machine -> option.in(machine) != Place.NULL);
      }
      default -> expressions.of(Kind.Plain.BOOL, depth);
    };
  }
}
