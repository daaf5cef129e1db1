package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instruction of a block; it defines at most one value. */
public sealed interface Inst {
  /** The place in the source that this instruction stands for. */
  Span span();

  /** The value defined, or null if there is none. */
  default @Nullable Value result() {
    return null;
  }

  /** An integer, boolean or address constant in its type's canonical form. */
  record Const(Value result, long value, Span span) implements Inst {}

  /** The address of an item of the module's read-only data. */
  record DataAddress(Value result, int data, Span span) implements Inst {}

  /**
   * The address of a fresh, uninitialised slot of the frame; one slot per instruction and frame.
   */
  record StackSlot(Value result, int bytes, int align, Span span) implements Inst {}

  record Binary(Value result, BinaryOp op, Mode mode, Value left, Value right, Span span)
      implements Inst {}

  record Compare(Value result, Comparison op, Value left, Value right, Span span) implements Inst {}

  /**
   * A value in another type: {@code CHECK} fails with {@link Failure#NARROWING} if it does not fit,
   * {@code WRAP} keeps the low bits, {@code EXACT} only renames. {@code PTR} converts to and from
   * {@code U64}.
   */
  record Convert(Value result, Mode mode, Value operand, Span span) implements Inst {}

  /** {@code condition ? left : right}, both evaluated. */
  record Select(Value result, Value condition, Value left, Value right, Span span)
      implements Inst {}

  /** Reads {@code result.type()} at {@code address + offset}, little-endian, any alignment. */
  record Load(Value result, Value address, int offset, Span span) implements Inst {}

  /** Writes {@code value} in the bytes of its type at {@code address + offset}. */
  record Store(Value address, int offset, Value value, Span span) implements Inst {}

  /**
   * Copies {@code bytes} bytes, a constant of at most 10,240, between ranges that do not overlap.
   */
  record Copy(Value target, Value source, int bytes, Span span) implements Inst {}

  /** Sets {@code bytes} bytes, a constant of at most 10,240, to zero. */
  record Zero(Value target, int bytes, Span span) implements Inst {}

  /** Calls a function of the module. */
  record Call(@Nullable Value result, String function, List<Value> arguments, Span span)
      implements Inst {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Calls the runtime by its syscall name with at most five arguments; the verifier and the backend
   * know its effects from the syscall table. A tail call is a syscall that returns only on failure.
   */
  record Syscall(@Nullable Value result, String name, List<Value> arguments, Span span)
      implements Inst {
    public Syscall {
      arguments = List.copyOf(arguments);
    }
  }
}
