package dev.ovsm.ir.opt;

import org.junit.jupiter.api.Test;

/** Checks that cannot fail go, the others stay. */
class CheckRemovalTest {
  @Test
  void checksThatCannotFailGo() {
    Rewriting.pass(
        new CheckRemoval(),
        """
        fn f(%0: u64, %1: u64, %2: u8) -> u64 {
        b0:
          %3 = const u64 0
          jump b1(%3)
        b1(%4: u64):
          %5 = lt u64 %4, %0
          branch %5, b2, b3
        b2:
          %6 = const u64 1
          %7 = add u64 %4, %6
          jump b1(%7)
        b3:
          %8 = ge u64 %0, %1
          branch %8, b4, b5
        b4:
          %9 = sub u64 %0, %1
          return %9
        b5:
          %10 = sub u64 %0, %1
          %11 = convert u64 %2
          %12 = add u64 %11, %11
          %13 = convert u16 %12
          %14 = convert.exact u64 %13
          %15 = convert i64 %14
          %16 = const i64 7
          %17 = div i64 %15, %16
          %18 = convert u64 %17
          return %18
        }
        """,
        """
        fn f(%0: u64, %1: u64, %2: u8) -> u64 {
        b0:
          %3 = const u64 0
          jump b1(%3)
        b1(%4: u64):
          %5 = lt u64 %4, %0
          branch %5, b2, b3
        b2:
          %6 = const u64 1
          %7 = add.exact u64 %4, %6
          jump b1(%7)
        b3:
          %8 = ge u64 %0, %1
          branch %8, b4, b5
        b4:
          %9 = sub.exact u64 %0, %1
          return %9
        b5:
          %10 = sub u64 %0, %1
          %11 = convert.exact u64 %2
          %12 = add.exact u64 %11, %11
          %13 = convert.exact u16 %12
          %14 = convert.exact u64 %13
          %15 = convert.exact i64 %14
          %16 = const i64 7
          %20 = convert.exact u64 %15
          %21 = convert.exact u64 %16
          %19 = div.exact u64 %20, %21
          %17 = convert.exact i64 %19
          %18 = convert.exact u64 %17
          return %18
        }
        """);
  }

  /** The counter is below a bound that is at most the bytes that there are. */
  @Test
  void aBoundThatAnotherOneKeepsIsNotCompared() {
    Rewriting.pass(
        new CheckRemoval(),
        """
        fn f(%0: ptr) -> u64 {
        b0:
          %1 = const u64 0
          %2 = const u64 12
          %3 = const u64 16
          jump b1(%1)
        b1(%4: u64):
          %5 = lt u64 %4, %2
          branch %5, b2, b4
        b2:
          %6 = lt u64 %4, %3
          branch %6, b3, b4
        b3:
          %7 = const u64 1
          %8 = add u64 %4, %7
          jump b1(%8)
        b4:
          return %4
        }
        """,
        """
        fn f(%0: ptr) -> u64 {
        b0:
          %1 = const u64 0
          %2 = const u64 12
          %3 = const u64 16
          jump b1(%1)
        b1(%4: u64):
          %5 = lt u64 %4, %2
          branch %5, b2, b4
        b2:
          %6 = const bool 1
          branch %6, b3, b4
        b3:
          %7 = const u64 1
          %8 = add.exact u64 %4, %7
          jump b1(%8)
        b4:
          return %4
        }
        """);
  }
}
