package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A program that is built for debugging says where it fails, in the line that Anchor's clients
 * read, and fails with the same number as one that is not.
 */
@ComparedWithRealVm(minimum = 100)
class DebugBuildTest {
  private static final int FIRST_KEY = 100;

  private static final String FUNCTIONS =
      """
      (define-error TooSmall 6005 "the amount is too small")
      (define (square (x : u64)) (* x x))
      (define (narrow (x : u64)) (u8 x))
      (define (at (i : u64)) (get [1u64 2 3] i))
      (define (some (o : (option u64))) (+ o 1))
      (define (over (x : u64)) (/ 6u64 x))
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(log (square 10000000000)) | 2 | Overflow | 5000 | arithmetic overflow",
        "(log (over 0)) | 6 | DivisionByZero | 5001 | division by zero",
        "(log (narrow 300)) | 3 | Narrowing | 5002 | value does not fit the narrower type",
        "(log (at 7)) | 4 | OutOfBounds | 5003 | index out of bounds",
        "(log (some null)) | 5 | Null | 5004 | null used as a value",
        "(assert (> (at 0) 5)) | 7 | Assertion | 5011 | an assertion does not hold",
        "(require (> (at 0) 5) TooSmall) | 7 | TooSmall | 6005 | the amount is too small",
        "(if (= (at 0) 1) (fail TooSmall)) | 7 | TooSmall | 6005 | the amount is too small",
        "(require (> (at 0) 5) 77) | 7 | Custom | 6077 | Custom",
        "(do (log (try (at 9) (catch e e))) (fail 9)) | 7 | Custom | 9 | Custom",
      })
  void saysWhere(
      String code,
      String line,
      String name,
      String number,
      String text,
      RealVm vm,
      Comparisons comparisons) {
    Ledger ledger = new Ledger(vm, Simulation.PAYER);
    Source source = new Source("src/main.ovsm", FUNCTIONS + code);
    List<Pubkey> silent = new ArrayList<>();
    List<Pubkey> telling = new ArrayList<>();
    for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
      for (Version version : List.of(Version.V0, Version.V3)) {
        for (boolean debug : List.of(true, false)) {
          Pubkey id = Ledger.key(FIRST_KEY + silent.size() + telling.size());
          ledger.program(id, compiled(source, version, level, debug), Loader.UPGRADEABLE);
          (debug ? telling : silent).add(id);
        }
      }
    }
    String failed = "failed: custom program error: 0x%x".formatted(Long.parseLong(number));
    for (Pubkey id : silent) {
      ledger.send(code, new Instruction(id, List.of(), new byte[0]));
      assertThat(ledger.lastLog()).endsWith(failed).doesNotContain("AnchorError");
    }
    for (Pubkey id : telling) {
      ledger.send(code + ", debugged", new Instruction(id, List.of(), new byte[0]));
      assertThat(ledger.lastLog()).endsWith(failed);
      assertThat(ledger.lastLog().lines().map(BlameSearch.LOGGED::matcher).filter(Matcher::matches))
          .singleElement()
          .satisfies(
              found ->
                  assertThat(IntStream.rangeClosed(1, 5).mapToObj(found::group))
                      .containsExactly("src/main.ovsm", line, name, number, text));
    }
    ledger.compare(comparisons);
  }

  private static byte[] compiled(Source source, Version version, int level, boolean debug) {
    Diagnostics found = new Diagnostics();
    return Compilation.of(
            List.of(source), new Compilation.Target(version, level, true, debug), found)
        .elf()
        .orElseThrow(() -> new AssertionError(found.list().toString()));
  }
}
