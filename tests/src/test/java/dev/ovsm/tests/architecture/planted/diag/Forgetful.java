package dev.ovsm.tests.architecture.planted.diag;

/** Keeps state for everyone. */
public final class Forgetful {
  @SuppressWarnings("NonFinalStaticField")
  private static int calls;

  /** Counts. */
  public int call() {
    return ++calls;
  }
}
