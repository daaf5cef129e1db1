package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws what the library says of an array or a vector: elements by their place, sums, searches. */
final class Elements {
  private static final int OVERFLOW = 5000;
  private static final int BOUNDS = 5003;

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Elements(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** An array or a vector of a kind, and how many elements it has at least and at most. */
  private record Collection(Term values, int least, int most) {
    List<Object> in(Machine machine) {
      return ((Place) values.in(machine)).cells();
    }

    String text() {
      return values.text();
    }
  }

  private Collection collection(Kind of) {
    int length = 1 + draws.below(4);
    boolean vector = draws.below(3) == 2;
    Kind kind = vector ? new Kind.Vec(of, length) : new Kind.Array(of, length);
    List<Draft.Variable> known =
        draft.variables().stream().filter(each -> of.equals(element(each.kind()))).toList();
    if (!known.isEmpty() && draws.below(3) != 0) {
      Draft.Variable variable = draws.from(known);
      kind = variable.kind();
      return sized(expressions.read(variable), kind);
    }
    return sized(expressions.leaf(kind), kind);
  }

  private static @Nullable Kind element(Kind kind) {
    return kind instanceof Kind.Array array
        ? array.of()
        : kind instanceof Kind.Vec vec ? vec.of() : null;
  }

  private static Collection sized(Term values, Kind kind) {
    return kind instanceof Kind.Array array
        ? new Collection(values, array.length(), array.length())
        : new Collection(values, 0, ((Kind.Vec) kind).most());
  }

  /** A number out of a collection. */
  Term number(Kind.Int kind, int depth) {
    Collection all = collection(kind);
    return switch (draws.below(5)) {
      case 0 -> sum(kind, all);
      case 1, 2 -> at(kind, all);
      case 3 -> orDefault(kind, all, depth);
      default -> last(kind, all);
    };
  }

  private Term sum(Kind.Int kind, Collection all) {
    return draft.term(
        Construct.SUM,
        kind,
        "(sum " + all.text() + ")",
        machine -> {
          BigInteger sum = BigInteger.ZERO;
          for (Object cell : all.in(machine)) {
            sum = Integers.fitting(kind, sum.add((BigInteger) cell), OVERFLOW);
          }
          return sum;
        });
  }

  /** By a name of its place, or its number. */
  private Term at(Kind.Int kind, Collection all) {
    int index = draws.below(Math.min(3, all.most));
    String name = draws.below(3) == 2 ? "nth" : List.of("first", "second", "third").get(index);
    return draft.term(
        Construct.ELEMENT,
        kind,
        name.equals("nth")
            ? "(nth " + all.text() + " " + index + ")"
            : "(" + name + " " + all.text() + ")",
        machine -> {
          List<Object> cells = all.in(machine);
          if (index >= cells.size()) {
            throw new Signal.Failure(BOUNDS);
          }
          return cells.get(index);
        });
  }

  /** Of none, the place in front of the first does not fit. */
  private Term last(Kind.Int kind, Collection all) {
    return draft.term(
        Construct.ELEMENT,
        kind,
        "(last " + all.text() + ")",
        machine -> {
          List<Object> cells = all.in(machine);
          if (cells.isEmpty()) {
            throw new Signal.Failure(OVERFLOW);
          }
          return cells.get(cells.size() - 1);
        });
  }

  private Term orDefault(Kind.Int kind, Collection all, int depth) {
    Term index = expressions.of(Kind.Int.U64, depth);
    Term otherwise = expressions.literal(kind);
    BigInteger limit = BigInteger.valueOf(all.most + 2L);
    return draft.term(
        Construct.DEFAULT_ELEMENT,
        kind,
        "(get %s (%% %s %d) %s)".formatted(all.text(), index.text(), limit, otherwise.text()),
        machine -> {
          List<Object> cells = all.in(machine);
          int at = index.integer(machine).mod(limit).intValue();
          return at < cells.size() ? cells.get(at) : otherwise.in(machine);
        });
  }

  /** Whether an element is there. */
  Term contains(int depth) {
    Kind.Int kind = expressions.integerKind();
    Collection all = collection(kind);
    Term wanted = expressions.of(kind, depth);
    return draft.term(
        Construct.CONTAINS,
        Kind.Plain.BOOL,
        "(contains? %s %s)".formatted(all.text(), wanted.text()),
        machine -> {
          List<Object> cells = all.in(machine);
          Object value = wanted.in(machine);
          return cells.contains(value);
        });
  }

  /** The first element that is large enough, if there is one. */
  Term found(Kind.Option option, Kind.Int of) {
    Collection all = collection(of);
    Term least = expressions.literal(of);
    String name = "x" + draft.number();
    return draft.term(
        Construct.FIND,
        option,
        "(find (lambda ((%s : %s)) (>= %s %s)) %s)"
            .formatted(name, of.text(), name, least.text(), all.text()),
        machine -> {
          BigInteger from = least.integer(machine);
          return all.in(machine).stream()
              .filter(cell -> ((BigInteger) cell).compareTo(from) >= 0)
              .findFirst()
              .orElse(Place.NULL);
        });
  }

  /** Logs each element, or takes a collection apart into names. */
  Term statement(int depth) {
    Kind.Int kind = expressions.integerKind();
    Collection all = collection(kind);
    if (draws.below(2) == 0 || all.least < 2) {
      String name = "x" + draft.number();
      return draft.effect(
          Construct.FOR_EACH,
          "(for-each (lambda (%s) (log %s)) %s)".formatted(name, name, all.text()),
          machine -> all.in(machine).forEach(cell -> machine.logs().add(cell.toString())));
    }
    return draft.scoped(
        () -> {
          Draft.Variable first = draft.declare(kind, false);
          Draft.Variable second = draft.declare(kind, false);
          Term body = expressions.statements().some(depth, 1 + draws.below(2));
          String rest = "r" + draft.number();
          return draft.effect(
              Construct.TAKEN_APART,
              "(destructuring-bind (%s %s &rest %s) %s (log %s) %s)"
                  .formatted(first.name(), second.name(), rest, all.text(), rest, body.text()),
              machine -> {
                List<Object> cells = all.in(machine);
                machine.write(first.id(), cells.get(0));
                machine.write(second.id(), cells.get(1));
                machine.logs().add("[" + joined(cells.subList(2, cells.size())) + "]");
                body.in(machine);
              });
        });
  }

  private static String joined(List<Object> cells) {
    return String.join(" ", cells.stream().map(Object::toString).toList());
  }
}
