package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** What is the same in every turn is done before the first, if that cannot be seen. */
class LoopInvariantsTest {
  @Test
  void invariantsLeaveTheLoop() {
    Rewriting.pass(
        new LoopInvariants(),
        """
        fn f(%0: ptr, %1: u64) -> u64 {
        b0:
          %2 = const u64 0
          jump b1(%2)
        b1(%3: u64):
          %4 = load u64 [%0]
          %5 = lt u64 %3, %4
          branch %5, b2, b3
        b2:
          %6 = mul.wrap u64 %1, %1
          %7 = add u64 %3, %6
          jump b1(%7)
        b3:
          return %3
        }
        """,
        """
        fn f(%0: ptr, %1: u64) -> u64 {
        b0:
          %2 = const u64 0
          %4 = load u64 [%0]
          %6 = mul.wrap u64 %1, %1
          jump b1(%2)
        b1(%3: u64):
          %5 = lt u64 %3, %4
          branch %5, b2, b3
        b2:
          %7 = add u64 %3, %6
          jump b1(%7)
        b3:
          return %3
        }
        """);
  }

  @Test
  void aCheckedOrWrittenLoopKeepsItsOrder() {
    Rewriting.unchanged(
        new LoopInvariants(),
        """
        fn f(%0: ptr, %1: u64) -> u64 {
        b0:
          %2 = const u64 0
          jump b1(%2)
        b1(%3: u64):
          %4 = load u64 [%0]
          %5 = lt u64 %3, %4
          branch %5, b2, b3
        b2:
          %6 = mul u64 %1, %1
          store u64 [%0 + 8], %6
          %7 = add u64 %3, %6
          jump b1(%7)
        b3:
          return %3
        }
        """);
  }
}
