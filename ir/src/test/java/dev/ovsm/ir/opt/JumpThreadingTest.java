package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** Jumps go straight to where their arguments lead. */
class JumpThreadingTest {
  @Test
  void aJumpGoesStraightToWhereItsArgumentsLead() {
    Rewriting.pass(
        new JumpThreading(),
        """
        fn and(%0: bool, %1: bool) -> u64 {
        b0:
          %2 = const bool 0
          branch %0, b1, b2(%2)
        b1:
          jump b2(%1)
        b2(%3: bool):
          branch %3, b3, b4
        b3:
          %4 = const u64 1
          return %4
        b4:
          %5 = const u64 0
          return %5
        }
        """,
        """
        fn and(%0: bool, %1: bool) -> u64 {
        b0:
          %2 = const bool 0
          branch %0, b1(%1), b3
        b1(%3: bool):
          branch %3, b2, b3
        b2:
          %4 = const u64 1
          return %4
        b3:
          %5 = const u64 0
          return %5
        }
        """);
  }
}
