package dev.ovsm.tests.machine;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Piece;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A program and the state that it begins in, to be executed any number of times on any engine.
 *
 * @param boundaries where pieces of the input end, ascending; none for a single piece
 * @param setUp sets the initial registers
 */
record Experiment(
    Program program,
    SyscallTable syscalls,
    byte[] input,
    List<Integer> boundaries,
    int heapBytes,
    long budget,
    Consumer<long[]> setUp) {

  /** Executes on an engine, with an executable of its own. */
  Result run(Engines engine, Executable executable, long units) {
    byte[] bytes = input.clone();
    Memory memory = new Memory(executable, heapBytes, pieces(bytes));
    Vm vm = new Vm(executable, memory, units, this);
    setUp.accept(vm.registers());
    Outcome outcome = engine.engine().execute(vm);
    byte[] stack = memory.stack().clone();
    memory.clearStack();
    boolean registers = engine.leavesRegisters() && outcome.fault() == null;
    return new Result(
        outcome,
        registers ? Arrays.copyOf(vm.registers(), 11) : new long[0],
        stack,
        memory.stack(),
        memory.heap(),
        bytes);
  }

  private List<Piece> pieces(byte[] bytes) {
    if (boundaries.isEmpty()) {
      return List.of(new Piece(MemoryMap.INPUT, bytes, true));
    }
    List<Piece> pieces = new ArrayList<>();
    int begin = 0;
    for (int end : boundaries) {
      pieces.add(new Piece(MemoryMap.INPUT + begin, bytes, begin, end - begin, true));
      begin = end;
    }
    return pieces;
  }
}
