package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program with what it is called with.
 *
 * @param drawn how often each construct is in it
 * @param choices what it was made of
 */
record Drawn(
    String text,
    Term entry,
    Surroundings surroundings,
    Map<Construct, Integer> drawn,
    List<Integer> choices) {
  private static final int DEEPEST = 4;

  static Drawn of(long seed) {
    return of(Draws.of(seed));
  }

  static Drawn of(List<Integer> choices) {
    return of(Draws.of(choices));
  }

  private static Drawn of(Draws draws) {
    int size = 6 << draws.below(5);
    Surroundings surroundings = Surroundings.of(draws);
    Draft draft = new Draft(draws, surroundings, size);
    Expressions expressions = new Expressions(draft);
    StringBuilder text = new StringBuilder();
    Declarations.draw(draft, expressions);
    boolean bare = draws.below(2) == 0;
    Entries entries = bare ? null : entries(draft, expressions);
    for (int i = draws.below(3); i > 0; i--) {
      expressions.functions().declare(DEEPEST - 1);
    }
    Term code =
        entries == null
            ? code(draft, expressions, 9)
            : entries.of(() -> code(draft, expressions, 6));
    draft.declarations().forEach(form -> text.append(form).append('\n'));
    text.append(code.text());
    return new Drawn(text.toString(), code, draft.surroundings(), draft.drawn(), draws.made());
  }

  /** With maps, which only entries have. */
  private static Entries entries(Draft draft, Expressions expressions) {
    expressions.maps().declare();
    return new Entries(draft, expressions);
  }

  /** Some input, at most so many statements, and a number. */
  private static Term code(Draft draft, Expressions expressions, int most) {
    Draws draws = draft.draws();
    List<Term> top = new ArrayList<>();
    top.addAll(inputs(draft, expressions, 1 + draws.below(4)));
    for (int i = 1 + draws.below(most); i > 0; i--) {
      top.add(expressions.statements().of(DEEPEST));
    }
    top.add(expressions.statements().log(0));
    Term exit = exit(draft, expressions);
    StringBuilder text = new StringBuilder();
    top.forEach(term -> text.append(term.text()).append('\n'));
    text.append(exit.text()).append('\n');
    return new Term(
        Kind.Int.U64,
        text.toString(),
        false,
        machine -> {
          top.forEach(term -> term.in(machine));
          return exit.in(machine);
        });
  }

  private static List<Term> inputs(Draft draft, Expressions expressions, int count) {
    List<Term> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind.Int kind = i == 0 ? Kind.Int.U64 : expressions.integerKind();
      Term word = expressions.statements().accounts().read();
      Term value =
          new Term(
              kind,
              kind.equals(Kind.Int.U64)
                  ? word.text()
                  : "(wrapping-" + kind.text() + " " + word.text() + ")",
              false,
              machine -> kind.wrapped(word.integer(machine)));
      Draft.Variable variable = draft.declare(kind, true);
      all.add(
          draft.effect(
              Construct.DEFINE,
              "(define " + variable.name() + " " + value.text() + ")",
              machine -> machine.write(variable.id(), value.in(machine))));
    }
    return all;
  }

  /** Success as a rule, else a number. */
  private static Term exit(Draft draft, Expressions expressions) {
    if (!draft.draws().chance(10)) {
      return draft.term(Construct.LITERAL, Kind.Int.U64, "0", machine -> BigInteger.ZERO);
    }
    Term value = expressions.of(Kind.Int.U64, 1);
    return draft.term(
        Construct.ARITHMETIC,
        Kind.Int.U64,
        "(% " + value.text() + " 7)",
        machine -> value.integer(machine).mod(BigInteger.valueOf(7)));
  }

  /** Whether the verifier judges it: it refuses what calls itself. */
  boolean isJudged() {
    return !drawn.containsKey(Construct.RECURSION);
  }

  /** What a run comes to. */
  record Expected(
      String end,
      List<String> logs,
      byte[] returned,
      List<byte[]> data,
      long[] lamports,
      Map<Construct, Integer> executed) {}

  /** What it means, or null if it does too much to be worth trying. */
  @Nullable Expected expected() {
    Surroundings.State state = surroundings.fresh();
    Machine machine = new Machine(state);
    String end;
    try {
      end = Shape.end(entry.integer(machine).longValue());
    } catch (Signal.Aborted e) {
      end = e.end();
    } catch (Signal.Exhausted e) {
      return null;
    } catch (Signal.Failure | Signal.Thrown e) {
      end = Shape.end(Attempts.code(e).longValue());
    }
    return new Expected(
        end,
        machine.logs(),
        machine.returned(),
        state.data(),
        state.lamports(),
        machine.executed());
  }
}
