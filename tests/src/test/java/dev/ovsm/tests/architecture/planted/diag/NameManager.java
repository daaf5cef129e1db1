package dev.ovsm.tests.architecture.planted.diag;

/** Says by its name nothing about itself. */
public final class NameManager {
  /** Something. */
  public int something() {
    return 1;
  }
}
