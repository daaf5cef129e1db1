package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;

/**
 * Interprets a program until it has executed so much that compiling it would have taken about as
 * long, and compiles it before its next execution.
 *
 * <p>The first execution is never compiled, nor is any within one transaction's compute units;
 * outcomes are the same either way.
 */
public final class Tiered implements Engine {
  /** More than a transaction can execute; covers what compiling costs at first. */
  private static final long COLD_INSTRUCTIONS = 2_000_000;

  /** What the interpreter executes in the time that compiling one slot takes. */
  private static final long INSTRUCTIONS_A_SLOT = 500;

  private final Interpreter interpreter = new Interpreter();
  private final Jit jit = new Jit();

  @Override
  public Outcome execute(Vm vm) {
    Executable executable = vm.executable();
    if (executable.executed() >= threshold(executable)) {
      return jit.execute(vm);
    }
    Outcome outcome = interpreter.execute(vm);
    executable.countExecuted(outcome.instructions());
    return outcome;
  }

  /** How many instructions a program executes before it is compiled. */
  static long threshold(Executable executable) {
    return COLD_INSTRUCTIONS + INSTRUCTIONS_A_SLOT * executable.program().slots();
  }
}
