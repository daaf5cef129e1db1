package dev.ovsm.tests.architecture.planted.diag;

/** Writes to standard output outside the command line. */
public final class Speaker {
  /** Speaks. */
  public void speak() {
    System.out.println();
  }
}
