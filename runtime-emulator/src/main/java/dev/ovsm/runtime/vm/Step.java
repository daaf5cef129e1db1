package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * What the interpreter does at one slot: an instruction with everything resolved that the program
 * and its version decide.
 */
final class Step {
  /** What to do; a constant of {@link Token}. */
  final int token;

  final int dst;

  /** The source register; of a {@code callx} the register with the address. */
  final int src;

  /** The slot to go to: of a jump that is taken or a function that is called. */
  final int target;

  /** The operand, or the offset of an address. */
  final long imm;

  /** The value that a store writes, if it is not a register. */
  final long value;

  final @Nullable Opcode op;
  final @Nullable SyscallHandler handler;

  Step(
      int token,
      int dst,
      int src,
      int target,
      long imm,
      long value,
      @Nullable Opcode op,
      @Nullable SyscallHandler handler) {
    this.token = token;
    this.dst = dst;
    this.src = src;
    this.target = target;
    this.imm = imm;
    this.value = value;
    this.op = op;
    this.handler = handler;
  }
}
