package dev.ovsm.ir.check;

import dev.ovsm.diag.Span;

/** One broken invariant: where (function, block or module) and what. */
public record Violation(String place, String text, Span span) {
  @Override
  public String toString() {
    return place + ": " + text;
  }
}
