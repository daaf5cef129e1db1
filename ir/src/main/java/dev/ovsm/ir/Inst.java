package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An instruction of a block; it defines at most one value. */
public sealed interface Inst {
  /** The place in the source that this instruction stands for. */
  Span span();

  /** The value defined, or null if there is none. */
  default @Nullable Value result() {
    return null;
  }

  /** The values used, in a fixed order. */
  default List<Value> operands() {
    return List.of();
  }

  /**
   * This instruction with every value, used or defined, replaced by its image; the same object if
   * every value is its own image.
   */
  Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs);

  /** Calls the visitor's method for this kind of instruction. */
  <R> R accept(InstVisitor<R> visitor);

  /** This instruction with every used value replaced by its image, as {@link #map} does it. */
  default Inst mapUses(UnaryOperator<Value> uses) {
    return map(uses, UnaryOperator.identity());
  }

  /** An integer, boolean or address constant in its type's canonical form. */
  record Const(Value result, long value, Span span) implements Inst {
    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      return defined.equals(result) ? this : new Const(defined, value, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The address of an item of the module's read-only data. */
  record DataAddress(Value result, int data, Span span) implements Inst {
    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      return defined.equals(result) ? this : new DataAddress(defined, data, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The address of a slot of the frame; one slot per instruction and frame, 1..4,096 bytes, align
   * 1, 2, 4 or 8. The bytes are unspecified when the instruction is executed, each time anew, and
   * kept until it is executed again or the function ends.
   */
  record StackSlot(Value result, int bytes, int align, Span span) implements Inst {
    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      return defined.equals(result) ? this : new StackSlot(defined, bytes, align, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Arithmetic in the type of the result. */
  record Binary(Value result, BinaryOp op, Mode mode, Value left, Value right, Span span)
      implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(left, right);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      Value first = uses.apply(left);
      Value second = uses.apply(right);
      return defined.equals(result) && first.equals(left) && second.equals(right)
          ? this
          : new Binary(defined, op, mode, first, second, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A comparison by the signedness of the operands' type. */
  record Compare(Value result, Comparison op, Value left, Value right, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(left, right);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      Value first = uses.apply(left);
      Value second = uses.apply(right);
      return defined.equals(result) && first.equals(left) && second.equals(right)
          ? this
          : new Compare(defined, op, first, second, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A value in another type: {@code CHECK} fails with {@link Failure#NARROWING} if it does not fit,
   * {@code WRAP} keeps the low bits, {@code EXACT} only renames. {@code PTR} converts to and from
   * {@code U64}.
   */
  record Convert(Value result, Mode mode, Value operand, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      Value used = uses.apply(operand);
      return defined.equals(result) && used.equals(operand)
          ? this
          : new Convert(defined, mode, used, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code condition ? left : right}, both evaluated. */
  record Select(Value result, Value condition, Value left, Value right, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(condition, left, right);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      Value decides = uses.apply(condition);
      Value first = uses.apply(left);
      Value second = uses.apply(right);
      return defined.equals(result)
              && decides.equals(condition)
              && first.equals(left)
              && second.equals(right)
          ? this
          : new Select(defined, decides, first, second, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Reads {@code result.type()} at {@code address + offset}, little-endian, any alignment. An
   * address that the machine does not map faults, unless the result is unused.
   */
  record Load(Value result, Value address, int offset, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(address);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = defs.apply(result);
      Value used = uses.apply(address);
      return defined.equals(result) && used.equals(address)
          ? this
          : new Load(defined, used, offset, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Writes {@code value} in the bytes of its type at {@code address + offset}. */
  record Store(Value address, int offset, Value value, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(address, value);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value to = uses.apply(address);
      Value stored = uses.apply(value);
      return to.equals(address) && stored.equals(value)
          ? this
          : new Store(to, offset, stored, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Copies {@code bytes} bytes, a constant of at most 10,240, between ranges that are one or do not
   * overlap.
   */
  record Copy(Value target, Value source, int bytes, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(target, source);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value to = uses.apply(target);
      Value from = uses.apply(source);
      return to.equals(target) && from.equals(source) ? this : new Copy(to, from, bytes, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Sets {@code bytes} bytes, a constant of at most 10,240, to zero. */
  record Zero(Value target, int bytes, Span span) implements Inst {
    @Override
    public List<Value> operands() {
      return List.of(target);
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value to = uses.apply(target);
      return to.equals(target) ? this : new Zero(to, bytes, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Calls a function of the module. */
  record Call(@Nullable Value result, String function, List<Value> arguments, Span span)
      implements Inst {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Value> operands() {
      return arguments;
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = result == null ? null : defs.apply(result);
      List<Value> passed = Value.map(arguments, uses);
      return Objects.equals(defined, result) && passed == arguments
          ? this
          : new Call(defined, function, passed, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Calls the runtime by its syscall name with at most five arguments; the verifier and the backend
   * know its effects from the syscall table. The result has a type of 64 bits. A tail call is a
   * syscall that returns only on failure.
   */
  record Syscall(@Nullable Value result, String name, List<Value> arguments, Span span)
      implements Inst {
    public Syscall {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Value> operands() {
      return arguments;
    }

    @Override
    public Inst map(UnaryOperator<Value> uses, UnaryOperator<Value> defs) {
      Value defined = result == null ? null : defs.apply(result);
      List<Value> passed = Value.map(arguments, uses);
      return Objects.equals(defined, result) && passed == arguments
          ? this
          : new Syscall(defined, name, passed, span);
    }

    @Override
    public <R> R accept(InstVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
