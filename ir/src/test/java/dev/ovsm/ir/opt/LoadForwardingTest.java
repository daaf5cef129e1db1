package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** Loads give what is known to be in memory. */
class LoadForwardingTest {
  @Test
  void aLoadGivesWhatWasStoredUnlessItMayHaveChanged() {
    Rewriting.pass(
        new LoadForwarding(),
        """
        fn f(%0: ptr, %1: ptr, %2: u64) -> u64 {
        b0:
          store u64 [%0], %2
          %3 = load u64 [%0]
          store u64 [%0 + 8], %3
          %4 = load u64 [%0]
          store u64 [%1], %4
          %5 = load u64 [%0]
          %6 = slot 8 align 8
          store u64 [%6], %5
          syscall x(%0)
          %7 = load u64 [%6]
          %8 = load u64 [%0]
          %9 = xor.wrap u64 %7, %8
          return %9
        }
        """,
        """
        fn f(%0: ptr, %1: ptr, %2: u64) -> u64 {
        b0:
          store u64 [%0], %2
          store u64 [%0 + 8], %2
          store u64 [%1], %2
          %5 = load u64 [%0]
          %6 = slot 8 align 8
          store u64 [%6], %5
          syscall x(%0)
          %8 = load u64 [%0]
          %9 = xor.wrap u64 %5, %8
          return %9
        }
        """);
  }
}
