package dev.ovsm.runtime.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.SyscallError;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Code behind a call that never comes back belongs to another function. */
class ReturnsTest {
  private static final SyscallError ERROR = () -> "ended";
  private static final Insn ABORT = new Insn(Opcode.CALL, 0, 0, 0, Syscall.ABORT.hash());
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);

  /** As compilers write it: every function ends in a panic, right before the next one. */
  @Test
  void functionsThatEndInPanicsAreNotRepeated() {
    int count = 3000;
    List<Insn> insns = new ArrayList<>();
    insns.add(call(1));
    insns.add(EXIT);
    for (int i = 0; i < count; i++) {
      int left = 4 * (count - i);
      insns.add(new Insn(Opcode.JEQ64_IMM, 1, 0, 2, 7));
      insns.add(i + 1 < count ? call(2) : EXIT);
      insns.add(EXIT);
      insns.add(call(left - 4));
    }
    insns.add(ABORT);
    Flow flow = flow(insns);
    Functions functions = new Functions(flow, Limits.USUAL);
    assertThat(functions.all()).hasSize(count + 2);
    assertThat(functions.all().stream().mapToInt(Function::size).sum())
        .isLessThanOrEqualTo(insns.size() + 1);
  }

  @Test
  void whatMayReturnIsFollowed() {
    Flow flow = flow(List.of(call(2), ABORT, EXIT, call(-2), EXIT));
    assertThat(flow.blockAt(0).next()).isEqualTo(flow.blockAt(1).index());
    assertThat(flow.blockAt(1).next()).isEqualTo(-1);
    assertThat(flow.blockAt(3).next()).isEqualTo(flow.blockAt(4).index());
  }

  @Test
  void whatOnlyCallsItselfNeverReturns() {
    Flow flow = flow(List.of(call(1), EXIT, call(-1), EXIT));
    assertThat(flow.blockAt(0).next()).isEqualTo(-1);
    assertThat(flow.blockAt(2).next()).isEqualTo(-1);
  }

  private static Insn call(int distance) {
    return new Insn(Opcode.CALL, 0, 1, 0, distance);
  }

  private static Flow flow(List<Insn> insns) {
    SortedMap<Integer, SyscallHandler> handlers = new TreeMap<>();
    handlers.put(
        Syscall.ABORT.hash(),
        (vm, r1, r2, r3, r4, r5) -> {
          throw Fault.of(ERROR);
        });
    Program program =
        new Program(
            Version.V3,
            Encoder.encode(Version.V3, insns),
            MemoryMap.BYTECODE,
            0,
            new TreeMap<>(),
            new byte[0],
            MemoryMap.RODATA,
            List.of());
    return new Flow(new Executable(program, new SyscallTable(handlers)));
  }
}
