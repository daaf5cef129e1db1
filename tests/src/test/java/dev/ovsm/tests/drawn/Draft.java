package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program that is being drawn: what is declared, and what can be named at this place. */
final class Draft {
  private final Draws draws;
  private Surroundings surroundings;
  private final Map<Construct, Integer> drawn = new EnumMap<>(Construct.class);
  private final List<String> declarations = new ArrayList<>();
  private final List<Term> constants = new ArrayList<>();
  private final List<Kind.Struct> structs = new ArrayList<>();
  private final List<Kind.Enumeration> enumerations = new ArrayList<>();
  private final List<Callable> declared = new ArrayList<>();
  private List<Variable> variables = new ArrayList<>();
  private List<Callable> callables = new ArrayList<>();
  private List<Tag> tags = new ArrayList<>();
  private List<Role> roles = List.of();
  private Position here = new Position(false, null, false);
  private int numbers;
  private int size;

  Draft(Draws draws, Surroundings surroundings, int size) {
    this.draws = draws;
    this.surroundings = surroundings;
    this.size = size;
  }

  /** A variable; one that is not free may not be given another value here. */
  record Variable(int id, String name, Kind kind, boolean free) {
    Variable held() {
      return new Variable(id, name, kind, false);
    }
  }

  /** A name under which values are thrown here. */
  record Tag(int id, Kind kind) {
    String text() {
      return "t" + id;
    }
  }

  /** An account that the entry declares, at a place; its data are of a struct's shape, or any. */
  record Role(String name, int place, Kind.@Nullable Struct struct) {}

  /** Whether a loop can be left here, and with what kind of value the function. */
  record Position(boolean inLoop, @Nullable Kind returns, boolean inTop) {}

  Draws draws() {
    return draws;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  void setSurroundings(Surroundings other) {
    surroundings = other;
  }

  Map<Construct, Integer> drawn() {
    return drawn;
  }

  List<String> declarations() {
    return declarations;
  }

  /** Puts a form in front of all others, unless it is there. */
  void need(String form) {
    if (!declarations.contains(form)) {
      declarations.add(0, form);
    }
  }

  /** Names of numbers that never change. */
  List<Term> constants() {
    return constants;
  }

  List<Kind.Struct> structs() {
    return structs;
  }

  List<Kind.Enumeration> enumerations() {
    return enumerations;
  }

  /** Functions that are declared for all, in this order. */
  List<Callable> declared() {
    return declared;
  }

  List<Variable> variables() {
    return variables;
  }

  List<Callable> callables() {
    return callables;
  }

  List<Tag> tags() {
    return tags;
  }

  List<Role> roles() {
    return roles;
  }

  /** Sets what the entry that is drawn declares. */
  void setRoles(List<Role> all) {
    roles = all;
  }

  Position here() {
    return here;
  }

  int number() {
    return ++numbers;
  }

  /** Whether there is room for another expression that is more than a leaf. */
  boolean roomy() {
    return --size > 0;
  }

  boolean full() {
    return size <= 0;
  }

  /** A term that counts its construct when it is drawn, and when it is executed. */
  Term term(Construct construct, Kind kind, String text, Term.Meaning meaning) {
    drawn.merge(construct, 1, Integer::sum);
    return new Term(
        kind,
        text,
        false,
        machine -> {
          machine.enter(construct);
          return meaning.in(machine);
        });
  }

  /** The same for what is done for its effect. */
  Term effect(Construct construct, String text, Consumer<Machine> effect) {
    return term(
        construct,
        Kind.Plain.BOOL,
        text,
        machine -> {
          effect.accept(machine);
          return false;
        });
  }

  Variable declare(Kind kind, boolean free) {
    int id = number();
    Variable variable = new Variable(id, "v" + id, kind, free);
    variables.add(variable);
    return variable;
  }

  /** Draws with what is declared meanwhile forgotten again. */
  <T> T scoped(Supplier<T> drawing) {
    return scoped(here, drawing);
  }

  /** The same in a place of another kind. */
  <T> T scoped(Position place, Supplier<T> drawing) {
    List<Variable> keptVariables = variables;
    List<Callable> keptCallables = callables;
    List<Tag> keptTags = tags;
    List<Role> keptRoles = roles;
    Position keptPlace = here;
    variables = new ArrayList<>(variables);
    callables = new ArrayList<>(callables);
    tags = new ArrayList<>(tags);
    here = place;
    T result = drawing.get();
    variables = keptVariables;
    callables = keptCallables;
    tags = keptTags;
    roles = keptRoles;
    here = keptPlace;
    return result;
  }

  /** Draws the body of a function that captures what is here. */
  <T> T capturing(Supplier<T> drawing) {
    return scoped(
        new Position(false, null, false),
        () -> {
          variables.replaceAll(Variable::held);
          return drawing.get();
        });
  }

  /** Draws the body of a function that sees nothing but what is declared for all. */
  <T> T apart(Kind returns, Supplier<T> drawing) {
    return scoped(
        new Position(false, returns, false),
        () -> {
          variables.clear();
          callables.clear();
          callables.addAll(declared);
          tags.clear();
          roles = List.of();
          return drawing.get();
        });
  }
}
