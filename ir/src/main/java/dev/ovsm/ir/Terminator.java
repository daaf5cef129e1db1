package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a block ends. */
public sealed interface Terminator {
  Span span();

  /** A successor and the values of its parameters. */
  record Target(int block, List<Value> arguments) {
    public Target {
      arguments = List.copyOf(arguments);
    }
  }

  record Jump(Target target, Span span) implements Terminator {}

  record Branch(Value condition, Target then, Target otherwise, Span span) implements Terminator {}

  /** Goes to the case whose constant equals {@code value}; constants are distinct. */
  record Switch(Value value, List<Case> cases, Target otherwise, Span span) implements Terminator {
    public Switch {
      cases = List.copyOf(cases);
    }
  }

  record Case(long constant, Target target) {}

  record Return(@Nullable Value value, Span span) implements Terminator {}

  /**
   * Stops the whole invocation, from any call depth: the program's result is {@code code}, a {@code
   * U64}; no effect of it is kept. A code of 0 is a success and ends the invocation early.
   */
  record Fail(Value code, Span span) implements Terminator {}

  /** Control never arrives here. */
  record Unreachable(Span span) implements Terminator {}
}
