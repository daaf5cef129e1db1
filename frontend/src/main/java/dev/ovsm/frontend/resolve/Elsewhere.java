package dev.ovsm.frontend.resolve;

import java.util.Map;
import java.util.Optional;

/** Names that other languages have, and what says the same here. */
final class Elsewhere {
  private static final Map<String, String> SAID_HERE =
      Map.ofEntries(
          Map.entry("null?", "null is false: (if x …), or (not x) to ask for it"),
          Map.entry("nil?", "null is false: (if x …), or (not x) to ask for it"),
          Map.entry("some?", "null is false: (if x …) asks for a value"),
          Map.entry("is-null", "null is false: (if x …), or (not x) to ask for it"),
          Map.entry("eq?", "= compares: (= a b)"),
          Map.entry("eqv?", "= compares: (= a b)"),
          Map.entry("equal?", "= compares: (= a b)"),
          Map.entry("eq", "= compares: (= a b)"),
          Map.entry("equal", "= compares: (= a b)"),
          Map.entry("zero?", "0 is false: (not n), or (= n 0)"),
          Map.entry("empty?", "write (= (length x) 0)"),
          Map.entry("even?", "write (= (% n 2) 0)"),
          Map.entry("odd?", "write (= (% n 2) 1)"),
          Map.entry("modulo", "write (% a b)"),
          Map.entry("remainder", "write (% a b)"),
          Map.entry("quotient", "write (/ a b)"),
          Map.entry("expt", "write (pow base exponent), after (import math)"),
          Map.entry("block", "write (do …)"),
          Map.entry("print", "write (log x), or (log :message \"text\" :x x)"),
          Map.entry("display", "write (log x), or (log :message \"text\" :x x)"),
          Map.entry("printf", "write (log :message \"text\" :x x)"),
          Map.entry("format", "write (log :message \"text\" :x x)"),
          Map.entry("cons", "lists have a fixed size here: [a b c], or (push v x) into a vector"),
          Map.entry("list", "write [a b c]"),
          Map.entry("vector", "write [a b c]"),
          Map.entry("append", "write (push v x) into a vector: (make-vec u64 16)"),
          Map.entry("hash-map", "a record is {:a 1 :b 2}; a table is a define-map"),
          Map.entry("throw-error", "write (throw code), or (fail code)"),
          Map.entry("raise", "write (throw code), or (fail code)"),
          Map.entry("panic", "write (fail code)"),
          Map.entry("abort", "write (fail code)"),
          Map.entry("def", "write (define name value)"),
          Map.entry("function", "write (defun name (parameter …) body …)"),
          Map.entry("elif", "write (cond (test …) … (else …))"),
          Map.entry("switch", "write (case x (1 …) … (else …))"),
          Map.entry("repeat", "write (dotimes (i n) …)"),
          Map.entry("foreach", "write (for (x items) …)"));

  private static final String CLAUSE =
      "that is a clause of a program: (define-autonomous-program name (%s …))";

  private Elsewhere() {}

  /** What to write for a name that is none here, but has a meaning elsewhere. */
  static Optional<String> saidHere(String name) {
    return name.equals("on-startup") || name.equals("on-event")
        ? Optional.of(CLAUSE.replace("%s", name))
        : Optional.ofNullable(SAID_HERE.get(name));
  }
}
