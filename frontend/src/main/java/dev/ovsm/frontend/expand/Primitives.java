package dev.ovsm.frontend.expand;

import static dev.ovsm.frontend.read.Form.Bracket.VECTOR;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The functions that macro code can call: on lists, numbers, texts and names. */
final class Primitives {
  private static final int LONGEST_TEXT = 100_000;
  private final Evaluator evaluator;

  private Primitives(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  static Optional<Value> find(String name, Evaluator evaluator) {
    Value.@Nullable Body body = new Primitives(evaluator).body(name);
    return Optional.ofNullable(body).map(found -> new Value.Function(name, found));
  }

  private Value.@Nullable Body body(String name) {
    return switch (name) {
      case "list" -> Evaluator::list;
      case "cons" -> (a, at) -> cons(one(a, 0, at), two(a, at), at);
      case "append", "concat" -> this::append;
      case "first", "car" -> (a, at) -> nth(items(a, 0, at), 0, at);
      case "second", "cadr" -> (a, at) -> nth(items(a, 0, at), 1, at);
      case "third", "caddr" -> (a, at) -> nth(items(a, 0, at), 2, at);
      case "rest", "cdr" -> (a, at) -> Evaluator.list(dropped(items(a, 0, at), 1), at);
      case "drop" -> (a, at) -> Evaluator.list(dropped(items(a, 1, at), index(a, 0, at)), at);
      case "nth" -> (a, at) -> nth(items(a, 1, at), index(a, 0, at), at);
      case "get" -> (a, at) -> nth(items(a, 0, at), index(a, 1, at), at);
      case "last" -> (a, at) -> nth(items(a, 0, at), items(a, 0, at).size() - 1, at);
      case "reverse" -> (a, at) -> Evaluator.list(reversed(items(a, 0, at)), at);
      case "length", "len" -> (a, at) -> whole(BigInteger.valueOf(items(a, 0, at).size()), at);
      case "map" -> this::map;
      case "filter" -> this::filter;
      case "reduce" -> this::reduce;
      case "range" -> this::range;
      case "=", "==", "eq", "equal" -> (a, at) -> bool(isSame(a, at), at);
      case "!=", "/=", "neq" -> (a, at) -> bool(!isSame(a, at), at);
      case "not", "null?", "empty?" -> (a, at) -> bool(!one(a, 0, at).isTrue(), at);
      case "symbol?" -> (a, at) -> is(a, at, Form.Symbol.class::isInstance);
      case "keyword?" -> (a, at) -> is(a, at, Form.Keyword.class::isInstance);
      case "number?" -> (a, at) -> is(a, at, Form.Whole.class::isInstance);
      case "string?" -> (a, at) -> is(a, at, Form.Text.class::isInstance);
      case "vector?" ->
          (a, at) -> is(a, at, f -> f instanceof Form.Sequence s && s.bracket() == VECTOR);
      case "list?" -> (a, at) -> is(a, at, Form.Sequence.class::isInstance);
      case "macroexpand" -> (a, at) -> data(evaluator.expand(Evaluator.form(one(a, 0, at), at)));
      case "gensym" -> (a, at) -> gensym(a, at);
      case "symbol", "intern", "string->symbol" -> (a, at) -> symbol(joined(a, at));
      case "keyword" -> (a, at) -> data(new Form.Keyword(joined(a, at), origin(a, at)));
      case "str", "string-append", "symbol-name" ->
          (a, at) -> data(new Form.Text(joined(a, at), at));
      case "error" -> this::error;
      case "error-at" -> Primitives::errorAt;
      default -> Arithmetic.find(name).orElse(null);
    };
  }

  private static Value data(Form form) {
    return new Value.Data(form);
  }

  private Value symbol(String name) {
    return data(new Form.Symbol(name, evaluator.place()));
  }

  /** A name that no source can contain. */
  private Value gensym(List<Value> arguments, Span at) {
    String stem = arguments.isEmpty() ? "g" : text(arguments, 0, at);
    return symbol(stem + "," + evaluator.allowance().fresh());
  }

  private static Value whole(BigInteger value, Span at) {
    return data(new Form.Whole(value, null, at));
  }

  private static Value bool(boolean value, Span at) {
    return data(new Form.Bool(value, at));
  }

  private static Value one(List<Value> arguments, int index, Span at) {
    if (index >= arguments.size()) {
      throw Evaluator.failed(at, "this call lacks an argument", "one more argument");
    }
    return arguments.get(index);
  }

  private static Value two(List<Value> arguments, Span at) {
    return one(arguments, 1, at);
  }

  private static List<Value> items(List<Value> arguments, int index, Span at) {
    return Evaluator.items(one(arguments, index, at), at);
  }

  private static BigInteger number(List<Value> arguments, int index, Span at) {
    if (one(arguments, index, at) instanceof Value.Data data
        && data.form() instanceof Form.Whole whole) {
      return whole.value();
    }
    throw Evaluator.failed(at, "a whole number is needed here", "a number");
  }

  private static int index(List<Value> arguments, int index, Span at) {
    BigInteger number = number(arguments, index, at);
    return number.signum() < 0 || number.bitLength() >= Integer.SIZE ? -1 : number.intValue();
  }

  private static Value nth(List<Value> items, int index, Span at) {
    return index >= 0 && index < items.size() ? items.get(index) : data(new Form.Null(at));
  }

  private static List<Value> dropped(List<Value> items, int count) {
    return items.subList(Math.min(Math.max(count, 0), items.size()), items.size());
  }

  private static List<Value> reversed(List<Value> items) {
    List<Value> reversed = new ArrayList<>(items);
    Collections.reverse(reversed);
    return reversed;
  }

  private Value cons(Value head, Value tail, Span at) {
    List<Value> all = new ArrayList<>(List.of(head));
    all.addAll(Evaluator.items(tail, at));
    return made(all, at);
  }

  private Value append(List<Value> arguments, Span at) {
    List<Value> all = new ArrayList<>();
    arguments.forEach(list -> all.addAll(Evaluator.items(list, at)));
    return made(all, at);
  }

  /** A new list, whose items count as made. */
  private Value made(List<Value> items, Span at) {
    items.forEach(item -> evaluator.allowance().form(at));
    return Evaluator.list(items, at);
  }

  private static Value call(Value function, List<Value> arguments, Span at) {
    if (function instanceof Value.Function callable) {
      return callable.body().apply(arguments, at);
    }
    throw Evaluator.failed(at, "a function is needed here", "(lambda (x) …)");
  }

  private Value map(List<Value> arguments, Span at) {
    List<Value> mapped = new ArrayList<>();
    for (Value item : items(arguments, 1, at)) {
      mapped.add(call(arguments.get(0), List.of(item), at));
    }
    return made(mapped, at);
  }

  private Value filter(List<Value> arguments, Span at) {
    List<Value> kept = new ArrayList<>();
    for (Value item : items(arguments, 1, at)) {
      if (call(arguments.get(0), List.of(item), at).isTrue()) {
        kept.add(item);
      }
    }
    return made(kept, at);
  }

  private Value reduce(List<Value> arguments, Span at) {
    Value result = two(arguments, at);
    for (Value item : items(arguments, 2, at)) {
      result = call(arguments.get(0), List.of(result, item), at);
    }
    return result;
  }

  private Value range(List<Value> arguments, Span at) {
    int from = arguments.size() > 1 ? index(arguments, 0, at) : 0;
    int to = index(arguments, arguments.size() > 1 ? 1 : 0, at);
    List<Value> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      evaluator.allowance().form(at);
      numbers.add(whole(BigInteger.valueOf(i), at));
    }
    return Evaluator.list(numbers, at);
  }

