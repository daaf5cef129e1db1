package dev.ovsm.tests.realvm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One program and the runs of it; no run sees what another one left. */
public record RunRequest(
    Program program,
    Features features,
    List<Program> programs,
    List<String> standard,
    List<Account> accounts,
    @Nullable Clock clock,
    List<Run> runs) {

  /** Runs of a program with mainnet's features and nothing else on the machine. */
  public static RunRequest of(Program program, List<Run> runs) {
    return new RunRequest(
        program, Features.MAINNET, List.of(), List.of(), List.of(), null, List.copyOf(runs));
  }

  /** The same request under another feature set. */
  public RunRequest with(Features set) {
    return new RunRequest(program, set, programs, standard, accounts, clock, runs);
  }

  /** The same request at another time. */
  public RunRequest with(Clock time) {
    return new RunRequest(program, features, programs, standard, accounts, time, runs);
  }

  /** The same request with more programs: some given, some standard ones by name. */
  public RunRequest with(List<Program> more, List<String> standardNames) {
    return new RunRequest(program, features, more, standardNames, accounts, clock, runs);
  }

  /**
   * One run. Null numbers are the oracle's defaults: 1,400,000 compute units and 32,768 bytes of
   * heap.
   */
  public record Run(
      byte[] data,
      List<AccountUse> accounts,
      @Nullable Long computeUnits,
      @Nullable Integer heap,
      boolean accountsAfter) {

    /** A run over instruction data alone. */
    public static Run of(byte[] data) {
      return new Run(data, List.of(), null, null, false);
    }

    /** A run over accounts whose state afterwards is of interest. */
    public static Run of(byte[] data, List<AccountUse> accounts) {
      return new Run(data, List.copyOf(accounts), null, null, true);
    }

    /** The same run with another compute unit limit. */
    public Run withBudget(long units) {
      return new Run(data, accounts, units, heap, accountsAfter);
    }

    /** The same run with another heap size, in bytes. */
    public Run withHeap(int bytes) {
      return new Run(data, accounts, computeUnits, bytes, accountsAfter);
    }
  }
}
