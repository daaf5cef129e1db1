package dev.ovsm.runtime.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Piece;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which loops are found, and that their accesses are right wherever their pointers go. */
class LoopsTest {
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);
  private static final Insn LOAD = new Insn(Opcode.LDXDW, 0, 1, 0, 0);
  private static final Insn STORE = new Insn(Opcode.STXB, 2, 0, 0, 0);

  @Test
  void loopWithItsPointers() {
    Executable executable = executable(List.of(LOAD, STORE, again(-3, 1), EXIT));
    Loops loops = loops(executable);
    Loop loop = loops.beginningWith(new Flow(executable).blockAt(0));
    assertThat(loop).isEqualTo(new Loop(0, Set.of(0), 0b010, 0b100));
    assertThat(loops.loads()).isEqualTo(0b010);
    assertThat(loops.stores()).isEqualTo(0b100);
  }

  @Test
  void innermostLoopOnly() {
    Executable executable = executable(List.of(LOAD, STORE, again(-2, 1), again(-4, 3), EXIT));
    Flow flow = new Flow(executable);
    Loops loops = loops(executable);
    assertThat(loops.around(flow.blockAt(0))).isNull();
    assertThat(loops.beginningWith(flow.blockAt(1))).isNotNull();
    assertThat(loops.loads()).isZero();
  }

  /** A second way in would pass by the place where the pointers are looked up. */
  @Test
  void loopThatIsEnteredInTheMiddleIsNone() {
    Executable executable = executable(List.of(again(1, 3), LOAD, STORE, again(-3, 1), EXIT));
    assertThat(loops(executable).loads()).isZero();
  }

  @Test
  void loopThatCallsIsNone() {
    Insn call = new Insn(Opcode.CALL, 0, 1, 0, 2);
    Executable executable = executable(List.of(LOAD, call, again(-3, 1), EXIT, EXIT));
    assertThat(loops(executable).loads()).isZero();
  }

  @Test
  void pointerThatTheLoopSetsItselfIsNotLookedUp() {
    Insn pointer = new Insn(Opcode.MOV64_REG, 1, 3, 0, 0);
    Loops loops = loops(executable(List.of(pointer, LOAD, STORE, again(-4, 4), EXIT)));
    assertThat(loops.loads()).isZero();
    assertThat(loops.stores()).isEqualTo(0b100);
  }

  @Test
  void methodsTakeLoopsThatTheyHaveWhole() {
    Executable executable = executable(List.of(LOAD, again(1, 3), STORE, again(-4, 1), EXIT));
    List<Block> blocks = new Flow(executable).blocks().subList(0, 4);
    Loops loops = loops(executable);
    assertThat(loops.within(blocks).loads()).isEqualTo(0b010);
    assertThat(loops.within(blocks.subList(0, 2)).loads()).isZero();
  }

  /** From the input to the heap, below its begin, to where nothing is, and to a region's twin. */
  @Test
  void pointersThatLeaveTheirRegion() {
    List<Insn> body =
        List.of(
            new Insn(Opcode.LDXB, 3, 1, 0, 0),
            new Insn(Opcode.ADD64_REG, 0, 3, 0, 0),
            new Insn(Opcode.STXB, 1, 0, 1, 0),
            new Insn(Opcode.LDXDW, 3, 1, 0, 0),
            new Insn(Opcode.XOR64_REG, 0, 3, 0, 0),
            new Insn(Opcode.ADD64_REG, 1, 4, 0, 0),
            again(-7, 1));
    for (long stride :
        new long[] {8, -8, 1, 1L << 32, -1L << 32, 1L << 31, 1L << 63, 40_000, 1L << 40}) {
      for (long begin : new long[] {MemoryMap.INPUT, MemoryMap.HEAP, MemoryMap.HEAP + 32_700}) {
        List<Insn> insns =
            Stream.concat(
                    Stream.of(
                        new Insn(Opcode.LDDW, 1, 0, 0, begin),
                        new Insn(Opcode.LDDW, 4, 0, 0, stride)),
                    body.stream())
                .toList();
        Executable executable = executable(insns, EXIT);
        Vm expected = vm(executable);
        Vm actual = vm(executable);
        Outcome interpreted = new Interpreter().execute(expected);
        assertThat(new Jit().execute(actual)).hasToString(interpreted.toString());
        assertThat(actual.memory().heap()).isEqualTo(expected.memory().heap());
        assertThat(actual.memory().pieceAt(MemoryMap.INPUT))
            .as("from %x by %x", begin, stride)
            .extracting(Piece::bytes)
            .isEqualTo(Objects.requireNonNull(expected.memory().pieceAt(MemoryMap.INPUT)).bytes());
      }
    }
  }

  /** Jumps while a register is not the same as r0. */
  private static Insn again(int offset, int register) {
    return new Insn(Opcode.JNE64_REG, register, 0, offset, 0);
  }

  private static Loops loops(Executable executable) {
    Flow flow = new Flow(executable);
    Functions functions = new Functions(flow, Limits.USUAL);
    Liveness liveness = new Liveness(flow, functions, 1);
    return Loops.of(new Compilation(flow, functions, liveness, true), functions.all().get(0));
  }

  private static Vm vm(Executable executable) {
    Memory memory = new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, new byte[64]);
    return new Vm(executable, memory, 20_000, "");
  }

  private static Executable executable(List<Insn> insns, Insn... more) {
    List<Insn> all = Stream.concat(insns.stream(), List.of(more).stream()).toList();
    Program program =
        new Program(
            Version.V0,
            Encoder.encode(Version.V0, all),
            MemoryMap.BYTECODE,
            0,
            new TreeMap<>(),
            new byte[0],
            MemoryMap.BYTECODE,
            List.of());
    return new Executable(program, SyscallTable.empty());
  }
}
