package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import org.jspecify.annotations.Nullable;

/**
 * Executes programs that it compiles to Java bytecode before their first execution; an executable
 * keeps its translation.
 */
public final class Jit implements Engine {
  /** All that an execution's outcome shows is r0. */
  private static final int R0 = 1;

  private final Limits limits;
  private final int results;
  private final boolean fixedFrames;

  /** What an executable keeps; without code if none of it can be compiled. */
  private record Translation(@Nullable Compiled compiled) {}

  public Jit() {
    this(Limits.USUAL, R0, true);
  }

  private Jit(Limits limits, int results, boolean fixedFrames) {
    this.limits = limits;
    this.results = results;
    this.fixedFrames = fixedFrames;
  }

  /**
   * One that can be compared with the interpreter register by register, from any initial registers:
   * it leaves all of them in the machine, and cuts functions into methods of about {@code
   * methodBytes} of bytecode.
   */
  public static Jit comparable(int methodBytes) {
    return new Jit(Limits.USUAL.withMethodBytes(methodBytes), Registers.ALL, false);
  }

  @Override
  public Outcome execute(Vm vm) {
    Compiled compiled = compiled(vm.executable());
    long usualFrame = MemoryMap.initialFramePointer(vm.program().version());
    if (compiled == null || (fixedFrames && vm.registers()[10] != usualFrame)) {
      return new Interpreter().execute(vm);
    }
    try {
      return vm.returned(new Invocation(vm, compiled).run());
    } catch (Fault fault) {
      return vm.faulted(fault);
    }
  }

  private @Nullable Compiled compiled(Executable executable) {
    if (executable.translation() instanceof Translation kept) {
      return kept.compiled();
    }
    Compiled compiled =
        Compiler.of(executable, fixedFrames, results, limits).map(Compiler::compile).orElse(null);
    executable.translation(new Translation(compiled));
    return compiled;
  }
}
