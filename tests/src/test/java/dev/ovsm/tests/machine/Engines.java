package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Outcome;

/** The engines that must agree, each with a translation of its own of every program. */
enum Engines {
  INTERPRETER {
    @Override
    Engine engine() {
      return new Interpreter();
    }
  },
  WATCHED_INTERPRETER {
    @Override
    Engine engine() {
      Interpreter interpreter = new Interpreter();
      return vm -> {
        long budget = vm.budget();
        long[] seen = new long[1];
        vm.observe((registers, pc) -> seen[0]++);
        Outcome outcome = interpreter.execute(vm);
        assertThat(seen[0]).as("watched of %d", budget).isEqualTo(outcome.instructions());
        return outcome;
      };
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
