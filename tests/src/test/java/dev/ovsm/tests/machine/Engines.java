package dev.ovsm.tests.machine;

import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;

/** The engines that must agree, each with a translation of its own of every program. */
enum Engines {
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
  },
  JIT_WITH_ALL_REGISTERS {
    @Override
    Engine engine() {
      return Jit.comparable(6000);
    }
  },
  JIT_IN_SMALL_METHODS {
    @Override
    Engine engine() {
      return Jit.comparable(200);
    }
  };

  abstract Engine engine();

  /** Whether the final values of all registers can be compared. */
  boolean leavesRegisters() {
    return this != JIT;
  }
}
