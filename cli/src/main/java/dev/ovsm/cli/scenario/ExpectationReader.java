package dev.ovsm.cli.scenario;

import dev.ovsm.cli.scenario.Expectation.Counted;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Spelling;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a scenario expects. */
final class ExpectationReader {
  private static final List<String> KEYS = List.of("at-end", "always", "count");
  private static final List<String> COUNT_KEYS =
      List.of("event", "log", "fate", "kind", "min", "max", "exactly");

  private final Cast cast;
  private final Diagnostics found;

  ExpectationReader(Cast cast, Diagnostics found) {
    this.cast = cast;
    this.found = found;
  }

  Optional<Expectation> read(Node node) {
    Optional<Keys> some = Keys.of(node, "an expectation", KEYS, found);
    if (some.isEmpty()) {
      return Optional.empty();
    }
    Keys keys = some.get();
    List<String> given = KEYS.stream().filter(keys::has).toList();
    if (given.size() != 1) {
      found.add(
          Keys.wrong(node, "an expectation is one condition or count")
              .withHelp("write one of " + String.join(", ", KEYS)));
      return Optional.empty();
    }
    Node value = keys.get(given.get(0)).orElseThrow();
    if (given.get(0).equals("count")) {
      return count(value);
    }
    return Keys.text(value, given.get(0), found)
        .flatMap(
            text ->
                ExpressionReader.condition(text, cast, found)
                    .map(condition -> of(given.get(0), text, condition)));
  }

  private static Expectation of(String when, Node.Text text, Expression condition) {
    return when.equals("always")
        ? new Expectation.Always(text.span(), text.value(), condition)
        : new Expectation.AtEnd(text.span(), text.value(), condition);
  }

  private Optional<Expectation> count(Node value) {
    Optional<Keys> some = Keys.of(value, "a count", COUNT_KEYS, found);
    if (some.isEmpty()) {
      return Optional.empty();
    }
    Keys keys = some.get();
    Optional<Counted> what = counted(keys);
    Optional<Long> least = keys.count("min", 0, 0);
    Optional<Long> most = keys.count("max", 0, Long.MAX_VALUE);
    if (keys.has("exactly")) {
      least = keys.count("exactly", 0);
      most = least;
    } else if (!keys.has("min") && !keys.has("max")) {
      found.add(
          Keys.wrong(value, "this count expects nothing").withHelp("add min, max or exactly"));
    }
    if (what.isEmpty() || least.isEmpty() || most.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Expectation.Count(value.span(), what.get(), least.get(), most.get()));
  }

  private Optional<Counted> counted(Keys keys) {
    List<String> given = Stream.of("event", "log", "fate").filter(keys::has).toList();
    if (given.size() != 1) {
      found.add(
          Keys.wrong(keys.node(), "a count is of one thing")
              .withHelp("write one of event, log, fate"));
      return Optional.empty();
    }
    Optional<Node.Text> text = keys.text(given.get(0));
    return switch (given.get(0)) {
      case "event" -> text.map(name -> new Expectation.Event(name.value()));
      case "log" -> text.map(line -> new Expectation.Line(line.value()));
      default -> text.flatMap(fate -> met(fate, keys));
    };
  }

  private Optional<Counted> met(Node.Text text, Keys keys) {
    Optional<Fate> fate = oneOf(text, "fate", List.of(Fate.values()));
    if (!keys.has("kind")) {
      return fate.map(one -> new Expectation.Met(one, null));
    }
    Optional<Kind> kind = keys.text("kind").flatMap(this::kind);
    return fate.flatMap(one -> kind.map(k -> new Expectation.Met(one, k)));
  }

  private Optional<Kind> kind(Node.Text text) {
    Optional<Kind> kind =
        Stream.of(Kind.values()).filter(one -> one.word().equals(text.value())).findFirst();
    if (kind.isEmpty()) {
      refuse(text, "kind", Stream.of(Kind.values()).map(Kind::word).toList());
    }
    return kind;
  }

  private <T extends Enum<T>> Optional<T> oneOf(Node.Text text, String what, List<T> all) {
    Optional<T> found = all.stream().filter(one -> one.name().equals(text.value())).findFirst();
    if (found.isEmpty()) {
      refuse(text, what, all.stream().map(Enum::name).toList());
    }
    return found;
  }

  private void refuse(Node.Text text, String what, List<String> known) {
    found.add(
        Keys.wrong(text, "there is no " + what + " " + text.value())
            .withHelp(
                Spelling.nearest(text.value(), known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("write one of " + String.join(", ", known))));
  }
}
