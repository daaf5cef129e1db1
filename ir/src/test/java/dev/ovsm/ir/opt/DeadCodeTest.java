package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** What nobody uses goes, what has an effect stays. */
class DeadCodeTest {
  @Test
  void deadCodeGoesAndEffectsStay() {
    Rewriting.pass(
        new DeadCode(),
        """
        fn f(%0: ptr, %1: u64) {
        b0:
          %2 = load u64 [%0]
          %3 = add.wrap u64 %2, %1
          %4 = add u64 %1, %1
          %5 = syscall u64 x(%1)
          jump b1(%3, %1)
        b1(%6: u64, %7: u64):
          %8 = const bool 1
          branch %8, b1(%6, %7), b2
        b2:
          return
        }
        """,
        """
        fn f(%0: ptr, %1: u64) {
        b0:
          %4 = add u64 %1, %1
          syscall x(%1)
          jump b1
        b1:
          %8 = const bool 1
          branch %8, b1, b2
        b2:
          return
        }
        """);
  }
}
