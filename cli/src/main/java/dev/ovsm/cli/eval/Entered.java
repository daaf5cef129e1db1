package dev.ovsm.cli.eval;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a session has accepted, in its order. An expression that may have set something runs again
 * before each that follows, so that the places of the definitions hold what they would in a file.
 */
final class Entered {
  /** Is written between what ran before and what is new. */
  private static final String NOW = "\u0001now";

  private static final Source BETWEEN = new Source("<session>", "(log \"" + NOW + "\")");
  private static final Set<String> SETTERS =
      Set.of("setf", "setq", "copy-bytes", "zero-bytes", "mem-store", "mem-set");

  private final List<One> all = new ArrayList<>();

  /**
   * @param name what it defines, or null
   */
  private record One(@Nullable String name, Source source) {}

  Entered copy() {
    Entered copy = new Entered();
    copy.become(this);
    return copy;
  }

  void become(Entered other) {
    List<One> others = List.copyOf(other.all);
    all.clear();
    all.addAll(others);
  }

  void clear() {
    all.clear();
  }

  /** Adds a definition; one of a name that is defined replaces it, and nothing was set since. */
  void define(String name, Source source) {
    for (int i = 0; i < all.size(); i++) {
      if (name.equals(all.get(i).name())) {
        all.set(i, new One(name, source));
        all.removeIf(one -> one.name() == null);
        return;
      }
    }
    all.add(new One(name, source));
  }

  /** Notes that an expression has run to its end. */
  void ran(Source expression) {
    boolean setsAny =
        mentions(expression, Entered::sets)
            || all.stream().anyMatch(one -> mentions(one.source(), Entered::sets));
    if (setsAny && mentions(expression, definitions()::containsKey)) {
      all.add(new One(null, expression));
    }
  }

  private static boolean sets(String name) {
    return (name.endsWith("!") && name.length() > 1) || SETTERS.stream().anyMatch(name::startsWith);
  }

  private static boolean mentions(Source source, Predicate<String> which) {
    Deque<Form> pending = new ArrayDeque<>(Reader.read(source, new Diagnostics()));
    for (Form form = pending.poll(); form != null; form = pending.poll()) {
      if (form instanceof Form.Sequence list) {
        list.items().forEach(pending::push);
      } else if (form instanceof Form.Symbol symbol && which.test(symbol.name())) {
        return true;
      }
    }
    return false;
  }

  /** The definitions by what they define. */
  Map<String, Source> definitions() {
    Map<String, Source> definitions = new LinkedHashMap<>();
    for (One one : all) {
      if (one.name() != null) {
        definitions.put(one.name(), one.source());
      }
    }
    return definitions;
  }

  /** All of it. */
  List<Source> all() {
    return all.stream().map(One::source).toList();
  }

  /** All of it, and then one thing more. */
  List<Source> with(Source last) {
    List<Source> sources = new ArrayList<>(all());
    if (isRunning()) {
      sources.add(BETWEEN);
    }
    sources.add(last);
    return sources;
  }

  private boolean isRunning() {
    return all.stream().anyMatch(one -> one.name() == null);
  }

  /** The run of what is new alone. */
  Run since(Run whole) {
    int now = whole.logs().lastIndexOf(Run.LOG + NOW);
    List<String> logs = whole.logs().subList(now + 1, whole.logs().size());
    return new Run(logs, whole.failure());
  }
}
