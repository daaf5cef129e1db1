package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** Slots become values where nothing but their pieces is used. */
class ScalarReplacementTest {
  @Test
  void aSlotOfWholePiecesBecomesValues() {
    Rewriting.pass(
        new ScalarReplacement(),
        """
        fn f(%0: u64, %1: bool) -> u64 {
        b0:
          %2 = slot 16 align 8
          zero 16 %2
          branch %1, b1, b2
        b1:
          store u64 [%2 + 8], %0
          jump b2
        b2:
          %3 = load i64 [%2 + 8]
          %4 = convert.wrap u64 %3
          return %4
        }
        """,
        """
        fn f(%0: u64, %1: bool) -> u64 {
        b0:
          %2 = const u64 0
          %3 = const u64 0
          branch %1, b1, b2(%3)
        b1:
          jump b2(%0)
        b2(%4: u64):
          %5 = convert.wrap i64 %4
          %6 = convert.wrap u64 %5
          return %6
        }
        """);
  }

  @Test
  void aSlotStaysWhoseAddressOrBytesAreUsedOtherwise() {
    Rewriting.unchanged(
        new ScalarReplacement(),
        """
        fn f(%0: u64) -> u32 {
        b0:
          %1 = slot 8 align 8
          store u64 [%1], %0
          %2 = load u32 [%1 + 4]
          %3 = slot 8 align 8
          store u64 [%3], %0
          syscall look(%3)
          return %2
        }
        """);
  }
}
