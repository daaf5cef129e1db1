package dev.ovsm.cli;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.TextRenderer;
import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command speaks: results on {@code out}, everything about them on {@code err}; and where
 * it listens.
 */
record Terminal(InputStream in, PrintWriter out, PrintWriter err) {

  /** Renders a diagnostic on {@code err}, after whatever {@code out} has been told so far. */
  void report(Diagnostic diagnostic) {
    out.flush();
    err.print(new TextRenderer().render(diagnostic));
    err.flush();
  }
}
