package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Spelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a mapping whose names are known; whatever else stands there is said at once. */
final class Keys {
  private final Node.Members node;
  private final String what;
  private final Diagnostics found;
  private final Map<String, Node.Member> members = new LinkedHashMap<>();

  private Keys(Node.Members node, String what, Diagnostics found) {
    this.node = node;
    this.what = what;
    this.found = found;
  }

  /**
   * The members of a node; empty if it is no mapping.
   *
   * @param what names the mapping for people, such as {@code a step}
   */
  static Optional<Keys> of(Node node, String what, Collection<String> known, Diagnostics found) {
    if (!(node instanceof Node.Members mapping)) {
      found.add(
          wrong(node, what + " is " + node.kind() + ", not a mapping")
              .withHelp("write names and values: " + String.join(", ", known)));
      return Optional.empty();
    }
    Keys keys = new Keys(mapping, what, found);
    for (Node.Member member : mapping.members()) {
      keys.add(member, known);
    }
    return Optional.of(keys);
  }

  private void add(Node.Member member, Collection<String> known) {
    String name = member.name().value();
    if (!known.contains(name)) {
      found.add(
          Diagnostic.at(member.name().span(), RunCode.SCENARIO_KEY, what + " has no " + name)
              .withHelp(
                  Spelling.nearest(name, known)
                      .map(near -> "did you mean " + near + "?")
                      .orElse("it may have " + String.join(", ", known))));
    } else if (members.putIfAbsent(name, member) != null) {
      found.add(
          Diagnostic.at(member.name().span(), RunCode.SCENARIO_KEY, name + " stands here twice")
              .withHelp("keep one of them"));
    }
  }

  Node.Members node() {
    return node;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  Optional<Node> get(String name) {
    return Optional.ofNullable(members.get(name)).map(Node.Member::value);
  }

  /** A member that must be there. */
  Optional<Node> require(String name) {
    if (!has(name)) {
      found.add(
          Diagnostic.at(node.span(), RunCode.SCENARIO_KEY, what + " needs " + name)
              .withHelp("add " + name + ": and its value"));
    }
    return get(name);
  }

  /** The text of a member that is there; said if it is none. */
  Optional<Node.Text> text(String name) {
    return get(name).flatMap(value -> text(value, name, found));
  }

  /** A whole number, at least {@code least}; {@code usual} if the member is not there. */
  Optional<Long> count(String name, long least, long usual) {
    return has(name) ? count(name, least) : Optional.of(usual);
  }

  /** A whole number, at least {@code least}, that must be there. */
  Optional<Long> count(String name, long least) {
    Optional<Node> value = require(name);
    Optional<Long> count =
        value
            .flatMap(v -> text(v, name, found))
            .flatMap(t -> Quantity.count(t.value()))
            .filter(n -> n >= least);
    if (value.isPresent() && count.isEmpty() && value.get() instanceof Node.Text) {
      found.add(
          wrong(value.get(), name + " is not a whole number from " + least)
              .withHelp("write one, such as " + Math.max(least, 1)));
    }
    return count;
  }

  /** The same, and at most {@code most}. */
  Optional<Long> countUpTo(String name, long least, long most) {
    Optional<Long> count = count(name, least);
    if (count.isPresent() && count.get() > most) {
      found.add(
          wrong(require(name).orElseThrow(), name + " is more than " + most)
              .withHelp("write " + most + " or less"));
      return Optional.empty();
    }
    return count;
  }

  static Optional<Node.Text> text(Node value, String name, Diagnostics found) {
    if (value instanceof Node.Text text) {
      return Optional.of(text);
    }
    found.add(
        wrong(value, name + " is " + value.kind() + ", not a single value")
            .withHelp("write one value"));
    return Optional.empty();
  }

  /** One text, or a list of some. */
  static List<Node.Text> texts(Node value, String name, Diagnostics found) {
    if (value instanceof Node.Items items) {
      return items.items().stream().flatMap(item -> text(item, name, found).stream()).toList();
    }
    return text(value, name, found).stream().toList();
  }

  static Diagnostic wrong(Node node, String message) {
    return Diagnostic.at(node.span(), RunCode.SCENARIO_VALUE, message);
  }
}
