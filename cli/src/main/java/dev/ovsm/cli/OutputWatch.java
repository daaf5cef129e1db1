package dev.ovsm.cli;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why a stream could not be written, which a {@code PrintWriter} over it would not say.
 */
final class OutputWatch extends FilterOutputStream {
  private @Nullable IOException failure;

  OutputWatch(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Why writing failed, if it did. */
  Optional<Diagnostic> failure() {
    return Optional.ofNullable(failure)
        .map(
            e ->
                Diagnostic.in(
                    "standard output", CommandCode.OUTPUT, "cannot write: " + e.getMessage()))
        .map(d -> d.withHelp("free some space or send the output elsewhere"));
  }
}
