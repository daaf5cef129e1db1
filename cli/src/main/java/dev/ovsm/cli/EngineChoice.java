package dev.ovsm.cli;

import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;

/** The engines that {@code --engine} can name. */
enum EngineChoice {
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