  /** Whether two forms are written alike; of numbers, whether they are the same number. */
  private static boolean isSame(List<Value> arguments, Span at) {
    boolean areNumbers =
        Evaluator.form(one(arguments, 0, at), at) instanceof Form.Whole
            && Evaluator.form(two(arguments, at), at) instanceof Form.Whole;
    return areNumbers
        ? Arithmetic.compare(arguments, at, c -> c == 0)
        : printed(arguments, 0, at).equals(printed(arguments, 1, at));
  }

  private static String printed(List<Value> arguments, int index, Span at) {
    return FormPrinter.print(Evaluator.form(one(arguments, index, at), at));
  }

  private static Value is(List<Value> arguments, Span at, Predicate<Form> test) {
    return bool(test.test(Evaluator.form(one(arguments, 0, at), at)), at);
  }

  /** A name, text or number as text. */
  private static String text(List<Value> arguments, int index, Span at) {
    Form form = Evaluator.form(one(arguments, index, at), at);
    if (form instanceof Form.Symbol symbol) {
      return symbol.name();
    } else if (form instanceof Form.Keyword keyword) {
      return keyword.name();
    } else if (form instanceof Form.Text text) {
      return text.value();
    }
    return FormPrinter.print(form);
  }

  /** A name made of one form is to blame where that form stands. */
  private Span origin(List<Value> arguments, Span at) {
    return arguments.size() == 1 ? Evaluator.form(arguments.get(0), at).span() : evaluator.place();
  }

  private static String joined(List<Value> arguments, Span at) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      joined.append(text(arguments, i, at));
      if (joined.length() > LONGEST_TEXT) {
        throw Evaluator.failed(at, "this text is too long", "shorter texts");
      }
    }
    return joined.toString();
  }

  private Value error(List<Value> arguments, Span at) {
    throw new Failed(
        Diagnostic.at(evaluator.place(), LanguageCode.MACRO_FAILED, joined(arguments, at))
            .withLabel(at, "the macro says so here")
            .withHelp("call the macro as its definition says"));
  }

  /** {@code (error-at form message way-out)} blames a form that the macro was given. */
  private static Value errorAt(List<Value> arguments, Span at) {
    Span blamed = Evaluator.form(one(arguments, 0, at), at).span();
    throw new Failed(
        Diagnostic.at(blamed, LanguageCode.MACRO_FAILED, text(arguments, 1, at))
            .withHelp(text(arguments, 2, at)));
  }
}
