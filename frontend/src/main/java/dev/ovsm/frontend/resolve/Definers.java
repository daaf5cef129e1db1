package dev.ovsm.frontend.resolve;

import java.util.List;
import java.util.stream.Stream;

/** The words that make something known to all of a program. */
final class Definers {
  /** The forms of the top level, which are no special forms of expressions. */
  static final List<String> ALL =
      List.of(
          "define-program",
          "define-autonomous-program",
          "define-program-array",
          "define-map",
          "define-struct",
          "define-account",
          "define-event",
          "define-enum",
          "define-error",
          "define-constant",
          "defmacro",
          "import");

  /** All forms that the top level of a file with programs has. */
  static final List<String> TOP_LEVEL =
      Stream.concat(ALL.stream(), Stream.of("define", "defun", "defn")).toList();

  private Definers() {}
}
