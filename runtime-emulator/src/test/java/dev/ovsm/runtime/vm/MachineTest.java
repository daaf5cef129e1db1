package dev.ovsm.runtime.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The machine's rules that no single-instruction vector shows: calls, metering, system calls. */
class MachineTest {
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);

  @Test
  void theFaultingInstructionIsCharged() {
    Outcome outcome = run(Version.V3, 10, new Insn(Opcode.LDXB, 0, 0, 0, 0), EXIT);
    assertThat(outcome.fault()).isNotNull();
    assertThat(outcome.fault().text())
        .isEqualTo("Access violation reading 1 bytes at address 0x0 (in unallocated region)");
    assertThat(outcome.instructions()).isEqualTo(1);
    assertThat(outcome.remaining()).isEqualTo(9);
  }

  @Test
  void aBudgetOfAllInstructionsIsEnough() {
    Insn move = new Insn(Opcode.MOV64_IMM, 0, 0, 0, 7);
    assertThat(run(Version.V3, 2, move, EXIT)).isEqualTo(new Outcome(7, null, 2, 0));
    Outcome outcome = run(Version.V3, 1, move, EXIT);
    assertThat(outcome.fault()).isNotNull();
    assertThat(outcome.fault().kind()).isEqualTo(Fault.Kind.EXCEEDED_MAX_INSTRUCTIONS);
    assertThat(outcome.fault().pc()).isEqualTo(1);
  }

  @Test
  void theCallThatWouldBeFrame64Faults() {
    Outcome outcome = run(Version.V3, 1000, new Insn(Opcode.CALL, 0, 1, 0, -1), EXIT);
    assertThat(outcome.fault()).isNotNull();
    assertThat(outcome.fault().kind()).isEqualTo(Fault.Kind.CALL_DEPTH_EXCEEDED);
    assertThat(outcome.instructions()).isEqualTo(MemoryMap.MAX_CALL_DEPTH);
  }

  @Test
  void systemCallsShareTheMeter() {
    Insn call = new Insn(Opcode.CALL, 0, 0, 0, 77);
    TreeMap<Integer, SyscallHandler> handlers = new TreeMap<>();
    handlers.put(
        77,
        (vm, r1, r2, r3, r4, r5) -> {
          vm.consume(100);
          return vm.remaining();
        });
    SyscallTable syscalls = new SyscallTable(handlers);
    assertThat(run(Version.V3, syscalls, 150, call, EXIT)).isEqualTo(new Outcome(49, null, 2, 48));
    Outcome outcome = run(Version.V3, syscalls, 100, call, EXIT);
    assertThat(outcome.remaining()).isZero();
    assertThat(outcome.instructions()).isEqualTo(1);
    assertThat(outcome.fault()).isNotNull();
    assertThat(outcome.fault().error()).isSameAs(SyscallError.BUDGET_EXCEEDED);
    assertThat(outcome.fault().pc()).isZero();
  }

  @Test
  void stackFramesOfVersion0HaveGaps() {
    Memory memory = new Memory(executable(Version.V0, SyscallTable.empty(), EXIT), 0, new byte[0]);
    long frameEnd = MemoryMap.STACK + MemoryMap.FRAME_BYTES;
    memory.store(frameEnd - 1, 1, 5);
    memory.store(frameEnd + MemoryMap.FRAME_BYTES, 1, 6);
    assertThat(memory.load(frameEnd - 1, 2)).isEqualTo(0x0605);
    assertThat(memory.stack()[MemoryMap.FRAME_BYTES]).isEqualTo((byte) 6);
    Outcome outcome = run(Version.V0, 10, new Insn(Opcode.LDXB, 0, 10, 0, 0), EXIT);
    assertThat(outcome.fault()).isNotNull();
    assertThat(outcome.fault().text())
        .isEqualTo("Access violation in stack frame 1 at address 0x200001000 of size 1");
  }

  private static Outcome run(Version version, long budget, Insn... insns) {
    return run(version, SyscallTable.empty(), budget, insns);
  }

  private static Outcome run(Version version, SyscallTable syscalls, long budget, Insn... insns) {
    Executable executable = executable(version, syscalls, insns);
    Memory memory = new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, new byte[8]);
    return new Interpreter().execute(new Vm(executable, memory, budget, ""));
  }

  private static Executable executable(Version version, SyscallTable syscalls, Insn... insns) {
    byte[] text = Encoder.encode(version, List.of(insns));
    boolean low = version.enableLowerRodataVaddr();
    return new Executable(
        new Program(
            version,
            text,
            MemoryMap.BYTECODE,
            0,
            new TreeMap<>(),
            low ? new byte[0] : text,
            low ? MemoryMap.RODATA : MemoryMap.BYTECODE,
            List.of()),
        syscalls);
  }
}
