package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** What is known already is not computed again. */
class CommonSubexpressionsTest {
  @Test
  void anEqualComputationIsDoneOnce() {
    Rewriting.pass(
        new CommonSubexpressions(),
        """
        fn f(%0: u64, %1: bool) -> u64 {
        b0:
          %2 = add.wrap u64 %0, %0
          %3 = add u64 %0, %0
          branch %1, b1, b2
        b1:
          %4 = add u64 %0, %0
          %5 = add.wrap u64 %0, %0
          %6 = mul u64 %4, %5
          return %6
        b2:
          %7 = mul u64 %3, %3
          return %7
        }
        """,
        """
        fn f(%0: u64, %1: bool) -> u64 {
        b0:
          %2 = add.wrap u64 %0, %0
          %3 = add u64 %0, %0
          branch %1, b1, b2
        b1:
          %6 = mul u64 %3, %3
          return %6
        b2:
          %7 = mul u64 %3, %3
          return %7
        }
        """);
  }
}
