package dev.ovsm.runtime.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What runs once is interpreted, what runs often is compiled, and nobody sees a difference. */
class TieredTest {
  /** The most compute units that a transaction can ask for. */
  private static final long TRANSACTION = 1_400_000;

  private final Tiered tiered = new Tiered();

  @Test
  void oneTransactionIsNeverCompiled() {
    Executable executable = endless();
    run(executable, TRANSACTION);
    run(executable, 0);
    assertThat(executable.translation()).isNull();
  }

  @Test
  void oneExecutionIsNeverCompiledHoweverLong() {
    Executable executable = endless();
    run(executable, 5 * TRANSACTION);
    assertThat(executable.translation()).isNull();
  }

  @Test
  void aWarmProgramIsCompiledAndDoesTheSame() {
    Executable executable = endless();
    long before = 0;
    while (before < Tiered.threshold(executable)) {
      assertThat(executable.translation()).isNull();
      before += run(executable, 700_000);
    }
    run(executable, 700_000);
    assertThat(executable.translation()).isNotNull();
  }

  @Test
  void manySmallExecutionsWarmAProgram() {
    Executable executable = endless();
    int runs = 0;
    while (executable.translation() == null) {
      run(executable, 10_000);
      runs++;
    }
    assertThat(runs).isEqualTo((int) (Tiered.threshold(executable) + 9_999) / 10_000 + 1);
  }

  @Test
  void largeProgramsWaitLonger() {
    assertThat(Tiered.threshold(program(70_000)) - Tiered.threshold(program(20_000)))
        .isEqualTo(500L * 50_000);
  }

  /** Runs an endless loop for all of a budget; returns how many instructions that were. */
  private long run(Executable executable, long budget) {
    Memory memory = new Memory(executable, 0, new byte[0]);
    Outcome outcome = tiered.execute(new Vm(executable, memory, budget, ""));
    Fault fault = outcome.fault();
    assertThat(fault).isNotNull();
    assertThat(fault.kind()).isEqualTo(Fault.Kind.EXCEEDED_MAX_INSTRUCTIONS);
    assertThat(outcome.instructions()).isEqualTo(budget);
    return outcome.instructions();
  }

  private static Executable endless() {
    return executable(
        List.of(new Insn(Opcode.ADD64_IMM, 0, 0, 0, 1), new Insn(Opcode.JA, 0, 0, -2, 0)));
  }

  private static Executable program(int slots) {
    return executable(Collections.nCopies(slots, new Insn(Opcode.EXIT, 0, 0, 0, 0)));
  }

  private static Executable executable(List<Insn> insns) {
    return new Executable(
        new Program(
            Version.V3,
            Encoder.encode(Version.V3, insns),
            MemoryMap.BYTECODE,
            0,
            new TreeMap<>(),
            new byte[0],
            MemoryMap.RODATA,
            List.of()),
        SyscallTable.empty());
  }
}
