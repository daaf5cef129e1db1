package dev.ovsm.runtime.vm;

/** A way to execute programs; all engines give the same outcome for the same machine. */
@FunctionalInterface
public interface Engine {
  /** Executes the machine's program from its entrypoint until it ends; a machine runs once. */
  Outcome execute(Vm vm);
}
