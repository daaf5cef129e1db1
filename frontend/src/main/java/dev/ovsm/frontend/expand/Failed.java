package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Diagnostic;

/** Ends the expansion of one macro call; the expander reports its diagnostic. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Diagnostic diagnostic;

  Failed(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
