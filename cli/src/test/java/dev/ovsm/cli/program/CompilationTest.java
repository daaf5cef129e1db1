package dev.ovsm.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What estimates leave open, the machine code decides. */
class CompilationTest {
  /** Calls of these nest 65 deep as they are written, and 62 once the smallest are inlined. */
  private static final int FUNCTIONS = 62;

  private static final Source DEEP = new Source("deep", deep());

  @Test
  void callsThatMayBeTooDeepAreNotWhereTheyAreInlined() {
    Diagnostics found = new Diagnostics();
    assertThat(compiled(Optimizer.ALL, found).elf()).isPresent();
    assertThat(found.list()).isEmpty();
  }

  @Test
  void callsThatAreTooDeepInTheCodeAreRefused() {
    Diagnostics found = new Diagnostics();
    Compilation made = compiled(Optimizer.NONE, found);
    assertThat(made.outcome()).isEqualTo(Compilation.Outcome.UNSAFE);
    assertThat(found.list()).hasSize(1);
    assertThat(found.list().get(0).code()).isEqualTo(VerifierCode.DEEP_CALLS);
    assertThat(found.list().get(0).primary()).isNotNull();
  }

  private static Compilation compiled(int level, Diagnostics found) {
    Compilation.Target target = new Compilation.Target(Version.V0, level, true);
    return Compilation.of(List.of(DEEP), target, found);
  }

  private static String deep() {
    String mix = "(for (i (range 0 10)) (set! x (wrapping-add x (wrapping-mul x i))))";
    StringBuilder text = new StringBuilder();
    text.append("(defun f0 ((x : u64)) -> u64 (if (> x 5) (return 3))")
        .append(" (log :message \"leaf\" :x x) ")
        .append(mix)
        .append(" x)\n");
    for (int i = 1; i < FUNCTIONS; i++) {
      String next = "(f" + (i - 1) + " (wrapping-";
      text.append("(defun f").append(i).append(" ((x : u64)) -> u64");
      text.append(" (if (= x ").append(i).append(") (return ").append(next).append("mul x 7)))) ");
      text.append(mix).append(" (log :message \"m").append(i).append("\" :x x)");
      text.append(" (wrapping-add ").append(next).append("add x 1)) ");
      text.append(next).append("add x 2))))\n");
    }
    return text.append("(define-program main (lambda ((a : u64)) (log :r (f")
        .append(FUNCTIONS - 1)
        .append(" a)) 0))\n")
        .toString();
  }
}
