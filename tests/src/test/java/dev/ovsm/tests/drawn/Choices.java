package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws expressions that choose among others, or bind names for them. */
final class Choices {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Choices(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Term of(Kind kind, int depth) {
    return switch (draws.below(12)) {
      case 0, 1 -> conditional(kind, depth);
      case 2 -> cond(kind, depth);
      case 3 -> select(kind, depth);
      case 4, 5 -> let(kind, depth);
      case 6 -> sequence(kind, depth);
      case 8 -> byText(kind, depth);
      case 9 -> byType(kind, depth);
      case 10 -> ifLet(kind, depth);
      case 11 -> expressions.addresses().select(kind, depth);
      default -> otherwise(kind, depth);
    };
  }

  private Term arm(Kind kind, int depth) {
    return draft.scoped(() -> expressions.of(kind, depth));
  }

  private Term conditional(Kind kind, int depth) {
    Term condition = new Truths(draft, expressions).condition(depth);
    Term then = arm(kind, depth);
    Term otherwise = arm(kind, depth);
    return draft.term(
        Construct.IF,
        kind,
        "(if %s %s %s)".formatted(condition.text(), then.text(), otherwise.text()),
        machine -> condition.truth(machine) ? then.in(machine) : otherwise.in(machine));
  }

  private Term cond(Kind kind, int depth) {
    List<Term> conditions = new ArrayList<>();
    List<Term> values = new ArrayList<>();
    StringBuilder text = new StringBuilder("(cond");
    for (int i = 1 + draws.below(3); i > 0; i--) {
      Term condition = expressions.of(Kind.Plain.BOOL, depth);
      Term value = arm(kind, depth);
      conditions.add(condition);
      values.add(value);
      text.append(" (").append(condition.text()).append(' ').append(value.text()).append(')');
    }
    Term otherwise = arm(kind, depth);
    text.append(" (else ").append(otherwise.text()).append("))");
    return draft.term(
        Construct.COND,
        kind,
        text.toString(),
        machine -> {
          for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).truth(machine)) {
              return values.get(i).in(machine);
            }
          }
          return otherwise.in(machine);
        });
  }

  /** By a number, an entry of a table, or a text. */
  private Term select(Kind kind, int depth) {
    int what = draws.below(4);
    if (what == 2 && !draft.enumerations().isEmpty()) {
      return byEntry(draws.from(draft.enumerations()), kind, depth);
    }
    Kind.Int by = what == 3 ? expressions.integerKind() : Kind.Int.U64;
    Term key = what == 1 ? small(depth) : expressions.of(by, depth);
    List<BigInteger> keys = new ArrayList<>();
    List<Term> values = new ArrayList<>();
    StringBuilder text = new StringBuilder("(case " + key.text());
    for (int i = 1 + draws.below(4); i > 0; i--) {
      BigInteger one = BigInteger.valueOf(keys.size() + draws.below(2));
      if (keys.contains(one)) {
        continue;
      }
      Term value = arm(kind, depth);
      keys.add(one);
      values.add(value);
      boolean list = draws.below(3) == 2;
      BigInteger second = one.add(BigInteger.valueOf(40));
      String written = list ? "(" + one + " " + second + ")" : one.toString();
      text.append(" (").append(written).append(' ').append(value.text()).append(')');
      if (list) {
        keys.add(second);
        values.add(value);
      }
    }
    Term otherwise = arm(kind, depth);
    text.append(" (else ").append(otherwise.text()).append("))");
    return draft.term(
        Construct.CASE,
        kind,
        text.toString(),
        machine -> {
          int at = keys.indexOf(key.integer(machine));
          return at >= 0 ? values.get(at).in(machine) : otherwise.in(machine);
        });
  }

  private Term byText(Kind kind, int depth) {
    Term key = expressions.of(Kind.Plain.STRING, depth);
    Map<String, Term> values = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder("(case " + key.text());
    for (int i = 1 + draws.below(3); i > 0; i--) {
      String word = expressions.texts().word();
      if (!values.containsKey(word)) {
        Term value = arm(kind, depth);
        values.put(word, value);
        text.append(" (\"").append(word).append("\" ").append(value.text()).append(')');
      }
    }
    Term otherwise = arm(kind, depth);
    text.append(" (else ").append(otherwise.text()).append("))");
    return draft.term(
        Construct.TEXT_CASE,
        kind,
        text.toString(),
        machine -> {
          String found = (String) key.in(machine);
          return values.getOrDefault(found, otherwise).in(machine);
        });
  }

  /** Whether an option has a value, as types. */
  private Term byType(Kind kind, int depth) {
    Kind.Int of = expressions.integerKind();
    Term option = expressions.of(new Kind.Option(of), depth);
    Term some = arm(kind, depth);
    Term none = arm(kind, depth);
    return draft.term(
        Construct.TYPECASE,
        kind,
        "(typecase %s (null %s) (%s %s) (else %s))"
            .formatted(option.text(), none.text(), of.text(), some.text(), none.text()),
        machine -> (option.in(machine) == Place.NULL ? none : some).in(machine));
  }

  private Term ifLet(Kind kind, int depth) {
    Kind.Int of = expressions.integerKind();
    Term option = expressions.of(new Kind.Option(of), depth);
    return draft.scoped(
        () -> {
          Draft.Variable value = draft.declare(of, false);
          Term some = arm(kind, depth);
          draft.variables().remove(value);
          Term none = arm(kind, depth);
          return draft.term(
              Construct.IF_LET,
              kind,
              "(if-let (%s %s) %s %s)"
                  .formatted(value.name(), option.text(), some.text(), none.text()),
              machine -> {
                Object found = option.in(machine);
                machine.write(value.id(), found);
                return (found == Place.NULL ? none : some).in(machine);
              });
        });
  }

  private Term small(int depth) {
    Term number = expressions.of(Kind.Int.U64, depth);
    return draft.term(
        Construct.ARITHMETIC,
        Kind.Int.U64,
        "(% " + number.text() + " 4)",
        machine -> number.integer(machine).mod(BigInteger.valueOf(4)));
  }

  private Term byEntry(Kind.Enumeration table, Kind kind, int depth) {
    Term key = expressions.of(table, depth);
    List<Term> values = new ArrayList<>();
    StringBuilder text = new StringBuilder("(case " + key.text());
    int listed = 1 + draws.below(table.names().size());
    for (int i = 0; i < listed; i++) {
      Term value = arm(kind, depth);
      values.add(value);
      text.append(" (").append(table.name()).append('/').append(table.names().get(i));
      text.append(' ').append(value.text()).append(')');
    }
    Term otherwise = arm(kind, depth);
    text.append(" (else ").append(otherwise.text()).append("))");
    return draft.term(
        Construct.ENUM,
        kind,
        text.toString(),
        machine -> {
          int at = table.values().indexOf(key.integer(machine).intValue());
          return at < values.size() && at >= 0 ? values.get(at).in(machine) : otherwise.in(machine);
        });
  }

  private Term let(Kind kind, int depth) {
    boolean sequential = draws.below(2) == 1;
    return draft.scoped(
        () -> {
          List<Draft.Variable> bound = new ArrayList<>();
          List<Term> values = new ArrayList<>();
          StringBuilder text = new StringBuilder(sequential ? "(let* (" : "(let (");
          for (int i = 1 + draws.below(2); i > 0; i--) {
            Kind type = expressions.plainKind();
            Term value = expressions.of(type, depth);
            values.add(value);
            int id = draft.number();
            Draft.Variable variable = new Draft.Variable(id, "v" + id, type, true);
            bound.add(variable);
            if (sequential) {
              draft.variables().add(variable);
            }
            text.append('(').append(variable.name()).append(' ').append(value.text()).append(')');
          }
          if (!sequential) {
            draft.variables().addAll(bound);
          }
          Term body = expressions.statements().body(kind, depth, draws.below(2));
          text.append(") ").append(body.text()).append(')');
          return draft.term(
              Construct.LET,
              kind,
              text.toString(),
              machine -> {
                List<Object> found = new ArrayList<>();
                for (int i = 0; i < bound.size(); i++) {
                  found.add(values.get(i).in(machine));
                  if (sequential) {
                    machine.write(bound.get(i).id(), found.get(i));
                  }
                }
                for (int i = 0; i < bound.size() && !sequential; i++) {
                  machine.write(bound.get(i).id(), found.get(i));
                }
                return body.in(machine);
              });
        });
  }

  private Term sequence(Kind kind, int depth) {
    return draft.scoped(
        () -> {
          Term body = expressions.statements().body(kind, depth, 1 + draws.below(2));
          return draft.term(Construct.DO, kind, "(do " + body.text() + ")", body.meaning());
        });
  }

  /** The value of an option, or another. */
  private Term otherwise(Kind kind, int depth) {
    if (!(kind instanceof Kind.Int)) {
      return conditional(kind, depth);
    }
    Term option = expressions.of(new Kind.Option(kind), depth);
    Term value = expressions.of(kind, depth);
    return draft.term(
        Construct.OPTION,
        kind,
        "(or " + option.text() + " " + value.text() + ")",
        machine -> {
          Object found = option.in(machine);
          return found == Place.NULL ? value.in(machine) : found;
        });
  }
}
