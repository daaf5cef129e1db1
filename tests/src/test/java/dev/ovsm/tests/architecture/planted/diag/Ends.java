package dev.ovsm.tests.architecture.planted.diag;

/** Begins with either end of a knot, as two threads might. */
public record Ends(String name) {
  /** The knot of this name. */
  public Knot knot() {
    return name.isEmpty() ? Knot.NONE : new Knot.Tied(name);
  }
}
