package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws structs, arrays and vectors: new ones, what is in them, and what is put there. */
final class Places {
  private static final int BOUNDS = 5003;

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Places(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** A part of something that can be read, written and named. */
  private record Part(Construct construct, Kind kind, String text, Term.Meaning owner, At at) {
    Object read(Machine machine) {
      Place place = (Place) owner.in(machine);
      int index = at.in(machine, place);
      return place.cells().get(index);
    }

    void put(Machine machine, Object value) {
      Place place = (Place) owner.in(machine);
      place.put(at.in(machine, place), value);
    }
  }

  /** Which cell it is; fails if there is none. */
  private interface At {
    int in(Machine machine, Place place);
  }

  /** A kind of places that a variable can have. */
  Kind kind() {
    int choice = draws.below(4);
    if (choice < 2 && !draft.structs().isEmpty()) {
      return draws.from(draft.structs());
    }
    Kind of = element();
    int length = 1 + draws.below(4);
    return choice == 3 && !of.isPlace() ? new Kind.Vec(of, length) : new Kind.Array(of, length);
  }

  /** What arrays and fields are of. */
  Kind element() {
    int choice = draws.below(11);
    if (choice == 10) {
      return Kind.Key.PUBKEY;
    }
    if (choice == 8) {
      return Kind.Plain.BOOL;
    }
    return choice == 9 ? Kind.Int.U128 : expressions.integerKind();
  }

  Term literal(Kind kind, int depth) {
    if (kind == Kind.Key.PUBKEY) {
      return expressions.addresses().literal();
    }
    if (kind instanceof Kind.Struct struct) {
      return struct(struct, depth);
    }
    if (kind instanceof Kind.Vec vec) {
      return draft.term(
          Construct.VECTOR,
          kind,
          "(make-vec " + vec.of().text() + " " + vec.most() + ")",
          machine -> Kind.zero(kind));
    }
    return array((Kind.Array) kind, depth);
  }

  Term of(Kind kind, int depth) {
    return literal(kind, depth);
  }

  private Term array(Kind.Array array, int depth) {
    if (draws.below(5) == 4) {
      String text = "(make-array " + array.of().text() + " " + array.length() + ")";
      return draft.term(Construct.ARRAY, array, text, machine -> Kind.zero(array));
    }
    List<Term> elements = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < array.length(); i++) {
      Term element = expressions.of(array.of(), depth);
      elements.add(element);
      texts.add(element.text());
    }
    return draft.term(
        Construct.ARRAY,
        array,
        "[" + String.join(" ", texts) + "]",
        machine -> {
          List<Object> cells = new ArrayList<>();
          elements.forEach(element -> cells.add(Place.copy(element.in(machine))));
          return new Place(cells);
        });
  }

  private Term struct(Kind.Struct struct, int depth) {
    List<Integer> given = new ArrayList<>();
    List<Term> values = new ArrayList<>();
    StringBuilder text = new StringBuilder("(" + struct.name());
    for (int i = 0; i < struct.fields().size(); i++) {
      if (struct.kinds().get(i).isComputed() && draws.below(5) != 0) {
        Term value = expressions.of(struct.kinds().get(i), depth);
        given.add(i);
        values.add(value);
        text.append(" :").append(struct.fields().get(i)).append(' ').append(value.text());
      }
    }
    return draft.term(
        Construct.STRUCT,
        struct,
        text.append(')').toString(),
        machine -> {
          List<Object> found = new ArrayList<>();
          values.forEach(value -> found.add(value.in(machine)));
          Place made = (Place) Kind.zero(struct);
          for (int i = 0; i < given.size(); i++) {
            made.put(given.get(i), found.get(i));
          }
          return made;
        });
  }

  /** A part that has a kind, if there is one here. */
  @Nullable Term part(Kind kind) {
    List<Part> parts = parts().stream().filter(part -> part.kind().equals(kind)).toList();
    if (parts.isEmpty()) {
      return null;
    }
    Part part = draws.from(parts);
    return draft.term(part.construct(), kind, part.text(), part::read);
  }

  /** Everything that is part of a variable here. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (Draft.Variable variable : draft.variables()) {
      if (!variable.kind().isComputed()) {
        int id = variable.id();
        add(parts, variable.kind(), variable.name(), machine -> machine.read(id));
      }
    }
    return parts;
  }

  private void add(List<Part> parts, Kind kind, String text, Term.Meaning owner) {
    if (kind instanceof Kind.Struct struct) {
      for (int i = 0; i < struct.fields().size(); i++) {
        int index = i;
        String name = struct.fields().get(i);
        Part field =
            new Part(
                Construct.FIELD,
                struct.kinds().get(i),
                "(get " + text + " :" + name + ")",
                owner,
                (machine, place) -> index);
        parts.add(field);
        if (!field.kind().isComputed()) {
          add(parts, field.kind(), field.text(), field::read);
        }
      }
    } else {
      boolean vector = kind instanceof Kind.Vec;
      Kind of = kind instanceof Kind.Array array ? array.of() : ((Kind.Vec) kind).of();
      int length = kind instanceof Kind.Array array ? array.length() : ((Kind.Vec) kind).most();
      // That an array has no such element is an error when it is compiled.
      int index = draws.below(length + (vector && draws.chance(5) ? 1 : 0));
      parts.add(element(of, text, owner, Integer.toString(index), machine -> index));
      if (draws.below(3) == 2) {
        parts.add(computed(of, text, owner, length));
      }
    }
  }

  /** The index of an element. */
  private interface Index {
    int in(Machine machine);
  }

