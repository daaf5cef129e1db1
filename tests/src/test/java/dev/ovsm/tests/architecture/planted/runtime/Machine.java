package dev.ovsm.tests.architecture.planted.runtime;

import dev.ovsm.tests.architecture.planted.ir.Planned;

/** What the compiler must never see; also half of a cycle. */
public final class Machine {
  /** Reaches into another room. */
  public static Planned planned() {
    return new Planned();
  }

  private Machine() {}
}
