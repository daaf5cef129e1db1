package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Draws loops, all of them short. */
final class Loops {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final Statements statements;

  Loops(Draft draft, Expressions expressions, Statements statements) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
    this.statements = statements;
  }

  Term of(int depth) {
    return switch (draws.below(7)) {
      case 0 -> counted(depth);
      case 1 -> range(depth);
      case 2 -> whileLess(depth);
      case 3 -> each(depth);
      case 5 -> in(depth);
      case 6 -> steps(depth);
      default -> sum(depth);
    };
  }

  private Term body(int depth) {
    Draft.Position inside = new Draft.Position(true, draft.here().returns(), false);
    return draft.scoped(
        inside,
        () -> {
          Term before = statements.some(depth, 1 + draws.below(3));
          return draws.below(4) == 3
              ? statements.inOrder(List.of(before, statements.leave(depth - 1)))
              : before;
        });
  }

  /** A round; whether the loop goes on. */
  private static boolean round(Machine machine, Term body) {
    try {
      body.in(machine);
    } catch (Signal.Jump e) {
      return !e.leaves();
    }
    return true;
  }

  private Term counted(int depth) {
    int limit = draws.below(5);
    return draft.scoped(
        () -> {
          Draft.Variable counter = draft.declare(Kind.Int.U64, false);
          Term body = body(depth);
          return draft.effect(
              Construct.DOTIMES,
              "(dotimes (%s %su64) %s)".formatted(counter.name(), limit, body.text()),
              machine -> count(machine, counter, 0, limit, body));
        });
  }

  private static void count(Machine machine, Draft.Variable counter, int from, int to, Term body) {
    for (int i = from; i < to; i++) {
      machine.write(counter.id(), BigInteger.valueOf(i));
      if (!round(machine, body)) {
        return;
      }
    }
  }

  private Term range(int depth) {
    Kind.Int kind = expressions.integerKind();
    boolean wide = kind.wide();
    Kind.Int counted = wide ? Kind.Int.U64 : kind;
    int from = counted.signed() ? draws.below(5) - 2 : draws.below(3);
    int to = from + draws.below(5) - 1;
    if (!counted.signed() && to < 0) {
      to = 0;
    }
    int end = to;
    return draft.scoped(
        () -> {
          Draft.Variable counter = draft.declare(counted, false);
          Term body = body(depth);
          String text =
              "(for (%s (range %s%s %s)) %s)"
                  .formatted(counter.name(), from, counted.text(), end, body.text());
          return draft.effect(
              Construct.FOR_RANGE, text, machine -> count(machine, counter, from, end, body));
        });
  }

  private Term whileLess(int depth) {
    int limit = draws.below(4);
    return draft.scoped(
        () -> {
          Draft.Variable counter = draft.declare(Kind.Int.U64, false);
          Term body = body(depth);
          String name = counter.name();
          return draft.effect(
              Construct.WHILE,
              "(do (define %s 0u64) (while (< %s %s) (set! %s (+ %s 1)) %s))"
                  .formatted(name, name, limit, name, name, body.text()),
              machine -> {
                machine.write(counter.id(), BigInteger.ZERO);
                while (machine.integer(counter.id()).intValue() < limit) {
                  machine.write(counter.id(), machine.integer(counter.id()).add(BigInteger.ONE));
                  if (!round(machine, body)) {
                    return;
                  }
                }
              });
        });
  }

  private Term each(int depth) {
    Kind of = expressions.places().element();
    Term values = expressions.leaf(new Kind.Array(of, 1 + draws.below(4)));
    return draft.scoped(
        () -> {
          Draft.Variable element = draft.declare(of, false);
          Term body = body(depth);
          return draft.effect(
              Construct.FOR_EACH,
              "(for (%s %s) %s)".formatted(element.name(), values.text(), body.text()),
              machine -> {
                Place place = (Place) values.in(machine);
                for (int i = 0; i < place.cells().size(); i++) {
                  machine.write(element.id(), place.cells().get(i));
                  if (!round(machine, body)) {
                    return;
                  }
                }
              });
        });
  }

  /** What is collected, counted or summed over the elements of an array, logged. */
  private Term in(int depth) {
    Kind.Int kind = expressions.integerKind();
    Term values = expressions.leaf(new Kind.Array(kind, 1 + draws.below(4)));
    return draft.scoped(
        () -> {
          Draft.Variable element = draft.declare(kind, false);
          boolean collects = draws.below(2) == 1;
          Term value = expressions.of(kind, depth);
          return draft.effect(
              Construct.LOOP_IN,
              "(log (loop for %s in %s %s %s))"
                  .formatted(
                      element.name(), values.text(), collects ? "collect" : "sum", value.text()),
              machine -> {
                List<Object> made = new ArrayList<>();
                BigInteger sum = BigInteger.ZERO;
                for (Object cell : ((Place) values.in(machine)).cells()) {
                  machine.write(element.id(), cell);
                  BigInteger one = value.integer(machine);
                  made.add(one);
                  sum = collects ? sum : Integers.fitting(kind, sum.add(one), 5000);
                }
                String all = String.join(" ", made.stream().map(Object::toString).toList());
                machine.logs().add(collects ? "[" + all + "]" : sum.toString());
              });
        });
  }

  /** Every so many of a range. */
  private Term steps(int depth) {
    int from = draws.below(3);
    int to = from + draws.below(8);
    int step = 1 + draws.below(3);
    return draft.scoped(
        () -> {
          Draft.Variable counter = draft.declare(Kind.Int.U64, false);
          Term body = body(depth);
          return draft.effect(
              Construct.STEPS,
              "(for (%s (range %du64 %d %d)) %s)"
                  .formatted(counter.name(), from, to, step, body.text()),
              machine -> {
                boolean goesOn = true;
                for (int i = from; i < to && goesOn; i += step) {
                  machine.write(counter.id(), BigInteger.valueOf(i));
                  goesOn = round(machine, body);
                }
              });
        });
  }

  /** A sum or a count over a range, logged. */
  private Term sum(int depth) {
    int to = draws.below(6);
    return draft.scoped(
        () -> {
          Draft.Variable counter = draft.declare(Kind.Int.U64, false);
          boolean counts = draws.below(2) == 1;
          Term value = expressions.of(counts ? Kind.Plain.BOOL : Kind.Int.U64, depth);
          return draft.effect(
              Construct.LOOP_SUM,
              "(log (loop for %s from 1u64 to %s %s %s))"
                  .formatted(counter.name(), to, counts ? "count" : "sum", value.text()),
              machine -> {
                BigInteger sum = BigInteger.ZERO;
                for (int i = 1; i <= to; i++) {
                  machine.write(counter.id(), BigInteger.valueOf(i));
                  BigInteger one =
                      !counts
                          ? value.integer(machine)
                          : value.truth(machine) ? BigInteger.ONE : BigInteger.ZERO;
                  sum = Integers.fitting(Kind.Int.U64, sum.add(one), 5000);
                }
                machine.logs().add(sum.toString());
              });
        });
  }
}
