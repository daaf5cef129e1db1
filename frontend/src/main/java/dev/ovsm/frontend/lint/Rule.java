package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import java.util.function.Consumer;

/** One kind of warning. */
interface Rule {
  /** Tells every place in a program where it applies. */
  void check(Subject subject, Consumer<Diagnostic> out);
}
