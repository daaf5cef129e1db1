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

  @Test
  void ofManyInvariantsThoseBeyondTheRoomOfAFrameStay() {
    Rewriting.pass(new LoopInvariants(), products(0), products(32));
  }

  /** A loop that stores 40 products that never change, of which some are computed before it. */
  private static String products(int before) {
    StringBuilder text = new StringBuilder("fn f(%0: ptr, %1: u64) -> u64 {\nb0:\n");
    text.append("  %2 = const u64 0\n");
    for (int i = 0; i < before; i++) {
      text.append(product(i));
    }
    text.append("  jump b1(%2)\nb1(%3: u64):\n");
    for (int i = 0; i < 40; i++) {
      text.append(i < before ? "" : product(i));
      text.append("  store u64 [%0], %").append(10 + i).append('\n');
    }
    return text.append("  %4 = load u64 [%0]\n  jump b1(%4)\n}\n").toString();
  }

  private static String product(int number) {
    return "  %" + (10 + number) + " = mul.wrap u64 %1, %1\n";
  }
}
