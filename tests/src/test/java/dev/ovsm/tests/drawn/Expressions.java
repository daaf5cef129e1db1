package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.List;

/** Draws expressions of a kind; the families are in classes of their own. */
final class Expressions {
  private final Draft draft;
  private final Draws draws;
  private final Integers integers;
  private final Modes modes;
  private final Hashes hashes;
  private final Elements elements;
  private final Recursions recursions;
  private final Fractions fractions;
  private final Truths truths;
  private final Texts texts;
  private final Choices choices;
  private final Places places;
  private final Addresses addresses;
  private final FunctionFields functionFields;
  private final Functions functions;
  private final Attempts attempts;
  private final Statements statements;
  private final Macros macros;
  private final Records records;
  private final Events events;
  private final Calls calls;
  private final Maps maps;
  private final Roles roles;

  Expressions(Draft draft) {
    this.draft = draft;
    this.draws = draft.draws();
    this.integers = new Integers(draft, this);
    this.modes = new Modes(draft, this);
    this.hashes = new Hashes(draft, this);
    this.elements = new Elements(draft, this);
    this.recursions = new Recursions(draft, this);
    this.fractions = new Fractions(draft, this);
    this.truths = new Truths(draft, this);
    this.texts = new Texts(draft, this);
    this.choices = new Choices(draft, this);
    this.places = new Places(draft, this);
    this.addresses = new Addresses(draft, this);
    this.functionFields = new FunctionFields(draft, this);
    this.functions = new Functions(draft, this);
    this.attempts = new Attempts(draft, this);
    this.statements = new Statements(draft, this);
    this.macros = new Macros(draft, this);
    this.records = new Records(draft, this);
    this.events = new Events(draft, this);
    this.calls = new Calls(draft, this);
    this.maps = new Maps(draft, this);
    this.roles = new Roles(draft, this);
  }

  Modes modes() {
    return modes;
  }

  Hashes hashes() {
    return hashes;
  }

  Elements elements() {
    return elements;
  }

  Recursions recursions() {
    return recursions;
  }

  Fractions fractions() {
    return fractions;
  }

  Texts texts() {
    return texts;
  }

  Statements statements() {
    return statements;
  }

  Functions functions() {
    return functions;
  }

  Attempts attempts() {
    return attempts;
  }

  Macros macros() {
    return macros;
  }

  Records records() {
    return records;
  }

  Events events() {
    return events;
  }

  Maps maps() {
    return maps;
  }

  Roles roles() {
    return roles;
  }

  Calls calls() {
    return calls;
  }

  Addresses addresses() {
    return addresses;
  }

  FunctionFields functionFields() {
    return functionFields;
  }

  Places places() {
    return places;
  }

  /** A kind whose values are not places. */
  Kind plainKind() {
    int choice = draws.below(20);
    if (choice < 12) {
      return integers.kind();
    }
    if (choice < 15) {
      return Kind.Plain.BOOL;
    }
    if (choice == 15) {
      return Kind.Plain.DECIMAL;
    }
    if (choice == 16) {
      return Kind.Plain.F64;
    }
    if (choice == 17) {
      return Kind.Plain.STRING;
    }
    if (choice == 18 && !draft.enumerations().isEmpty()) {
      return draws.from(draft.enumerations());
    }
    return new Kind.Option(integers.kind());
  }

  /** A kind of whole numbers. */
  Kind.Int integerKind() {
    return integers.kind();
  }

  Term of(Kind kind, int depth) {
    if (depth <= 0 || !draft.roomy()) {
      return leaf(kind);
    }
    int choice = draws.below(100);
    if (choice < 25) {
      return leaf(kind);
    }
    if (choice < 68) {
      return specific(kind, depth - 1);
    }
    if (choice < 80) {
      return choices.of(kind, depth - 1);
    }
    if (choice < 92) {
      return functions.call(kind, depth - 1);
    }
    return attempts.of(kind, depth - 1);
  }

