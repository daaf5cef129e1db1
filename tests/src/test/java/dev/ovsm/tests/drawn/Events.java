package dev.ovsm.tests.drawn;

import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Draws events: their declarations, and where they are emitted. */
final class Events {
  /** An event of any length takes a quarter of a frame. */
  private static final int MOST_BUFFERS = 2;

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<Kind.Struct> declared = new ArrayList<>();
  private int buffers;

  Events(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** Declares one, of which every field is written as Borsh has it. */
  void declare() {
    String name = "Ev" + draft.number();
    List<String> names = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    StringBuilder text = new StringBuilder("(define-event " + name);
    for (int i = 1 + draws.below(4); i > 0; i--) {
      String field = List.of("a", "b", "c", "d").get(names.size());
      Kind kind = kind();
      names.add(field);
      kinds.add(kind);
      text.append(" (").append(field).append(' ').append(kind.text()).append(')');
    }
    draft.declarations().add(text.append(')').toString());
    declared.add(new Kind.Struct(name, names, kinds));
  }

  private static boolean hasAnyLength(Kind kind) {
    return kind == Kind.Plain.STRING || kind instanceof Kind.Option;
  }

  private Kind kind() {
    int choice = draws.below(11);
    if (choice == 8) {
      return new Kind.Array(expressions.integerKind(), 1 + draws.below(3));
    }
    if (choice == 9 && !draft.structs().isEmpty()) {
      return draws.from(draft.structs());
    }
    return choice == 10 ? Kind.Key.PUBKEY : expressions.plainKind();
  }

  /** The line of an event: the first bytes of the hash of its name, then its fields. */
  private static String line(Kind.Struct event, List<Object> values) {
    byte[] name = ("event:" + event.name()).getBytes(StandardCharsets.UTF_8);
    byte[] tag = Arrays.copyOf(Sha256.of(name), 8);
    Borsh borsh = new Borsh().raw(tag);
    for (int i = 0; i < values.size(); i++) {
      borsh.put(event.kinds().get(i), values.get(i));
    }
    return Shape.DATA + Base64.getEncoder().encodeToString(borsh.bytes());
  }

  Term emit(int depth) {
    if (declared.isEmpty()) {
      return expressions.statements().log(depth);
    }
    Kind.Struct event = draws.from(declared);
    boolean isLong = event.kinds().stream().anyMatch(Events::hasAnyLength);
    buffers += isLong ? 1 : 0;
    if (isLong && buffers > MOST_BUFFERS) {
      return expressions.statements().log(depth);
    }
    StringBuilder text = new StringBuilder("(emit-event " + event.name());
    List<Term> values = new ArrayList<>();
    for (int i = 0; i < event.fields().size(); i++) {
      Kind kind = event.kinds().get(i);
      Term value = kind.isComputed() ? expressions.of(kind, depth) : expressions.leaf(kind);
      values.add(value);
      text.append(" :").append(event.fields().get(i)).append(' ').append(value.text());
    }
    return draft.effect(
        Construct.EVENT,
        text.append(')').toString(),
        machine -> {
          List<Object> found = new ArrayList<>();
          values.forEach(value -> found.add(value.in(machine)));
          machine.logs().add(line(event, found));
        });
  }
}
