package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Slot;
import java.util.Objects;

/**
 * One execution of compiled code: what the code works on, and everything that it does rarely.
 *
 * <p>Compiled code holds registers and meter in local variables. The fields {@code r0}..{@code r10}
 * and {@code remaining} carry them wherever locals cannot: results of functions, calls through
 * addresses, and from one method to the next in a function that takes several. The meter that is
 * passed to these methods has been charged for the whole block.
 */
final class Invocation {
  final byte[][] readable;
  final byte[][] writable;
  final byte[] stack;

  /** The value of r10 in the first frame. */
  final long frameBase;

  long r0;
  long r1;
  long r2;
  long r3;
  long r4;
  long r5;
  long r6;
  long r7;
  long r8;
  long r9;
  long r10;
  long remaining;

  /** The ends of all frames that have been worked on, as bits of their distances from the first. */
  int frames;

  private final Vm vm;
  private final Compiled compiled;
  private final Memory memory;
  private final int stride;

  Invocation(Vm vm, Compiled compiled) {
    this.vm = vm;
    this.compiled = compiled;
    this.memory = vm.memory();
    this.readable = memory.readable();
    this.writable = memory.writable();
    this.stack = memory.stack();
    this.stride = vm.executable().frameStride();
    long[] registers = vm.registers();
    this.frameBase = registers[10];
    takeResults(registers);
    r6 = registers[6];
    r7 = registers[7];
    r8 = registers[8];
    r9 = registers[9];
    r10 = registers[10];
  }

  /** Executes the program; returns r0. */
  long run() {
    try {
      remaining = call(0, vm.remaining(), 0);
    } finally {
      // No end is further away than all bits of all ends together.
      memory.wroteStack(frames);
    }
    vm.remaining(remaining);
    giveRegisters(vm.registers());
    vm.registers()[10] = r10;
    return r0;
  }

  /** Calls a compiled function with registers in fields; returns the meter. */
  long call(int function, long meter, int depth) {
    return compiled.unitOf(function).call(this, function, meter, depth);
  }

  /** Interprets a function with registers in fields; returns the meter. */
  long interpret(int pc, long meter, int depth) {
    long[] registers = vm.registers();
    giveRegisters(registers);
    registers[10] = framePointer(depth);
    vm.remaining(meter);
    new Interpreter().run(vm, pc, depth);
    takeResults(registers);
    return vm.remaining();
  }

  /** Calls the function at an address with registers in fields; returns the meter. */
  long callAddress(long address, int pc, long meter, int depth) {
    if (depth + 1 == MemoryMap.MAX_CALL_DEPTH) {
      throw depthExceeded(pc, meter);
    }
    long slot = (address - vm.program().textAddress()) >>> Long.numberOfTrailingZeros(Slot.BYTES);
    if (slot >= vm.program().slots()) {
      vm.remaining(meter);
      throw Fault.of(Fault.Kind.CALL_OUTSIDE_TEXT_SEGMENT).at(pc);
    }
    int function = compiled.functionAt((int) slot);
    return function < 0
        ? interpret((int) slot, meter, depth + 1)
        : call(function, meter, depth + 1);
  }

  /** Makes the system call at a slot; returns r0 and leaves the meter in its field. */
  long syscall(int pc, long meter, long a1, long a2, long a3, long a4, long a5) {
    vm.remaining(meter);
    SyscallHandler handler = Objects.requireNonNull(vm.executable().syscallAt(pc));
    try {
      long result = handler.call(vm, a1, a2, a3, a4, a5);
      remaining = vm.remaining();
      return result;
    } catch (Fault fault) {
      throw fault.at(pc);
    }
  }

  /**
   * The fault that ends a block that the meter does not suffice for; the interpreter finds it,
   * instruction by instruction.
   *
   * @param pc the block's first slot; what the block reads is in the fields
   */
  Fault exhausted(int pc, long meter, int depth) {
    long[] registers = vm.registers();
    giveRegisters(registers);
    registers[10] = framePointer(depth);
    vm.remaining(meter + compiled.remainderOfBlock(pc) + 1);
    try {
      new Interpreter().run(vm, pc, depth);
    } catch (Fault fault) {
      return fault;
    }
    throw new IllegalStateException("the meter suffices for the block at slot " + pc);
  }

  Fault divideByZero(int pc, long meter) {
    return fault(Fault.Kind.DIVIDE_BY_ZERO, pc, meter);
  }

  Fault divideOverflow(int pc, long meter) {
    return fault(Fault.Kind.DIVIDE_OVERFLOW, pc, meter);
  }

  Fault depthExceeded(int pc, long meter) {
    return fault(Fault.Kind.CALL_DEPTH_EXCEEDED, pc, meter);
  }

  Fault unsupported(int pc, long meter) {
    return fault(Fault.Kind.UNSUPPORTED_INSTRUCTION, pc, meter);
  }

  Fault invalid(int pc, long meter) {
    return fault(Fault.Kind.INVALID_INSTRUCTION, pc, meter);
  }

  Fault overrun(int pc, long meter) {
    return fault(Fault.Kind.EXECUTION_OVERRUN, pc, meter);
  }

  /** What cannot happen: a call that never returns has returned. */
  Fault returned(int pc, long meter) {
    throw new IllegalStateException("the call at slot " + pc + " returned, " + meter + " left");
  }

  /** Reads memory that plain indexing does not reach. */
  long load(long address, int bytes, int pc, long meter) {
    try {
      return memory.load(address, bytes);
    } catch (Fault fault) {
      throw place(fault, pc, meter);
    }
  }

  /** Writes memory that plain indexing does not reach. */
  void store(long address, int bytes, long value, int pc, long meter) {
    try {
      memory.store(address, bytes, value);
    } catch (Fault fault) {
      throw place(fault, pc, meter);
    }
  }

  /** Lets a region be written by plain indexing, if it can be. */
  byte[] openRegion(long address) {
    return memory.open(address);
  }

  private Fault fault(Fault.Kind kind, int pc, long meter) {
    return place(Fault.of(kind), pc, meter);
  }

  /** Gives back what the rest of the block was charged. */
  private Fault place(Fault fault, int pc, long meter) {
    vm.remaining(meter + compiled.remainderOfBlock(pc));
    return fault.at(pc);
  }

  private long framePointer(int depth) {
    return vm.program().version().manualStackFrameBump() ? r10 : frameBase + (long) depth * stride;
  }

  private void giveRegisters(long[] registers) {
    registers[0] = r0;
    registers[1] = r1;
    registers[2] = r2;
    registers[3] = r3;
    registers[4] = r4;
    registers[5] = r5;
    registers[6] = r6;
    registers[7] = r7;
    registers[8] = r8;
    registers[9] = r9;
  }

  private void takeResults(long[] registers) {
    r0 = registers[0];
    r1 = registers[1];
    r2 = registers[2];
    r3 = registers[3];
    r4 = registers[4];
    r5 = registers[5];
  }
}
