package dev.ovsm.tests.architecture.planted.diag;

/** Looks at the clock. */
public final class Watcher {
  /** Now, in nanoseconds. */
  public long now() {
    return System.nanoTime();
  }
}
