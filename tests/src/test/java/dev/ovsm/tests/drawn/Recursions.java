package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws local functions that call themselves or each other, and tables of functions. */
final class Recursions {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Recursions(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Term of(Kind.Int kind, int depth) {
    return draws.below(3) == 2 ? table(kind, depth) : recursion(kind, depth);
  }

  /** A function of a count that calls itself for one less, or another that calls it back. */
  private Term recursion(Kind.Int kind, int depth) {
    Term count = small(depth, 6);
    Term base = expressions.of(kind, depth);
    boolean mutual = draws.below(2) == 1;
    boolean letrec = draws.below(3) == 2;
    String name = "rec" + draft.number();
    String other = mutual ? name + "b" : name;
    Draft.Variable counter = new Draft.Variable(draft.number(), "n" + name, Kind.Int.U64, false);
    Term step =
        draft.capturing(
            () -> {
              draft.variables().add(counter);
              return expressions.of(kind, depth - 1);
            });
    String text =
        letrec
            ? "(letrec (" + bound(name, other, counter, kind, base, step, true)
            : "(labels (" + bound(name, other, counter, kind, base, step, false);
    if (mutual) {
      text += " " + bound(other, name, counter, kind, base, step, letrec);
    }
    return draft.term(
        Construct.RECURSION,
        kind,
        text + ") (" + name + " " + count.text() + "))",
        machine -> {
          // What is captured is what it is before the count is computed, which may change it.
          Map<Integer, Object> captured = machine.captured();
          int times = count.integer(machine).intValue();
          return value(machine, captured, counter, kind, base, step, times);
        });
  }

  private static String bound(
      String name,
      String called,
      Draft.Variable counter,
      Kind.Int kind,
      Term base,
      Term step,
      boolean lambda) {
    String parameters =
        "((%s : u64))%s".formatted(counter.name(), lambda ? "" : " -> " + kind.text());
    String body =
        "(if (= %s 0) %s (bit-xor (wrapping-mul 3 (%s (- %s 1))) %s))"
            .formatted(counter.name(), base.text(), called, counter.name(), step.text());
    return lambda
        ? "(%s (lambda %s %s))".formatted(name, parameters, body)
        : "(%s %s %s)".formatted(name, parameters, body);
  }

  private static BigInteger value(
      Machine machine,
      Map<Integer, Object> captured,
      Draft.Variable counter,
      Kind.Int kind,
      Term base,
      Term step,
      int times) {
    Map<Integer, Object> frame = new HashMap<>(captured);
    frame.put(counter.id(), BigInteger.valueOf(times));
    if (times == 0) {
      return (BigInteger) machine.with(frame, base);
    }
    BigInteger inner = value(machine, captured, counter, kind, base, step, times - 1);
    BigInteger product = kind.wrapped(inner.multiply(BigInteger.valueOf(3)));
    return product.xor((BigInteger) machine.with(frame, step));
  }

  private Term small(int depth, int limit) {
    Term number = expressions.of(Kind.Int.U64, depth);
    BigInteger most = BigInteger.valueOf(limit);
    return new Term(
        Kind.Int.U64,
        "(% " + number.text() + " " + limit + ")",
        false,
        machine -> number.integer(machine).mod(most));
  }

  /** One of the functions of an array, by a number that is computed. */
  private Term table(Kind.Int kind, int depth) {
    Functions.Lambda first = expressions.functions().taking(kind, depth - 1);
    Functions.Lambda second = expressions.functions().taking(kind, depth - 1);
    Term index = small(depth, 2);
    Term argument = expressions.of(kind, depth);
    return draft.term(
        Construct.FUNCTION_TABLE,
        kind,
        "((get [%s %s] %s) %s)"
            .formatted(first.text(), second.text(), index.text(), argument.text()),
        machine -> {
          Callable.Body one = first.at(machine);
          Callable.Body two = second.at(machine);
          boolean isFirst = index.integer(machine).signum() == 0;
          return (isFirst ? one : two).in(machine, List.of(argument.in(machine)));
        });
  }
}
