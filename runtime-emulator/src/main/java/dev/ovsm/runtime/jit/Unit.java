package dev.ovsm.runtime.jit;

/** A generated class: some of a program's functions as static methods, and the way into them. */
abstract class Unit {
  /**
   * Calls one of its functions with registers in the invocation's fields.
   *
   * @param function a function of this unit, as {@link Function#index()}
   * @return what is left of the meter
   */
  abstract long call(Invocation invocation, int function, long remaining, int depth);
}
