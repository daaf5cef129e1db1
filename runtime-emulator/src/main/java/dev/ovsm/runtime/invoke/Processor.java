package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Executable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executes instructions, at the top level and where a program calls another. */
public final class Processor {
  private Processor() {}

  /**
   * Runs an instruction to its end; throws {@link InstructionFailure} if it fails, whatever it
   * changed by then.
   */
  public static void process(InstructionContext instruction) {
    process(instruction, Processor::call);
  }

  /** Like {@link #process(InstructionContext)} with something else than the program to run. */
  public static void process(InstructionContext instruction, Consumer<InstructionContext> body) {
    TransactionContext transaction = instruction.transaction();
    requireNoReentrancy(instruction);
    transaction.push(instruction);
    InstructionFailure failure = null;
    try {
      body.accept(instruction);
    } catch (InstructionFailure e) {
      failure = e;
    }
    // the frame ends in any case, but the program's own failure is the one to report
    try {
      transaction.pop();
    } catch (InstructionFailure e) {
      failure = failure == null ? e : failure;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void requireNoReentrancy(InstructionContext instruction) {
    InstructionContext caller = instruction.parent();
    if (caller == null || caller.program().equals(instruction.program())) {
      return;
    }
    for (InstructionContext frame = caller.parent(); frame != null; frame = frame.parent()) {
      if (frame.program().equals(instruction.program())) {
        throw new InstructionFailure(Kind.REENTRANCY_NOT_ALLOWED);
      }
    }
  }

  private static void call(InstructionContext instruction) {
    TransactionContext transaction = instruction.transaction();
    Pubkey program = instruction.program();
    Pubkey owner = instruction.programAccount().owner();
    Builtin builtin = null;
    if (owner.equals(ProgramIds.NATIVE_LOADER)) {
      builtin = transaction.environment().builtin(program);
      if (builtin == null) {
        throw new InstructionFailure(Kind.UNSUPPORTED_PROGRAM_ID);
      }
    } else if (!ProgramIds.isLoader(owner)) {
      throw new InstructionFailure(Kind.UNSUPPORTED_PROGRAM_ID);
    }
    transaction.clearReturnData(program);
    LogCollector log = transaction.log();
    log.invoke(program, instruction.height());
    try {
      if (instruction.parent() != null) {
        transaction.environment().hook().invoking(instruction);
      }
      if (builtin == null) {
        Execution.run(executable(instruction), instruction);
      } else {
        transaction.consume(builtin.units());
        builtin.process(instruction);
      }
    } catch (InstructionFailure e) {
      log.failure(program, e.text());
      throw e;
    }
    log.success(program);
  }

  private static Executable executable(InstructionContext instruction) {
    TransactionContext transaction = instruction.transaction();
    @Nullable ProgramEntry entry = transaction.program(instruction.program());
    if (entry == null) {
      transaction.log().add("Program is not cached");
      throw new InstructionFailure(Kind.UNSUPPORTED_PROGRAM_ID);
    }
    Executable executable = entry.at(transaction.environment().sysvars().clock().slot());
    if (executable == null) {
      transaction.log().add("Program is not deployed");
      throw new InstructionFailure(Kind.UNSUPPORTED_PROGRAM_ID);
    }
    return executable;
  }
}
