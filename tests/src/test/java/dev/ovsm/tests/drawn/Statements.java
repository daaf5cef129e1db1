package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Draws what is done in order: definitions, assignments, branches, loops, logs. */
final class Statements {
  private static final Pattern NAMED = Pattern.compile("\\b[vfg][0-9]");

  private static final String OWN_WHEN = "(defmacro my-when (c &body body) `(if ,c (do ,@body)))";
  private static final String OWN_UNLESS =
      "(defmacro my-unless (c &rest body) `(cond (,c (do)) (else ,@body)))";

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final AccountUses accounts;
  private final Loops loops;

  Statements(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
    this.accounts = new AccountUses(draft, expressions);
    this.loops = new Loops(draft, expressions, this);
  }

  AccountUses accounts() {
    return accounts;
  }

  /** So many statements and a value; bare, for what takes a body of several forms. */
  Term body(Kind kind, int depth, int count) {
    List<Term> before = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      if (!draft.full()) {
        Term statement = of(depth);
        before.add(statement);
        text.append(statement.text()).append(' ');
      }
    }
    Term value = expressions.of(kind, depth);
    return new Term(
        kind,
        text.append(value.text()).toString(),
        before.isEmpty() && value.plain(),
        machine -> {
          before.forEach(statement -> statement.in(machine));
          return value.in(machine);
        });
  }

  /** The same as one form. */
  Term block(Kind kind, int depth, int count) {
    Term body = body(kind, depth, count);
    return count == 0 ? body : body.withText("(do " + body.text() + ")");
  }

  /** So many statements, for their effect. */
  Term some(int depth, int count) {
    List<Term> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(of(depth));
    }
    return inOrder(all);
  }

  /** Statements one after the other. */
  Term inOrder(List<Term> all) {
    return new Term(
        Kind.Plain.BOOL,
        String.join(" ", all.stream().map(Term::text).toList()),
        false,
        machine -> {
          all.forEach(statement -> statement.in(machine));
          return false;
        });
  }

  Term of(int depth) {
    if (depth <= 0 || !draft.roomy()) {
      return log(0);
    }
    int deeper = depth - 1;
    return switch (draws.below(51)) {
      case 0, 1 -> log(deeper);
      case 2, 3, 4 -> define(deeper);
      case 5 -> definePlace(deeper);
      case 6, 7, 8 -> assign(deeper);
      case 9, 10, 11, 44, 45 -> change(deeper);
      case 12, 13 -> when(deeper);
      case 14, 15, 16 -> loops.of(deeper);
      case 17 -> expressions.functions().local(deeper);
      case 18, 19 -> accounts.change(deeper);
      case 20 -> expressions.attempts().thrown(deeper);
      case 21 -> expressions.attempts().failing(deeper);
      case 22, 46 -> leave(deeper);
      case 23, 24 -> expressions.events().emit(deeper);
      case 25, 26 -> expressions.records().write(deeper);
      case 27 -> expressions.calls().address(deeper);
      case 28 -> expressions.calls().transfer(deeper);
      case 29, 30, 31, 32, 33 -> expressions.maps().use(deeper);
      case 34, 35 -> expressions.calls().program(deeper);
      case 41, 42 -> expressions.elements().statement(deeper);
      case 43 -> exchange(deeper);
      case 48, 49 -> expressions.addresses().define(deeper);
      case 50 -> expressions.functionFields().define(deeper);
      case 36 -> expressions.calls().returned();
      case 37, 38, 39 -> expressions.roles().use(deeper);
      default -> attempt(deeper);
    };
  }

  Term log(int depth) {
    List<Term> values = new ArrayList<>();
    List<String> names = new ArrayList<>();
    StringBuilder text = new StringBuilder("(log");
    boolean labelled = draws.below(3) == 2;
    String message = "m" + draft.number();
    text.append(labelled ? " :message \"" + message + "\"" : "");
    for (int i = 1 + draws.below(3); i > 0; i--) {
      Term value = logged(depth);
      String name = "k" + values.size();
      values.add(value);
      names.add(labelled ? name + "=" : "");
      text.append(labelled ? " :" + name : "").append(' ').append(value.text());
    }
    return draft.effect(
        Construct.LOG,
        text.append(')').toString(),
        machine -> {
          List<Object> found = new ArrayList<>();
          values.forEach(value -> found.add(value.in(machine)));
          StringBuilder line = new StringBuilder(labelled ? message : "");
          for (int i = 0; i < values.size(); i++) {
            line.append(i > 0 || labelled ? " " : "").append(names.get(i));
            line.append(Shown.of(values.get(i).kind(), found.get(i)));
          }
          machine.logs().add(line.toString());
        });
  }

  /** Something to log: of a number with a binary fraction its bits. */
  private Term logged(int depth) {
    List<Draft.Variable> variables =
        draft.variables().stream()
            .filter(each -> each.kind().isShown() || each.kind() == Kind.Plain.F64)
            .toList();
    if (!variables.isEmpty() && draws.below(3) != 0) {
      Draft.Variable variable = draws.from(variables);
      return asBits(expressions.read(variable));
    }
    return asBits(expressions.of(expressions.plainKind(), depth));
  }

  private Term asBits(Term term) {
    if (term.kind() != Kind.Plain.F64) {
      return term;
    }
    return draft.term(
        Construct.FLOAT,
        Kind.Int.U64,
        "(f64-bits " + term.text() + ")",
        machine ->
            Kind.Int.U64.wrapped(
                BigInteger.valueOf(Double.doubleToLongBits((Double) term.in(machine)))));
  }

  Term define(int depth) {
    Kind kind = expressions.plainKind();
    Term value = expressions.of(kind, depth);
    Draft.Variable variable = draft.declare(kind, true);
    boolean annotated = draws.below(3) == 2 || value.text().equals("null");
    String name = annotated ? "(%s : %s)".formatted(variable.name(), kind.text()) : variable.name();
    return draft.effect(
        Construct.DEFINE,
        "(define " + name + " " + computed(value) + ")",
        machine -> machine.write(variable.id(), value.in(machine)));
  }

  /**
   * A value that is computed here: one that is made of literals only would be a constant, which is
   * computed where it is used.
   */
  static String computed(Term value) {
    return NAMED.matcher(value.text()).find() ? value.text() : "(do " + value.text() + ")";
  }

  private Term definePlace(int depth) {
    Kind kind = expressions.places().kind();
    Term value = expressions.places().literal(kind, depth);
    Draft.Variable variable = draft.declare(kind, false);
    return draft.effect(
        Construct.DEFINE,
        "(define " + variable.name() + " " + computed(value) + ")",
        machine -> machine.write(variable.id(), value.in(machine)));
  }

  private Term assign(int depth) {
    List<Draft.Variable> free = draft.variables().stream().filter(Draft.Variable::free).toList();
    if (free.isEmpty()) {
      return define(depth);
    }
    Draft.Variable variable = draws.from(free);
    Term value = expressions.of(variable.kind(), depth);
    return draft.effect(
        Construct.SET,
        "(set! " + variable.name() + " " + value.text() + ")",
        machine -> machine.write(variable.id(), value.in(machine)));
  }

  /** Exchanges two variables of a kind, or a variable with itself. */
  private Term exchange(int depth) {
    List<Draft.Variable> free = draft.variables().stream().filter(Draft.Variable::free).toList();
    if (free.isEmpty()) {
      return define(depth);
    }
    Draft.Variable one = draws.from(free);
    Draft.Variable other =
        draws.from(free.stream().filter(each -> each.kind().equals(one.kind())).toList());
    return draft.effect(
        Construct.SWAP,
        "(swap! " + one.name() + " " + other.name() + ")",
        machine -> {
          Object kept = machine.read(one.id());
          machine.write(one.id(), machine.read(other.id()));
          machine.write(other.id(), kept);
        });
  }

  private Term change(int depth) {
    Term change = expressions.places().change(depth);
    return change == null ? definePlace(depth) : change;
  }

  private Term when(int depth) {
    Term condition = new Truths(draft, expressions).condition(depth);
    boolean positive = draws.below(2) == 0;
    Term body = draft.scoped(() -> some(depth, 1 + draws.below(2)));
    boolean own = draws.below(4) == 3;
    String macro = positive ? OWN_WHEN : OWN_UNLESS;
    if (own && !draft.declarations().contains(macro)) {
      draft.declarations().add(macro);
    }
    return draft.effect(
        own ? Construct.BODY_MACRO : Construct.WHEN,
        "(%s%s %s %s)"
            .formatted(
                own ? "my-" : "", positive ? "when" : "unless", condition.text(), body.text()),
        machine -> {
          if (condition.truth(machine) == positive) {
            body.in(machine);
          }
        });
  }

  /** Leaves a loop or a round, or returns, under a condition. */
  Term leave(int depth) {
    Kind returns = draft.here().returns();
    if (draft.here().inLoop() && (returns == null || draws.below(3) != 2)) {
      Term condition = expressions.of(Kind.Plain.BOOL, depth);
      boolean leaves = draws.below(2) == 0;
      return draft.effect(
          leaves ? Construct.BREAK : Construct.CONTINUE,
          "(if %s (%s))".formatted(condition.text(), leaves ? "break" : "continue"),
          machine -> {
            if (condition.truth(machine)) {
              throw new Signal.Jump(leaves);
            }
          });
    }
    if (returns == null || !returns.isComputed()) {
      return when(depth);
    }
    Term condition = expressions.of(Kind.Plain.BOOL, depth);
    Term value = expressions.of(returns, depth);
    return draft.effect(
        Construct.RETURN,
        "(if %s (return %s))".formatted(condition.text(), value.text()),
        machine -> {
          if (condition.truth(machine)) {
            throw new Signal.Returned(value.in(machine));
          }
        });
  }

  private Term attempt(int depth) {
    Term attempt = expressions.attempts().of(Kind.Int.U64, depth);
    return draft.effect(
        Construct.LOG,
        "(log " + attempt.text() + ")",
        machine -> machine.logs().add(attempt.integer(machine).toString()));
  }
}