  private Term specific(Kind kind, int depth) {
    if (kind instanceof Kind.Int integer) {
      return integers.of(integer, depth);
    }
    if (kind == Kind.Plain.BOOL) {
      return truths.of(depth);
    }
    if (kind == Kind.Plain.STRING) {
      return texts.of(depth);
    }
    if (kind instanceof Kind.Plain) {
      return fractions.of(kind, depth);
    }
    if (kind instanceof Kind.Option option) {
      return options(option, depth);
    }
    if (kind == Kind.Key.PUBKEY) {
      return addresses.of();
    }
    return kind.isPlace() ? places.of(kind, depth) : leaf(kind);
  }

  private Term options(Kind.Option option, int depth) {
    if (option.of() instanceof Kind.Int of && draws.below(4) == 3) {
      return elements.found(option, of);
    }
    Term some = of(option.of(), depth);
    if (draws.below(2) == 0) {
      String text = "(the " + option.text() + " " + some.text() + ")";
      return draft.term(Construct.OPTION, option, text, some.meaning());
    }
    Term condition = of(Kind.Plain.BOOL, depth - 1);
    String text =
        "(the %s (if %s %s null))".formatted(option.text(), condition.text(), some.text());
    return draft.term(
        Construct.OPTION,
        option,
        text,
        machine -> condition.truth(machine) ? some.in(machine) : Place.NULL);
  }

  /** A variable, a part of one, or a literal. */
  Term leaf(Kind kind) {
    List<Draft.Variable> same =
        draft.variables().stream().filter(variable -> variable.kind().equals(kind)).toList();
    if (!same.isEmpty() && draws.below(4) != 0) {
      return read(draws.from(same));
    }
    if (draws.below(3) == 2) {
      Term part = places.part(kind);
      if (part != null) {
        return part;
      }
    }
    if (kind instanceof Kind.Int integer && draws.below(8) == 7) {
      return constant(integer);
    }
    return literal(kind);
  }

  Term read(Draft.Variable variable) {
    int id = variable.id();
    return draft.term(
        Construct.VARIABLE, variable.kind(), variable.name(), machine -> machine.read(id));
  }

  /** A literal, or the name of a constant. */
  Term constant(Kind.Int kind) {
    List<Term> named = draft.constants().stream().filter(each -> each.kind().equals(kind)).toList();
    return named.isEmpty() || draws.below(3) == 2 ? integers.literal(kind) : draws.from(named);
  }

  Term literal(Kind kind) {
    if (kind instanceof Kind.Int integer) {
      return integers.literal(integer);
    }
    if (kind instanceof Kind.Enumeration table) {
      int index = draws.below(table.names().size());
      BigInteger value = BigInteger.valueOf(table.values().get(index));
      String text = table.name() + "/" + table.names().get(index);
      return draft.term(Construct.ENUM, kind, text, machine -> value);
    }
    if (kind instanceof Kind.Option option) {
      if (draws.chance(40)) {
        String none = "(the " + option.text() + " null)";
        return draft.term(Construct.OPTION, kind, none, machine -> Place.NULL);
      }
      Term some = literal(option.of());
      String text = "(the " + option.text() + " " + some.text() + ")";
      return draft.term(Construct.OPTION, kind, text, some.meaning());
    }
    if (kind.isPlace()) {
      return places.literal(kind, 0);
    }
    if (kind == Kind.Plain.BOOL) {
      boolean value = draws.chance(50);
      return draft.term(Construct.LITERAL, kind, value ? "true" : "false", machine -> value);
    }
    return kind == Kind.Plain.STRING ? texts.literal() : fractions.literal(kind);
  }

  /** A number as it is written, without its type. */
  static Term number(long value) {
    BigInteger number = BigInteger.valueOf(value);
    return new Term(Kind.Int.U64, number.toString(), false, machine -> number);
  }

  /** A whole number of any type, and nothing of what it does is lost if it is written bare. */
  static String bare(Term term) {
    if (!term.plain()) {
      return term.text();
    }
    String suffix = term.kind().text();
    return term.text().substring(0, term.text().length() - suffix.length());
  }
}
