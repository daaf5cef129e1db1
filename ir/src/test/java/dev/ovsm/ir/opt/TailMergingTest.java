package dev.ovsm.ir.opt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.Ir;
import dev.ovsm.ir.text.IrPrinter;
import org.junit.jupiter.api.Test;

/** Ways out that do the same at the same place become one. */
class TailMergingTest {
  /** What is inlined twice is at one place in the source. */
  @Test
  void waysToOneFailureBecomeOne() {
    Module module =
        Ir.module(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = load u64 [%0 + 8]
              call small(%1)
              call small(%2)
              return %2
            }
            fn small(%0: u64) {
            b0:
              %1 = const u64 100
              %2 = lt u64 %0, %1
              branch %2, b1, b2
            b1:
              return
            b2:
              %3 = const u64 0
              syscall sol_log_64_(%0, %1, %3, %3, %3)
              %4 = const u64 7
              fail %4
            }
            """);
    Module optimized = Optimizer.optimize(module, Optimizer.ALL);
    assertThat(IrChecker.check(optimized)).isEmpty();
    assertThat(IrPrinter.print(optimized.functions().get(0)))
        .isEqualTo(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = load u64 [%0 + 8]
              %3 = const u64 100
              %4 = lt u64 %1, %3
              branch %4, b1, b3(%1)
            b1:
              %5 = lt u64 %2, %3
              branch %5, b2, b3(%2)
            b2:
              return %2
            b3(%6: u64):
              %7 = const u64 100
              %8 = const u64 0
              syscall sol_log_64_(%6, %7, %8, %8, %8)
              %9 = const u64 7
              fail %9
            }
            """);
  }

  @Test
  void otherPlacesKeepTheirWays() {
    Rewriting.unchanged(
        new TailMerging(),
        """
        fn f(%0: u64) {
        b0:
          %1 = const u64 100
          %2 = lt u64 %0, %1
          branch %2, b1, b2
        b1:
          %3 = const u64 7
          fail %3
        b2:
          %4 = const u64 7
          fail %4
        }
        """);
  }
}
