package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** Blocks that need not be apart are one, and parameters that need not be are values. */
class ControlFlowTest {
  @Test
  void straightBlocksJoinAndOnlyValuesReplaceParameters() {
    Rewriting.pass(
        new ControlFlow(),
        """
        fn f(%0: u64, %1: bool) -> u64 {
        b0:
          jump b1(%0)
        b1(%2: u64):
          branch %1, b2, b3
        b2:
          jump b4(%2)
        b3:
          jump b4(%0)
        b4(%3: u64):
          return %3
        b5:
          jump b4(%0)
        }
        """,
        """
        fn f(%0: u64, %1: bool) -> u64 {
        b0:
          branch %1, b1, b2
        b1:
          jump b3
        b2:
          jump b3
        b3:
          return %0
        }
        """);
  }
}
