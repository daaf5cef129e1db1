package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;

/** How much a compilation's macros may still do; what exceeds it is an error at its place. */
final class Allowance {
  private static final int STEPS = 5_000_000;
  private static final int EXPANSIONS = 50_000;
  private static final int FORMS = 1_000_000;
  private static final int DEEPEST = 200;
  private static final int DEEPEST_FORM = 5_000;
  private int steps = STEPS;
  private int expansions = EXPANSIONS;
  private int forms = FORMS;
  private int depth;
  private int formDepth;
  private int fresh;

  /** One step of the evaluator. */
  void step(Span at) {
    steps--;
    if (steps < 0) {
      throw exceeded(at, "macros take more than " + STEPS + " steps in all", "a loop that ends");
    }
  }

  /** One form that a macro makes. */
  void form(Span at) {
    forms--;
    if (forms < 0) {
      throw exceeded(at, "macros make more than " + FORMS + " forms", "a function instead");
    }
  }

  /** Enters a call of the evaluator or an expansion; {@link #leave} ends it. */
  void enter(Span at) {
    depth++;
    if (depth > DEEPEST) {
      throw exceeded(
          at, "macros nest more than " + DEEPEST + " deep here", "a case in which it ends");
    }
  }

  /** Enters a form inside another; {@link #ascend} ends it. Sources nest less than is allowed. */
  void descend(Span at) {
    if (formDepth == DEEPEST_FORM) {
      throw exceeded(
          at, "macros make forms that nest more than " + DEEPEST_FORM + " deep here", "a loop");
    }
    formDepth++;
  }

  void ascend() {
    formDepth--;
  }

  /** A number that no other fresh name has. */
  int fresh() {
    return ++fresh;
  }

  /** Forgets how deep a failed expansion was. */
  void restart() {
    depth = 0;
  }

  void leave() {
    depth--;
  }

  /** One expansion of a macro call. */
  void expansion(Span at) {
    expansions--;
    if (expansions < 0) {
      throw exceeded(at, "there are more than " + EXPANSIONS + " expansions", "a function instead");
    }
  }

  private static Failed exceeded(Span at, String what, String instead) {
    return new Failed(
        Diagnostic.at(at, LanguageCode.ENDLESS_EXPANSION, what).withHelp("write " + instead));
  }
}
