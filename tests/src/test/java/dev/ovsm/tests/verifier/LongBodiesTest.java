package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Finding;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loops of few rounds and long bodies: that a counter stays below its limit is seen past hundreds
 * of other branches, and what the bodies use fits into the frame.
 */
class LongBodiesTest {
  private static final int STATEMENTS = 700;

  /** A kind of body; {@code x} stays, {@code y} changes, {@code k} counts to five. */
  enum Body {
    BRANCHES_ON_ONE_VALUE(i -> "(if (> x " + 3 * i + ") (set! y (+ y 3)) (set! y (- y 1)))"),
    BRANCHES_ON_A_CHANGING_VALUE(i -> "(when (> y " + 11 * i + ") (set! y (- y " + i + ")))"),
    CHECKED_SUMS(i -> "(set! y (+ y (* x " + (i + 3) + ")))"),
    CHECKS_OF_ONE_VALUE(
        i -> "(assert (!= x " + (7 * i + 11) + ") " + (i + 1) + ") (set! y (wrapping-mul y x))"),
    CHECKS_OF_SUMS_WITH_THE_COUNTER(
        i -> "(when (= (+ x k) " + (7 * i + 11) + ") (fail " + (i + 1) + "))"),
    INVARIANT_OPERANDS(i -> "(set! y (wrapping-mul y (wrapping-add x " + i + ")))"),
    LOGS(i -> i % 10 > 0 ? "(set! y (wrapping-mul y x))" : "(when (= y " + i + ") (log y k))"),
    LOCAL_ARRAYS(i -> "(let ((a [x " + i + "u64 y])) (set! y (wrapping-add y (get a (mod y 3)))))");

    private final IntFunction<String> statement;

    Body(IntFunction<String> statement) {
      this.statement = statement;
    }

    /** The program, with the test first, last or in the middle of the body. */
    String text(int before) {
      return """
      (define x (mem-load (instruction-data-ptr) 0))
      (define y (mem-load (instruction-data-ptr) 8))
      (define k 0)
      (while true
      %s
      (when (>= k 5) (break))
      %s
      (set! k (+ k 1)))
      (return y)
      """
          .formatted(statements(0, before), statements(before, STATEMENTS));
    }

    private String statements(int from, int to) {
      return IntStream.range(from, to).mapToObj(statement).collect(Collectors.joining("\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void areBounded(Body body) {
    for (int before : new int[] {0, STATEMENTS / 2, STATEMENTS}) {
      check(body, before, new Compilation.Target(Version.V0, Optimizer.ALL, false));
      check(body, before, new Compilation.Target(Version.V3, Optimizer.NONE, false));
    }
  }

  private static void check(Body body, int before, Compilation.Target target) {
    Diagnostics found = new Diagnostics();
    Source source = new Source(body.name(), body.text(before));
    Compilation made = Compilation.of(List.of(source), target, found);
    assertThat(found.list()).isEmpty();
    Built built = Built.of(made);
    assertThat(built.report().findings())
        .as("%s, %d before the test, %s, on IR", body, before, target)
        .allMatch(LongBodiesTest::passes);
    assertThat(built.findings())
        .as("%s, %d before the test, %s, on code", body, before, target)
        .isNotEmpty()
        .allMatch(LongBodiesTest::passes);
  }

  private static boolean passes(Finding finding) {
    return finding.verdict().passes();
  }
}
