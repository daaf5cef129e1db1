package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws functions, closures, calls of them, and what goes through a collection with one. */
final class Functions {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Functions(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** A call of something whose value has a kind. */
  Term call(Kind kind, int depth) {
    if (draws.below(4) == 3) {
      return collected(kind, depth);
    }
    List<Callable> fitting =
        draft.callables().stream()
            .filter(each -> each.result().equals(kind) || converts(each.result(), kind))
            .toList();
    if (fitting.isEmpty()) {
      return draws.below(2) == 0 ? immediate(kind, depth) : expressions.leaf(kind);
    }
    Callable callee = draws.from(fitting);
    Term call = call(callee, depth);
    if (callee.result().equals(kind)) {
      return call;
    }
    Kind.Int to = (Kind.Int) kind;
    return draft.term(
        Construct.CONVERSION,
        kind,
        "(wrapping-" + kind.text() + " " + call.text() + ")",
        machine -> to.wrapped(call.integer(machine)));
  }

  private static boolean converts(Kind from, Kind to) {
    return from instanceof Kind.Int && to instanceof Kind.Int;
  }

  private Term call(Callable callee, int depth) {
    List<Term> arguments = new ArrayList<>();
    StringBuilder text = new StringBuilder("(" + callee.name());
    for (Kind kind : callee.kinds()) {
      Term argument = kind.isComputed() ? expressions.of(kind, depth) : expressions.leaf(kind);
      arguments.add(argument);
      text.append(' ').append(argument.text());
    }
    Callable.Extra extra = callee.extra();
    int unnamed = extra.rest() ? draws.below(4) : extra.optional() ? draws.below(2) : 0;
    boolean named = extra.key() && draws.below(2) == 1;
    int at = named ? draws.below(2) * unnamed : -1;
    List<Term> others = new ArrayList<>();
    for (int i = 0; i < unnamed + (named ? 1 : 0); i++) {
      Term other = expressions.of(Kind.Int.U64, depth);
      others.add(other);
      text.append(i == at ? " :k " : " ").append(other.text());
    }
    return draft.term(
        callee.local() ? Construct.CLOSURE : extra.construct(),
        callee.result(),
        text.append(')').toString(),
        machine -> {
          List<Object> given = new ArrayList<>();
          arguments.forEach(argument -> given.add(argument.in(machine)));
          List<Object> found = others.stream().map(other -> other.in(machine)).toList();
          given.addAll(extra.arranged(found, at));
          return callee.body().in(machine, given);
        });
  }

  /** A function without a name that is called at once. */
  private Term immediate(Kind kind, int depth) {
    Kind taken = expressions.plainKind();
    Term argument = expressions.of(taken, depth);
    Lambda lambda = lambda(List.of(taken), kind, depth);
    return draft.term(
        Construct.LAMBDA,
        kind,
        "(" + lambda.text + " " + argument.text() + ")",
        machine -> {
          Callable.Body made = lambda.at(machine);
          return made.in(machine, List.of(argument.in(machine)));
        });
  }

  /** A function that captures what is here. */
  record Lambda(String text, List<Draft.Variable> parameters, Term body) {
    /** The function that a machine makes of it now. */
    Callable.Body at(Machine machine) {
      Map<Integer, Object> captured = machine.captured();
      return (running, arguments) -> {
        Map<Integer, Object> frame = new HashMap<>(captured);
        for (int i = 0; i < parameters.size(); i++) {
          frame.put(parameters.get(i).id(), arguments.get(i));
        }
        return running.with(frame, body);
      };
    }
  }

  /** One that takes and gives a number of a type. */
  Lambda taking(Kind.Int kind, int depth) {
    return lambda(List.of(kind), kind, depth);
  }

  Lambda lambda(List<Kind> kinds, Kind result, int depth) {
    return draft.capturing(
        () -> {
          List<Draft.Variable> parameters = new ArrayList<>();
          StringBuilder text = new StringBuilder("(lambda (");
          for (Kind kind : kinds) {
            Draft.Variable parameter = draft.declare(kind, false);
            parameters.add(parameter);
            text.append(parameters.size() > 1 ? " " : "");
            text.append("(%s : %s)".formatted(parameter.name(), kind.text()));
          }
          Term body = expressions.statements().body(result, depth, draws.below(2));
          text.append(") ").append(body.text()).append(')');
          return new Lambda(text.toString(), parameters, body);
        });
  }

  /** Defines a function that captures what is here: one of two, as it turns out, for some. */
  Term local(int depth) {
    Kind.Int result = expressions.integerKind();
    List<Kind> kinds = new ArrayList<>();
    for (int i = 1 + draws.below(2); i > 0; i--) {
      kinds.add(expressions.integerKind());
    }
    Lambda first = lambda(kinds, result, depth);
    boolean chosen = draws.below(3) == 2;
    Lambda second = chosen ? lambda(kinds, result, depth) : first;
    Term condition = expressions.of(Kind.Plain.BOOL, depth);
    int id = draft.number();
    String name = "g" + id;
    String value =
        chosen ? "(if %s %s %s)".formatted(condition.text(), first.text, second.text) : first.text;
    draft
        .callables()
        .add(
            new Callable(
                name,
                kinds,
                Callable.Extra.NONE,
                result,
                true,
                (machine, arguments) -> ((Callable.Body) machine.read(id)).in(machine, arguments)));
    return draft.effect(
        chosen ? Construct.CHOSEN_FUNCTION : Construct.LAMBDA,
        "(define " + name + " " + value + ")",
        machine -> {
          boolean isFirst = !chosen || condition.truth(machine);
          machine.write(id, (isFirst ? first : second).at(machine));
        });
  }

  /** Declares a function for all that come behind it. */
  void declare(int depth) {
    Kind result = draws.below(5) == 4 ? expressions.places().kind() : expressions.plainKind();
    if (result instanceof Kind.Vec) {
      result = Kind.Int.U64;
    }
    Kind made = draws.below(8) == 7 ? Kind.Key.PUBKEY : result;
    String name = "f" + draft.number();
    List<Kind> kinds = new ArrayList<>();
    for (int i = draws.below(4); i > 0; i--) {
      boolean struct = draws.below(5) == 4 && !draft.structs().isEmpty();
      Kind other = draws.below(6) == 5 ? Kind.Key.PUBKEY : expressions.plainKind();
      kinds.add(struct ? draws.from(draft.structs()) : other);
    }
    Callable.Extra extra = draws.of(Callable.Extra.values());
    Callable declared = draft.apart(made, () -> declared(name, kinds, extra, made, depth));
    draft.declared().add(declared);
    draft.callables().add(declared);
  }

  private Callable declared(
      String name, List<Kind> kinds, Callable.Extra extra, Kind result, int depth) {
    List<Draft.Variable> parameters = new ArrayList<>();
    StringBuilder text = new StringBuilder("(defun " + name + " (");
    for (Kind kind : kinds) {
      Draft.Variable parameter = draft.declare(kind, !kind.isPlace());
      parameters.add(parameter);
      text.append("(%s : %s) ".formatted(parameter.name(), kind.text()));
    }
    BigInteger missing = BigInteger.valueOf(draws.below(9));
    Draft.Variable optional = draft.declare(Kind.Int.U64, false);
    Draft.Variable rest = draft.declare(Kind.Int.U64, false);
    Draft.Variable key = draft.declare(Kind.Int.U64, false);
    StringBuilder before = new StringBuilder();
    if (extra.optional()) {
      text.append("&optional (%s %su64) ".formatted(optional.name(), missing));
    }
    if (extra.rest()) {
      text.append("&rest r ");
      before.append(
          "(define %s (+ (reduce wrapping-add 0u64 r) (length r))) ".formatted(rest.name()));
    }
    if (extra.key()) {
      text.append("&key (k %su64)".formatted(missing));
      before.append("(define ").append(key.name()).append(" k) ");
    }
    List<Draft.Variable> others = extra.of(optional, rest, key);
    draft.variables().removeAll(List.of(optional, rest, key));
    draft.variables().addAll(others);
    Term body = expressions.statements().body(result, depth, 1 + draws.below(3));
    text.append(") -> ").append(result.text()).append(' ').append(before);
    draft.declarations().add(text.append(body.text()).append(')').toString());
    return new Callable(
        name,
        kinds,
        extra,
        result,
        false,
        (machine, arguments) -> {
          Map<Integer, Object> frame = new HashMap<>();
          for (int i = 0; i < parameters.size(); i++) {
            frame.put(parameters.get(i).id(), arguments.get(i));
          }
          List<Object> given = arguments.subList(parameters.size(), arguments.size());
          for (int i = 0; i < others.size(); i++) {
            boolean isRest = others.get(i).equals(rest);
            Object one = given.get(i);
            frame.put(
                others.get(i).id(),
                isRest ? sum((List<?>) one) : one == Place.NULL ? missing : one);
          }
          return machine.with(frame, body);
        });
  }

  private static BigInteger sum(List<?> numbers) {
    BigInteger sum = BigInteger.ZERO;
    for (Object number : numbers) {
      sum = Kind.Int.U64.wrapped(sum.add((BigInteger) number));
    }
    return Integers.fitting(Kind.Int.U64, sum.add(BigInteger.valueOf(numbers.size())), 5000);
  }

  /** A sum over an array, or over what a function makes of its elements. */
  private Term collected(Kind kind, int depth) {
    if (!(kind instanceof Kind.Int of)) {
      return kind == Kind.Plain.BOOL ? any(depth) : expressions.leaf(kind);
    }
    Kind.Array array = new Kind.Array(of, 1 + draws.below(4));
    Term values = expressions.leaf(array);
    int how = draws.below(3);
    if (how == 0) {
      Term first = expressions.leaf(of);
      return draft.term(
          Construct.REDUCE,
          of,
          "(reduce wrapping-add " + first.text() + " " + values.text() + ")",
          machine -> {
            BigInteger sum = first.integer(machine);
            for (Object cell : ((Place) values.in(machine)).cells()) {
              sum = of.wrapped(sum.add((BigInteger) cell));
            }
            return sum;
          });
    }
    boolean filters = how == 2;
    Lambda lambda = lambda(List.of(of), filters ? Kind.Plain.BOOL : of, depth - 1);
    return draft.term(
        filters ? Construct.MAP_FILTER : Construct.HIGHER_ORDER,
        of,
        "(reduce bit-xor 0%s (%s %s %s))"
            .formatted(of.text(), filters ? "filter" : "map", lambda.text, values.text()),
        machine -> {
          Callable.Body body = lambda.at(machine);
          BigInteger mixed = BigInteger.ZERO;
          for (Object cell : ((Place) values.in(machine)).cells()) {
            Object made = body.in(machine, List.of(cell));
            if (!filters) {
              mixed = mixed.xor((BigInteger) made);
            } else if ((Boolean) made) {
              mixed = mixed.xor((BigInteger) cell);
            }
          }
          return mixed;
        });
  }

  /** Whether one or every element is so; the rest is not looked at. */
  private Term any(int depth) {
    Kind.Array array = new Kind.Array(expressions.integerKind(), 1 + draws.below(4));
    Term values = expressions.leaf(array);
    Lambda lambda = lambda(List.of(array.of()), Kind.Plain.BOOL, depth - 1);
    boolean any = draws.below(2) == 0;
    return draft.term(
        Construct.HIGHER_ORDER,
        Kind.Plain.BOOL,
        "(%s %s %s)".formatted(any ? "any?" : "every?", lambda.text, values.text()),
        machine -> {
          Callable.Body body = lambda.at(machine);
          for (Object cell : ((Place) values.in(machine)).cells()) {
            if ((Boolean) body.in(machine, List.of(cell)) == any) {
              return any;
            }
          }
          return !any;
        });
  }
}
