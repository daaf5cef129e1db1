package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The place and the meaning that are found for the failure of a program are those that the same
 * program logs when it is built for debugging, at every level and in every version.
 */
class BlameTest {
  private static final Pubkey ID = Ledger.key(1);

  private static final Instruction INSTRUCTION = new Instruction(ID, List.of(), new byte[0]);

  private static final Pattern LOGGED =
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

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "(log (least 1))",
        "(log (least 4))",
        "(log (+ (least 6) (least 7)\n (least 3)))",
        "(do (log (try (at 9) (catch e e)))\n (log (try (over 0) (catch e e)))\n (log (over 0)))",
      })
  void isWhatADebugBuildLogs(String code) {
    Source source = new Source("main.ovsm", FUNCTIONS + code);
    for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
      for (Version version : List.of(Version.V0, Version.V3)) {
        Matcher logged = logged(run(bank(compiled(source, version, level, true))));
        byte[] elf = compiled(source, version, level, false);
        Bank bank = bank(elf);
        TransactionError error = run(bank).error();
        assertThat(error).isNotNull();
        Told told = told(bank, elf, error).orElseThrow();
        assertThat(told.where())
            .as("-O%d %s: %s", level, version, told)
            .hasValueSatisfying(
                where ->
                    assertThat(where).startsWith(logged.group(1) + ":" + logged.group(2) + ":"));
        assertThat(told.code()).isEqualTo(Long.parseLong(logged.group(4)));
        assertThat(told.text()).isEqualTo(logged.group(5));
      }
    }
  }

  private static Optional<Told> told(Bank bank, byte[] elf, TransactionError error) {
    return bank.blame(
            new PreparedInstruction(INSTRUCTION),
            ComputeLimits.UNITS_PER_INSTRUCTION,
            MemoryMap.DEFAULT_HEAP_BYTES,
            null,
            error)
        .flatMap(blame -> Failures.tell(Map.of(ID, elf), blame, error));
  }

  private static Bank bank(byte[] elf) {
    Bank bank = new Bank(BankConfig.mainnet());
    bank.addProgram(ID, elf, Simulation.PAYER);
    return bank;
  }

  private static TransactionOutcome run(Bank bank) {
    return bank.invoke(INSTRUCTION, ComputeLimits.UNITS_PER_INSTRUCTION);
  }

  private static Matcher logged(TransactionOutcome outcome) {
    return outcome.logs().stream()
        .map(LOGGED::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .orElseThrow(() -> new AssertionError(outcome.logs().toString()));
  }

  private static byte[] compiled(Source source, Version version, int level, boolean debug) {
    Diagnostics found = new Diagnostics();
    return Compilation.of(
            List.of(source), new Compilation.Target(version, level, true, debug), found)
        .elf()
        .orElseThrow(() -> new AssertionError(found.list().toString()));
  }
}
