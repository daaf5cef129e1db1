package dev.ovsm.ir.eval;

/** How a run ended. */
public sealed interface Result {
  /** The function returned; the value is 0 if it returns nothing. */
  record Returned(long value) implements Result {}

  /** The program ended the invocation with this code. */
  record Failed(long code) implements Result {}

  /** The machine stopped the program. */
  record Trapped(String text) implements Result {}

  /** The program took more steps than it was given. */
  record Exhausted() implements Result {}

  /** The module broke one of its promises: an inexact {@code EXACT}, a reached unreachable. */
  record Broken(String text) implements Result {}
}
