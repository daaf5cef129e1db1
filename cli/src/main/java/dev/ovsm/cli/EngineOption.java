package dev.ovsm.cli;

import dev.ovsm.runtime.vm.Engine;
import picocli.CommandLine.Option;

/** The option that names an engine. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "interpreter, jit, or auto: jit for what is warm (default: auto).")
  private EngineChoice choice = EngineChoice.AUTO;

  EngineChoice choice() {
    return choice;
  }

  /** A fresh engine of the kind that was asked for. */
  Engine engine() {
    return choice.engine();
  }
}
