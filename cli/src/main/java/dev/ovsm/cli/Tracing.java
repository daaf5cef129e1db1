package dev.ovsm.cli;

import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.trace.TraceWriter;
import dev.ovsm.runtime.vm.Engine;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine of a command: the one asked for, or one that writes register traces. */
record Tracing(Engine engine, @Nullable TraceWriter writer, @Nullable String folder) {
  /**
   * The engine; empty if traces are asked for and there can be no folder for them, and {@code
   * found} says why.
   *
   * @param folder where traces go, or null if none are asked for
   */
  static Optional<Tracing> of(
      @Nullable String folder,
      EngineChoice choice,
      TraceWriter.Programs programs,
      Diagnostics found) {
    if (folder == null) {
      return Optional.of(new Tracing(choice.engine(), null, null));
    }
    if (!OutputFile.makeFolder(folder, found)) {
      return Optional.empty();
    }
    TraceWriter writer = new TraceWriter(Path.of(folder), programs);
    return Optional.of(new Tracing(writer, writer, folder));
  }

  /** Whether all traces were written; if not, {@code found} says why. */
  boolean isComplete(Diagnostics found) {
    if (writer == null || folder == null || writer.failure().isEmpty()) {
      return true;
    }
    found.add(OutputFile.unwritable(folder, writer.failure().get()));
    return false;
  }
}
