package dev.ovsm.cli;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends the command at once when its output cannot be written, which a {@code PrintWriter} over the
 * stream would not say.
 */
final class OutputWatch extends FilterOutputStream {
  OutputWatch(OutputStream out) {
    super(out);
  }

  /** The output is lost, and with it the reason to go on. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Lost(IOException cause) {
      super(cause.getMessage(), cause);
    }

    /** Whether whoever read the output had enough of it, as {@code head} has after some lines. */
    boolean isUnwanted() {
      return "Broken pipe".equals(getMessage());
    }

    Diagnostic diagnostic() {
      return Diagnostic.in("standard output", CommandCode.OUTPUT, "cannot write: " + getMessage())
          .withHelp("free some space or send the output elsewhere");
    }
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new Lost(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new Lost(e);
    }
  }
}
