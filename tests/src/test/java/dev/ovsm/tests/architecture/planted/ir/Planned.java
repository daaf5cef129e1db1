package dev.ovsm.tests.architecture.planted.ir;

import dev.ovsm.tests.architecture.planted.runtime.Machine;

/** Lets the IR see the virtual machine, which sees it: an arrow and a cycle too many. */
public final class Planned {
  /** Reaches into another room. */
  public static Class<?> machine() {
    return Machine.class;
  }
}