  private static Part element(Kind of, String text, Term.Meaning owner, String index, Index at) {
    return new Part(
        Construct.ELEMENT,
        of,
        "(get " + text + " " + index + ")",
        owner,
        (machine, place) -> {
          int found = at.in(machine);
          if (found >= place.cells().size()) {
            throw new Signal.Failure(BOUNDS);
          }
          return found;
        });
  }

  /** By a number that a variable has, as a rule cut to the length. */
  private Part computed(Kind of, String text, Term.Meaning owner, int length) {
    List<Draft.Variable> numbers =
        draft.variables().stream().filter(each -> each.kind().equals(Kind.Int.U64)).toList();
    if (numbers.isEmpty()) {
      return element(of, text, owner, "0", machine -> 0);
    }
    Draft.Variable number = draws.from(numbers);
    BigInteger limit = BigInteger.valueOf(length + (draws.chance(10) ? 1 : 0));
    return element(
        of,
        text,
        owner,
        "(% " + number.name() + " " + limit + ")",
        machine -> machine.integer(number.id()).mod(limit).intValue());
  }

  /** Puts a value into a part, or does something to a vector. */
  @Nullable Term change(int depth) {
    if (draws.below(5) > 2) {
      Term vector = vector(depth);
      if (vector != null) {
        return vector;
      }
    }
    List<Part> parts = parts().stream().filter(part -> part.kind().isComputed()).toList();
    if (parts.isEmpty()) {
      return null;
    }
    Part part = draws.from(parts);
    if (draws.below(6) == 5) {
      return exchange(
          part,
          draws.from(parts.stream().filter(each -> each.kind().equals(part.kind())).toList()));
    }
    if (part.kind() instanceof Kind.Int kind && draws.below(4) == 3) {
      return increased(part, kind);
    }
    Term value = expressions.of(part.kind(), depth);
    Construct construct =
        part.construct() == Construct.FIELD ? Construct.SET_FIELD : Construct.SET_ELEMENT;
    return draft.effect(
        construct,
        "(set! " + part.text() + " " + value.text() + ")",
        machine -> {
          Place place = (Place) part.owner().in(machine);
          int at = part.at().in(machine, place);
          Object found = value.in(machine);
          if (at < place.cells().size()) {
            place.put(at, found);
          }
        });
  }

  private Term exchange(Part one, Part other) {
    return draft.effect(
        Construct.SWAP,
        "(swap! " + one.text() + " " + other.text() + ")",
        machine -> {
          Object kept = Place.copy(one.read(machine));
          one.put(machine, other.read(machine));
          other.put(machine, kept);
        });
  }

  /** By a macro, which names the place twice. */
  private Term increased(Part part, Kind.Int kind) {
    boolean up = draws.below(2) == 0;
    int by = 1 + draws.below(3);
    return draft.effect(
        Construct.MACRO,
        "(" + (up ? "inc!" : "dec!") + " " + part.text() + " " + by + ")",
        machine -> {
          BigInteger old = (BigInteger) part.read(machine);
          BigInteger sum =
              up ? old.add(BigInteger.valueOf(by)) : old.subtract(BigInteger.valueOf(by));
          BigInteger found = Integers.fitting(kind, sum, 5000);
          Place place = (Place) part.owner().in(machine);
          place.put(part.at().in(machine, place), found);
        });
  }

  private @Nullable Term vector(int depth) {
    List<Draft.Variable> vectors =
        draft.variables().stream().filter(each -> each.kind() instanceof Kind.Vec).toList();
    if (vectors.isEmpty()) {
      return null;
    }
    Draft.Variable variable = draws.from(vectors);
    Kind.Vec vec = (Kind.Vec) variable.kind();
    int id = variable.id();
    return switch (draws.below(8)) {
      case 4, 5 ->
          draft.effect(
              Construct.POP,
              "(pop! " + variable.name() + ")",
              machine -> {
                List<Object> cells = ((Place) machine.read(id)).cells();
                if (!cells.isEmpty()) {
                  cells.remove(cells.size() - 1);
                }
              });
      case 6 ->
          draft.effect(
              Construct.VECTOR,
              "(clear! " + variable.name() + ")",
              machine -> ((Place) machine.read(id)).cells().clear());
      default -> {
        Term value = expressions.of(vec.of(), depth);
        yield draft.effect(
            Construct.PUSH,
            "(push! " + variable.name() + " " + value.text() + ")",
            machine -> {
              Object found = value.in(machine);
              List<Object> cells = ((Place) machine.read(id)).cells();
              if (cells.size() >= vec.most()) {
                throw new Signal.Failure(BOUNDS);
              }
              cells.add(Place.copy(found));
            });
      }
    };
  }
}
