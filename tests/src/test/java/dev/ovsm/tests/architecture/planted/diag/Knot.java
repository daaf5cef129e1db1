package dev.ovsm.tests.architecture.planted.diag;

/** Needs what is tied to it, and is needed by it. */
@SuppressWarnings("ClassInitializationDeadlock")
public interface Knot {
  Knot NONE = new Tied("");

  String name();

  /** Makes the interface one that those who implement it initialize. */
  default boolean isNone() {
    return name().isEmpty();
  }

  /** One of the two ends. */
  record Tied(String name) implements Knot {}
}
