package dev.ovsm.cli;

import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.jit.Tiered;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;

/** The engines that {@code --engine} can name. */
enum EngineChoice {
  /** The interpreter for what runs once, the compiler for what runs often. */
  AUTO {
    @Override
    Engine engine() {
      return new Tiered();
    }
  },
  INTERPRETER {
    @Override
    Engine engine() {
      return new Interpreter();
    }
  },
  JIT {
    @Override
    Engine engine() {
      return new Jit();
    }
  };

  abstract Engine engine();
}
