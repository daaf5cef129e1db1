package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a block ends. */
public sealed interface Terminator {
  /** The place in the source that this end stands for. */
  Span span();

  /** The values used, arguments of targets excluded. */
  default List<Value> operands() {
    return List.of();
  }

  /** The successors in a fixed order; one block may occur several times. */
  default List<Target> targets() {
    return List.of();
  }

  /**
   * This terminator with every used value and every target replaced by its image; the same object
   * if all are their own images.
   */
  Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets);

  /** Calls the visitor's method for this kind of terminator. */
  <R> R accept(Visitor<R> visitor);

  /** A successor and the values of its parameters. */
  record Target(int block, List<Value> arguments) {
    public Target {
      arguments = List.copyOf(arguments);
    }

    /** This target with every argument replaced by its image. */
    public Target map(UnaryOperator<Value> uses) {
      List<Value> passed = Value.map(arguments, uses);
      return passed == arguments ? this : new Target(block, passed);
    }

    // Written out: what the language makes of a record takes long before it is compiled.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Target target
          && block == target.block
          && arguments.equals(target.arguments);
    }

    @Override
    public int hashCode() {
      return 31 * block + arguments.hashCode();
    }
  }

  record Jump(Target target, Span span) implements Terminator {
    @Override
    public List<Target> targets() {
      return List.of(target);
    }

    @Override
    public Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets) {
      Target to = targets.apply(target);
      return to.equals(target) ? this : new Jump(to, span);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Branch(Value condition, Target then, Target otherwise, Span span) implements Terminator {
    @Override
    public List<Value> operands() {
      return List.of(condition);
    }

    @Override
    public List<Target> targets() {
      return List.of(then, otherwise);
    }

    @Override
    public Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets) {
      Value decides = uses.apply(condition);
      Target first = targets.apply(then);
      Target second = targets.apply(otherwise);
      return decides.equals(condition) && first.equals(then) && second.equals(otherwise)
          ? this
          : new Branch(decides, first, second, span);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Goes to the case whose constant equals {@code value}; constants are distinct. */
  record Switch(Value value, List<Case> cases, Target otherwise, Span span) implements Terminator {
    public Switch {
      cases = List.copyOf(cases);
    }

    @Override
    public List<Value> operands() {
      return List.of(value);
    }

    /** The cases' targets in their order, then {@code otherwise}. */
    @Override
    public List<Target> targets() {
      List<Target> targets = new ArrayList<>(cases.size() + 1);
      for (Case each : cases) {
        targets.add(each.target());
      }
      targets.add(otherwise);
      return targets;
    }

    @Override
    public Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets) {
      boolean same = true;
      List<Case> images = new ArrayList<>(cases.size());
      for (Case each : cases) {
        Target to = targets.apply(each.target());
        same &= to.equals(each.target());
        images.add(new Case(each.constant(), to));
      }
      Value decides = uses.apply(value);
      Target last = targets.apply(otherwise);
      return same && decides.equals(value) && last.equals(otherwise)
          ? this
          : new Switch(decides, images, last, span);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  record Case(long constant, Target target) {}

  record Return(@Nullable Value value, Span span) implements Terminator {
    @Override
    public List<Value> operands() {
      return value == null ? List.of() : List.of(value);
    }

    @Override
    public Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets) {
      Value returned = value == null ? null : uses.apply(value);
      return Objects.equals(returned, value) ? this : new Return(returned, span);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Stops the whole invocation, from any call depth: the program's result is {@code code}, a {@code
   * U64}; no effect of it is kept. A code of 0 is a success and ends the invocation early.
   */
  record Fail(Value code, Span span) implements Terminator {
    @Override
    public List<Value> operands() {
      return List.of(code);
    }

    @Override
    public Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets) {
      Value failing = uses.apply(code);
      return failing.equals(code) ? this : new Fail(failing, span);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Control never arrives here. */
  record Unreachable(Span span) implements Terminator {
    @Override
    public Terminator map(UnaryOperator<Value> uses, UnaryOperator<Target> targets) {
      return this;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One method for each kind of terminator. */
  interface Visitor<R> {
    R visit(Jump terminator);

    R visit(Branch terminator);

    R visit(Switch terminator);

    R visit(Return terminator);

    R visit(Fail terminator);

    R visit(Unreachable terminator);
  }
}
