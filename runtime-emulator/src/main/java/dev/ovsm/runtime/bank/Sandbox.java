package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.invoke.Privileges;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs programs on an input region as it is, outside any transaction: there are no accounts, other
 * programs cannot be called, and nothing is kept.
 */
public final class Sandbox {
  private Sandbox() {}

  /** How a program ended, and its log lines. */
  public record Result(Outcome outcome, List<String> logs) {}

  /** The hashes of the system calls that programs may name; some cannot be called here. */
  public static Set<Integer> registered() {
    return SolanaSyscalls.handlers(Features.MAINNET).keySet();
  }

  /** The system calls that are there. */
  public static SyscallTable syscalls() {
    SortedMap<Integer, SyscallHandler> handlers =
        new TreeMap<>(SolanaSyscalls.handlers(Features.MAINNET));
    handlers.remove(Syscall.SOL_INVOKE_SIGNED_C.hash());
    handlers.remove(Syscall.SOL_INVOKE_SIGNED_RUST.hash());
    return new SyscallTable(handlers);
  }

  /**
   * What made a program fail that returns an error or faults, found by running it once more; empty
   * if it does neither.
   */
  public static Optional<Blame> blame(Program program, byte[] input, long budget) {
    Inquest inquest = new Inquest();
    run(program, input, budget, inquest);
    return inquest.blame();
  }

  /**
   * Runs a program with r1 at the input and r2 at 0.
   *
   * @param input the input region, which the program may write
   * @param budget compute units, at least 0
   */
  public static Result run(Program program, byte[] input, long budget, Engine engine) {
    LogCollector log = LogCollector.limitedTo(LogCollector.DEFAULT_LIMIT);
    Bank bank = new Bank(BankConfig.mainnet().withEngine(engine));
    Account account = new Account(1, new byte[0], ProgramIds.LOADER_V3, true, Account.EXEMPT_EPOCH);
    TransactionContext transaction =
        new TransactionContext(
            bank.environment(),
            new Pubkey[] {ProgramIds.SYSTEM},
            new Account[] {account},
            budget,
            MemoryMap.DEFAULT_HEAP_BYTES,
            log,
            null);
    InstructionContext instruction =
        InstructionContext.of(
            transaction, 0, new int[0], Privileges.of(new boolean[0], new boolean[0]), new byte[0]);
    Executable executable = new Executable(program, syscalls());
    Memory memory = new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, input);
    Outcome outcome = engine.execute(new Vm(executable, memory, budget, instruction));
    return new Result(outcome, log.lines());
  }
}
