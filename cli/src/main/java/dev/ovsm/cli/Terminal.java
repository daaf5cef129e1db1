package dev.ovsm.cli;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.TextRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Where a command speaks: results on {@code out}, or on {@code bytes} below it, everything about
 * them on {@code err}; and where it listens.
 */
record Terminal(InputStream in, OutputStream bytes, PrintWriter out, PrintWriter err) {
  /** What stands for standard output in place of the name of a file. */
  static final String STANDARD = "-";

  /**
   * Writes a program to standard output as it is; not onto a screen, whose owner would see bytes.
   *
   * @return whether it is written; if not, {@code found} says why
   */
  boolean write(byte[] program, Diagnostics found) {
    if (Boolean.getBoolean("ovsm.screen")) {
      found.add(
          Diagnostic.in("-o -", CommandCode.USAGE, "a program is not for a terminal to show")
              .withHelp("send it elsewhere: -o - >FILE, or name a file: -o FILE"));
      return false;
    }
    out.flush();
    try {
      bytes.write(program);
      bytes.flush();
    } catch (IOException e) {
      throw new IllegalStateException("the stream says so by itself", e);
    }
    return true;
  }

  /** Renders a diagnostic on {@code err}, after whatever {@code out} has been told so far. */
  void report(Diagnostic diagnostic) {
    out.flush();
    err.print(new TextRenderer().render(diagnostic));
    err.flush();
  }
}
