package dev.ovsm.tests.benchmark;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import java.util.Set;

/** A program on one of our engines, to be executed again and again. */
final class Machine {
  /** More compute units than any kernel needs. */
  static final long BUDGET = 1L << 40;

  private final Engine engine;
  private final Executable executable;

  private Machine(Engine engine, Program program) {
    this.engine = engine;
    this.executable = new Executable(program, SyscallTable.empty());
  }

  static Machine interpreter(byte[] elf) {
    return new Machine(new Interpreter(), load(elf));
  }

  static Machine jit(byte[] elf) {
    return new Machine(new Jit(), load(elf));
  }

  /** Executes it once, in a memory of its own. */
  Outcome execute() {
    Memory memory = new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, new byte[0]);
    return engine.execute(new Vm(executable, memory, BUDGET, ""));
  }

  private static Program load(byte[] elf) {
    Program program = ElfLoader.load(elf, LoaderConfig.execution(Set.of())).program().orElseThrow();
    if (Validator.validate(program).isPresent()) {
      throw new IllegalStateException("a program that the validator refuses");
    }
    return program;
  }
}
