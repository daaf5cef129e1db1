package dev.ovsm.runtime.invoke;

/** A program that is part of the runtime. */
public interface Builtin {
  /** What one call costs, in compute units. */
  long units();

  /** Executes one instruction; throws {@link InstructionFailure} if it fails. */
  void process(InstructionContext instruction);
}
