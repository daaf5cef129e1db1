package dev.ovsm.tests.drawn;

/**
 * An expression, written twice: as text, and as what it means.
 *
 * @param plain whether it is a literal whose type is evident from nothing but its suffix
 */
record Term(Kind kind, String text, boolean plain, Meaning meaning) {
  /** What an expression does to a machine, and its value there. */
  interface Meaning {
    Object in(Machine machine);
  }

  Object in(Machine machine) {
    return meaning.in(machine);
  }

  java.math.BigInteger integer(Machine machine) {
    return (java.math.BigInteger) meaning.in(machine);
  }

  boolean truth(Machine machine) {
    return (Boolean) meaning.in(machine);
  }

  Term withText(String other) {
    return new Term(kind, other, plain, meaning);
  }
}
