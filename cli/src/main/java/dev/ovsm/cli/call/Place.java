package dev.ovsm.cli.call;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Span;

/** Where a user wrote a call: on the command line or in a file. */
@FunctionalInterface
public interface Place {
  /** A diagnostic about what stands there. */
  Diagnostic say(Code code, String message);

  /** An argument of the command line, as it was given. */
  static Place of(String argument) {
    return (code, message) -> Diagnostic.in(argument, code, message);
  }

  /** A place in a file. */
  static Place of(Span span) {
    return (code, message) -> Diagnostic.at(span, code, message);
  }
}
