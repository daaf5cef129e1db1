package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.transaction.InstructionError;
import dev.ovsm.runtime.vm.Buffers;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Piece;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;

/** Runs a loaded program on one instruction: in through the input region, out through it again. */
final class Execution {
  private static final int HEAP_PAGE = 32 * 1024;
  private static final int UNITS_PER_HEAP_PAGE = 8;

  private final Executable executable;
  private final InstructionContext instruction;
  private final TransactionContext transaction;
  private Input input;

  private Execution(Executable executable, InstructionContext instruction, Input input) {
    this.executable = executable;
    this.instruction = instruction;
    this.transaction = instruction.transaction();
    this.input = input;
  }

  static void run(Executable executable, InstructionContext instruction) {
    InputLayout layout =
        instruction.programAccount().owner().equals(ProgramIds.LOADER_V1)
            ? InputLayout.UNALIGNED
            : InputLayout.ALIGNED;
    Input input = InputWriter.write(instruction, layout);
    instruction.places(input.places(), layout == InputLayout.ALIGNED);
    new Execution(executable, instruction, input).run(layout);
  }

  private void run(InputLayout layout) {
    long budget = transaction.remaining();
    int heapPages = (transaction.heapBytes() + HEAP_PAGE - 1) / HEAP_PAGE;
    charge(Math.max(0, heapPages - 1L) * UNITS_PER_HEAP_PAGE);
    long started = transaction.remaining();
    Memory memory = memory();
    Outcome outcome = execute(memory);
    giveBack(memory);
    transaction.remaining(outcome.remaining());
    LogCollector log = transaction.log();
    log.consumed(instruction.program(), started - outcome.remaining(), budget);
    if (transaction.returnData().length > 0) {
      log.returned(instruction.program(), transaction.returnData());
    }
    Fault fault = outcome.fault();
    if (fault != null) {
      throw failure(fault);
    }
    if (outcome.r0() != 0) {
      throw new InstructionFailure(InstructionError.ofStatus(outcome.r0()));
    }
    transaction.environment().hook().exiting(instruction);
    InputReader.apply(instruction, layout, input);
    memory.clearInput();
    input.clear(layout);
    transaction.environment().buffers().give(input.bytes());
  }

  private void charge(long units) {
    try {
      transaction.consume(units);
    } catch (InstructionFailure e) {
      transaction.log().add("Failed to create SBF VM: " + e.text());
      throw new InstructionFailure(InstructionError.Kind.PROGRAM_ENVIRONMENT_SETUP_FAILURE);
    }
  }

  private Memory memory() {
    Buffers buffers = transaction.environment().buffers();
    return new Memory(
        executable,
        new Piece(MemoryMap.HEAP, buffers.take(transaction.heapBytes()), true),
        buffers.take(MemoryMap.STACK_BYTES),
        new Piece(MemoryMap.INPUT, input.bytes(), true));
  }

  /** Gives back all but the input, as clear as it was taken. */
  private void giveBack(Memory memory) {
    Buffers buffers = transaction.environment().buffers();
    memory.clearStack();
    buffers.give(memory.stack());
    memory.clearHeap();
    buffers.give(memory.heap());
  }

  private Outcome execute(Memory memory) {
    Environment environment = transaction.environment();
    Vm vm = new Vm(executable, memory, transaction.remaining(), instruction);
    if (environment.features().instructionDataInR2()) {
      vm.registers()[2] = input.dataAddress();
    }
    Outcome outcome = environment.engine().execute(vm);
    while (outcome.fault() != null && outcome.fault().error() instanceof Restart restart) {
      vm = restarted(vm, restart, outcome.remaining());
      outcome = environment.engine().execute(vm);
    }
    return outcome;
  }

  private Vm restarted(Vm before, Restart restart, long remaining) {
    Memory memory = before.memory();
    memory.clearStack();
    memory.unmap(MemoryMap.INPUT);
    input = input.redirected(restart.discriminator());
    memory.map(new Piece(MemoryMap.INPUT, input.bytes(), true));
    Vm vm = new Vm(executable, memory, remaining, instruction);
    vm.heapTop(before.heapTop());
    vm.registers()[2] = restart.context();
    return vm;
  }

  /** A fault of the machine itself costs all that is left; one in a system call does not. */
  private InstructionFailure failure(Fault fault) {
    if (fault.error() != null) {
      return SyscallFailure.failure(fault.error());
    }
    if (fault.violation() == null || !isAtCall(executable.program(), fault.pc())) {
      transaction.remaining(0);
    }
    return InstructionFailure.incomplete(fault.text());
  }

  /** Whether a slot holds a call: if memory was refused there, then to a system call. */
  private static boolean isAtCall(Program program, long pc) {
    return (program.text()[(int) pc * Slot.BYTES] & 0xff) == Opcode.CALL.code(program.version());
  }
}
