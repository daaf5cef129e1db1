package dev.ovsm.tests.bank;

import dev.ovsm.cli.failure.Failures;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.bank.PreparedInstruction;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fails programs in many ways, and looks for one of which something else is told than it logs
 * itself when it is built for debugging.
 */
public final class BlameSearch implements Callable<String> {
  private static final Pubkey ID = Ledger.key(1);

  private static final Instruction INSTRUCTION = new Instruction(ID, List.of(), new byte[0]);

  /** What {@code AnchorError.parse} of Anchor's client looks for. */
  static final Pattern LOGGED =
      Pattern.compile(
          "Program log: AnchorError thrown in (.*):(\\d*)\\. Error Code: (.*)\\."
              + " Error Number: (\\d*)\\. Error Message: (.*)\\.");

  /** Several failures of each kind, so that code is shared between them. */
  private static final String FUNCTIONS =
      """
      (define-error TooSmall 6005 "the amount is too small")
      (define (square (x : u64)) (* x x))
      (define (narrow (x : u64))
        (+ (u8 x)
           (u8 (* x 3))))
      (define (at (i : u64)) (get [1u64 2 3] i))
      (define (some (o : (option u64))) (+ o 1))
      (define (over (x : u64)) (/ 6u64 x))
      (define (least (x : u64))
        (if (< x 3)
          (fail TooSmall))
        (square
          (- x 5)))
      """;

  static final List<String> CODES =
      List.of(
          "(log (square 10000000000))",
          "(do (log (square 3))\n (log (square 10000000000)))",
          "(log (over 0))",
          "(log (narrow 300))",
          "(log (narrow 90))",
          "(log (at 7))",
          "(log (at 1)\n (at 0)\n (at 3))",
          "(log (some null))",
          "(assert (> (at 0) 5))",
          "(do (assert (< (at 0) 5))\n (assert (> (at 1) 5))\n (assert (> (at 2) 5)))",
          "(require (> (at 0) 5) TooSmall)",
          "(if (= (at 0) 1)\n (fail TooSmall))",
          """
          (do (if (= (at 0) 7)
                (fail TooSmall))
              (if (= (at 1) 2)
                (fail TooSmall))
              (if (= (at 2) 7)
                (fail TooSmall)))""",
          "(log (least 1))",
          "(log (least 4))",
          "(log (+ (least 6) (least 7)\n (least 3)))",
          """
          (do (log (try (at 9) (catch e e)))
           (log (try (over 0) (catch e e)))
           (log (over 0)))""");

  @Override
  public String call() {
    return CODES.stream()
        .map(BlameSearch::difference)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** What is told otherwise of a failure at some level and in some version; nothing as a rule. */
  static String difference(String code) {
    Source source = new Source("main.ovsm", FUNCTIONS + code);
    for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
      for (Version version : List.of(Version.V0, Version.V3)) {
        String logged = logged(run(bank(compiled(source, version, level, true))));
        byte[] elf = compiled(source, version, level, false);
        String told = told(bank(elf), elf);
        if (!told.equals(logged)) {
          return "-O"
              + level
              + " "
              + version
              + " tells "
              + told
              + " where "
              + logged
              + " is logged";
        }
      }
    }
    return "";
  }

  private static String told(Bank bank, byte[] elf) {
    TransactionError error = run(bank).error();
    if (error == null) {
      return "no failure";
    }
    Told told = told(bank, elf, error).orElseThrow();
    String where = told.where().orElse("nowhere");
    // The column is not logged.
    String line = where.substring(0, Math.max(0, where.lastIndexOf(':')));
    return line + " " + told.code() + " " + told.text();
  }

  private static Optional<Told> told(Bank bank, byte[] elf, TransactionError error) {
    return bank.blame(
            new PreparedInstruction(INSTRUCTION),
            ComputeLimits.UNITS_PER_INSTRUCTION,
            MemoryMap.DEFAULT_HEAP_BYTES,
            null,
            error)
        .flatMap(blame -> Failures.tell(any -> Optional.of(elf), blame, error));
  }

  private static Bank bank(byte[] elf) {
    Bank bank = new Bank(BankConfig.mainnet());
    bank.addProgram(ID, elf, Simulation.PAYER);
    return bank;
  }

  private static TransactionOutcome run(Bank bank) {
    return bank.invoke(INSTRUCTION, ComputeLimits.UNITS_PER_INSTRUCTION);
  }

  private static String logged(TransactionOutcome outcome) {
    return outcome.logs().stream()
        .map(LOGGED::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(
            line -> line.group(1) + ":" + line.group(2) + " " + line.group(4) + " " + line.group(5))
        .orElseThrow(() -> new IllegalStateException(outcome.logs().toString()));
  }

  private static byte[] compiled(Source source, Version version, int level, boolean debug) {
    Diagnostics found = new Diagnostics();
    return Compilation.of(
            List.of(source), new Compilation.Target(version, level, true, debug), found)
        .elf()
        .orElseThrow(() -> new IllegalStateException(found.list().toString()));
  }
}
