package dev.ovsm.tests.drawn;

import dev.ovsm.sbpf.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Draws the entries of a program with their parameters, and the instruction data of a call of one:
 * as a rule its discriminator and arguments, else data that fit none.
 */
final class Entries {
  private static final int TAG = 8;
  private static final int UNKNOWN = 5005;
  private static final int BAD = 5006;

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<List<Kind>> parameters = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  /** Where in the data bytes are that have a limit, and the limit. */
  private final List<Limited> limited = new ArrayList<>();

  private final int called;
  private int error;

  /** A byte of the data: a truth value, whether an option has a value, a length. */
  private record Limited(int at, int most) {}

  /** Draws the parameters of all, and the call of one of them. */
  Entries(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
    for (int i = 1 + draws.below(3); i > 0; i--) {
      List<Kind> kinds = new ArrayList<>();
      for (int k = draws.below(5); k > 0; k--) {
        kinds.add(kind());
      }
      parameters.add(kinds);
    }
    this.called = draws.below(parameters.size());
    call();
  }

  private Kind kind() {
    int choice = draws.below(13);
    if (choice == 9) {
      return new Kind.Array(expressions.integerKind(), 1 + draws.below(3));
    }
    if (choice == 10 && !draft.structs().isEmpty()) {
      return draws.from(draft.structs());
    }
    if (choice == 12) {
      return Kind.Key.PUBKEY;
    }
    return choice == 11
        ? new Kind.Vec(expressions.integerKind(), 1 + draws.below(4))
        : expressions.plainKind();
  }

  private static String name(int entry) {
    return "entry-" + (char) ('a' + entry);
  }

  private void call() {
    String name = "global:" + name(called).replace('-', '_');
    byte[] hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    Borsh borsh = new Borsh().raw(Arrays.copyOf(hash, TAG));
    for (Kind kind : parameters.get(called)) {
      Object value = Values.of(kind, draws);
      arguments.add(value);
      int at = borsh.bytes().length;
      if (kind == Kind.Plain.BOOL || kind instanceof Kind.Option) {
        limited.add(new Limited(at, 1));
      } else if (kind instanceof Kind.Vec vec) {
        limited.add(new Limited(at, vec.most()));
      }
      borsh.put(kind, value);
    }
    byte[] data = borsh.bytes();
    draft.setSurroundings(draft.surroundings().behind(data));
    if (draws.chance(10)) {
      spoil(data);
    }
  }

  /** Takes some away, or calls what is not there. */
  private void spoil(byte[] data) {
    int length = draws.below(data.length);
    int how = draws.below(6);
    if (how > 3 && !limited.isEmpty()) {
      Limited one = draws.from(limited);
      data[one.at] = (byte) (one.most + 1 + draws.below(255 - one.most));
      error = BAD;
      draft.setSurroundings(draft.surroundings().withInput(data));
    } else if (how == 3) {
      data[length % TAG] ^= 1;
      error = UNKNOWN;
      draft.setSurroundings(draft.surroundings().withInput(data));
    } else {
      error = length < TAG ? UNKNOWN : BAD;
      draft.setSurroundings(draft.surroundings().withInput(Arrays.copyOf(data, length)));
    }
  }

  /** An entry: its text, and what it does with its arguments. */
  private record Entry(String text, List<Draft.Variable> variables, Term body) {}

  /** Draws what the entries do. */
  Term of(Supplier<Term> drawing) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = name(i);
      List<Kind> kinds = parameters.get(i);
      all.add(draft.scoped(() -> entry(name, kinds, drawing)));
    }
    StringBuilder text = new StringBuilder();
    all.forEach(entry -> text.append(entry.text).append('\n'));
    Entry entry = all.get(called);
    return draft.term(
        error == 0 ? Construct.ENTRY : Construct.BAD_DATA,
        Kind.Int.U64,
        text.toString(),
        machine -> {
          if (error != 0) {
            throw new Signal.Failure(error);
          }
          for (int i = 0; i < arguments.size(); i++) {
            machine.enter(Construct.PARAMETER);
            machine.write(entry.variables.get(i).id(), Place.copy(arguments.get(i)));
          }
          entry.body.in(machine);
          return BigInteger.ZERO;
        });
  }

  private Entry entry(String name, List<Kind> kinds, Supplier<Term> drawing) {
    List<Draft.Variable> variables = new ArrayList<>();
    Term checked = expressions.roles().declare(name.equals(name(called)));
    StringBuilder text = new StringBuilder("(define-program " + name);
    text.append(checked.text()).append(" (lambda (");
    for (Kind kind : kinds) {
      Draft.Variable variable = draft.declare(kind, !kind.isPlace());
      draft.term(Construct.PARAMETER, kind, variable.name(), machine -> false);
      variables.add(variable);
      text.append(variables.size() > 1 ? " " : "");
      text.append("(%s : %s)".formatted(variable.name(), kind.text()));
    }
    Term body = drawing.get();
    Term whole =
        new Term(
            body.kind(),
            body.text(),
            false,
            machine -> {
              checked.in(machine);
              return body.in(machine);
            });
    return new Entry(
        text.append(")\n").append(body.text()).append("))").toString(), variables, whole);
  }
}
