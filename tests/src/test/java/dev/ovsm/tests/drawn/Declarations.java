package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Draws the types and errors that a program declares. */
final class Declarations {
  private Declarations() {}

  static void draw(Draft draft, Expressions expressions) {
    Draws draws = draft.draws();
    draft.declarations().add("(define-error e6001 6001 \"first\")");
    draft.declarations().add("(define-error e6002 6002 \"second\")");
    for (int i = draws.below(3); i > 0; i--) {
      enumeration(draft, draws);
    }
    for (int i = draws.below(3); i > 0; i--) {
      struct(draft, expressions, draws);
    }
    for (int i = draws.below(3); i > 0; i--) {
      expressions.events().declare();
    }
    for (int i = draws.below(3); i > 0; i--) {
      expressions.records().declare();
    }
    for (int i = draws.below(3); i > 0; i--) {
      expressions.roles().declareType();
    }
    for (int i = draws.below(4); i > 0; i--) {
      expressions.macros().declare();
    }
    for (int i = draws.below(3); i > 0; i--) {
      expressions.functionFields().declare();
    }
    for (int i = draws.below(3); i > 0; i--) {
      constant(draft, expressions);
    }
  }

  /** A sum or a mix of literals, and of constants before it. */
  private static void constant(Draft draft, Expressions expressions) {
    Kind.Int kind = expressions.integerKind();
    Term left = expressions.constant(kind);
    Term right = expressions.constant(kind);
    boolean sum = draft.draws().below(2) == 0;
    Machine nowhere = new Machine(draft.surroundings().fresh());
    BigInteger a = left.integer(nowhere);
    BigInteger b = right.integer(nowhere);
    boolean fits = kind.holds(a.add(b));
    BigInteger value = sum && fits ? a.add(b) : a.xor(b);
    String name = "C" + draft.number();
    String operator = sum && fits ? "+" : "bit-xor";
    draft
        .declarations()
        .add(
            "(define-constant %s (%s %s %s))".formatted(name, operator, left.text(), right.text()));
    draft.constants().add(draft.term(Construct.CONSTANT, kind, name, machine -> value));
  }

  private static void enumeration(Draft draft, Draws draws) {
    String name = "E" + draft.number();
    List<String> names = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    StringBuilder text = new StringBuilder("(define-enum " + name);
    int next = 0;
    for (int i = 0; i < 3; i++) {
      String entry = List.of("Red", "Green", "Blue").get(i);
      boolean given = draws.below(4) == 3;
      next += given ? draws.below(200) : 0;
      text.append(given ? " (" + entry + " " + next + ")" : " " + entry);
      names.add(entry);
      values.add(next++);
    }
    draft.declarations().add(text.append(')').toString());
    draft.enumerations().add(new Kind.Enumeration(name, names, values));
  }

  private static void struct(Draft draft, Expressions expressions, Draws draws) {
    String name = "S" + draft.number();
    List<String> names = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    StringBuilder text = new StringBuilder("(define-struct " + name);
    for (int i = 1 + draws.below(4); i > 0; i--) {
      String field = List.of("a", "b", "c", "d").get(names.size());
      Kind kind = field(draft, expressions, draws);
      names.add(field);
      kinds.add(kind);
      text.append(" (").append(field).append(' ').append(kind.text()).append(')');
    }
    draft.declarations().add(text.append(')').toString());
    draft.structs().add(new Kind.Struct(name, names, kinds));
  }

  private static Kind field(Draft draft, Expressions expressions, Draws draws) {
    int choice = draws.below(13);
    if (choice == 9) {
      return new Kind.Array(expressions.places().element(), 1 + draws.below(3));
    }
    if (choice == 10 && !draft.structs().isEmpty()) {
      return draws.from(draft.structs());
    }
    if (choice == 12) {
      return Kind.Key.PUBKEY;
    }
    Kind kind = choice == 11 ? new Kind.Option(Kind.Int.U64) : expressions.plainKind();
    return kind == Kind.Plain.STRING ? Kind.Plain.BOOL : kind;
  }
}
