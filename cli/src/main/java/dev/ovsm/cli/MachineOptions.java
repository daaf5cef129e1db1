package dev.ovsm.cli;

import dev.ovsm.cli.program.ProgramFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.trace.TraceWriter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that execute programs once. */
final class MachineOptions {
  @Mixin private EngineOption engine = new EngineOption();

  @Option(
      names = "--as-deployed",
      description = "Refuse programs that could not be deployed today.")
  private boolean asDeployed;

  @Option(
      names = "--trace",
      paramLabel = "FOLDER",
      description = "Write the registers before every instruction, as SBF_TRACE_DIR has it.")
  private @Nullable String trace;

  @Option(names = "--json", description = "Print the outcome as one JSON object.")
  private boolean json;

  /** Whether the outcome is for programs. */
  boolean json() {
    return json;
  }

  /** By which rules programs are loaded that may call these, by their hashes. */
  LoaderConfig loader(Set<Integer> syscalls) {
    return ProgramFile.rules(syscalls, asDeployed);
  }

  /** The engine; empty if there can be no traces, and {@code found} says why. */
  Optional<Tracing> tracing(TraceWriter.Programs programs, Diagnostics found) {
    return Tracing.of(trace, engine.choice(), programs, found);
  }
}
