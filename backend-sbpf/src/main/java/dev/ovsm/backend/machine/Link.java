package dev.ovsm.backend.machine;

import dev.ovsm.diag.Span;

/** What an instruction's offset or immediate is counted from, or where it leads. */
public sealed interface Link {
  /**
   * A slot of the frame: the instruction's offset is within it. An {@code add64} with an immediate
   * then computes the address of the byte {@code imm} of the slot.
   */
  record Slot(int slot) implements Link {}

  /** An item of the module's data, whose address a {@code lddw} loads. */
  record Data(int data) implements Link {}

  /** A function; the arguments are in the first registers. */
  record Callee(String function, int arguments, boolean canFail) implements Link {}

  /** A function of the runtime; the arguments are in the first registers. */
  record Host(String syscall, int arguments) implements Link {}

  /**
   * A way out of the function that needs no register but those it names.
   *
   * @param place what leaves there, which may be another place than what decides it
   */
  record Out(Exit exit, Span place) implements Link {}

  /** Another block of the function. */
  record Edge(int block) implements Link {}
}
