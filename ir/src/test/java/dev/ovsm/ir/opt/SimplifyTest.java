package dev.ovsm.ir.opt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.Ir;
import dev.ovsm.ir.text.IrPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constants are folded, identities used, and dear operations made of cheap ones. */
class SimplifyTest {
  @Test
  void constantsAreFolded() {
    simplified(
        """
        data align 1 "\\x2a\\x00"
        fn f(%0: u64) -> u64 {
        b0:
          %1 = const u64 6
          %2 = const u64 7
          %3 = mul u64 %1, %2
          %4 = data 0
          %5 = load u16 [%4]
          %6 = convert u64 %5
          %7 = eq u64 %3, %6
          branch %7, b1, b2
        b1:
          return %3
        b2:
          return %0
        }
        """,
        """
        fn f(%0: u64) -> u64 {
        b0:
          %1 = const u64 42
          return %1
        }
        """);
  }

  @Test
  void aFailingCheckOfConstantsStays() {
    Rewriting.unchanged(
        new Simplify(Ir.module("fn f() { b0: return }")),
        """
        fn f() -> u8 {
        b0:
          %0 = const u8 200
          %1 = const u8 100
          %2 = add u8 %0, %1
          return %2
        }
        """);
  }

  @Test
  void algebraKnowsItsIdentities() {
    simplified(
        """
        fn f(%0: u64, %1: ptr) -> u64 {
        b0:
          %2 = const u64 0
          %3 = const u64 1
          %4 = const u64 8
          %5 = add u64 %0, %2
          %6 = mul u64 %3, %5
          %7 = sub.wrap u64 %6, %4
          %8 = add.wrap u64 %7, %4
          %9 = rem u64 %8, %4
          %10 = add.wrap ptr %1, %4
          %11 = sub.wrap ptr %10, %3
          %12 = load u64 [%11 + 2]
          %13 = xor.wrap u64 %9, %12
          return %13
        }
        """,
        """
        fn f(%0: u64, %1: ptr) -> u64 {
        b0:
          %2 = const u64 7
          %3 = and.wrap u64 %0, %2
          %4 = load u64 [%1 + 9]
          %5 = xor.wrap u64 %3, %4
          return %5
        }
        """);
  }

  @Test
  void negationsTurnComparisonsAndBranches() {
    simplified(
        """
        fn f(%0: i8, %1: i8) -> u64 {
        b0:
          %2 = lt i8 %0, %1
          %3 = const bool 1
          %4 = xor.wrap bool %2, %3
          %5 = const bool 0
          %6 = eq bool %4, %5
          branch %6, b1, b2
        b1:
          %7 = const u64 1
          return %7
        b2:
          %8 = const u64 2
          return %8
        }
        """,
        """
        fn f(%0: i8, %1: i8) -> u64 {
        b0:
          %2 = lt i8 %0, %1
          branch %2, b1, b2
        b1:
          %3 = const u64 1
          return %3
        b2:
          %4 = const u64 2
          return %4
        }
        """);
  }

  @Test
  void conversionsCollapse() {
    simplified(
        """
        fn f(%0: u8, %1: u64) -> u8 {
        b0:
          %2 = convert u16 %0
          %3 = convert u64 %2
          %4 = convert u8 %3
          %5 = convert.wrap u32 %1
          %6 = convert.wrap u8 %5
          %7 = and.wrap u8 %4, %6
          return %7
        }
        """,
        """
        fn f(%0: u8, %1: u64) -> u8 {
        b0:
          %2 = convert.wrap u8 %1
          %3 = and.wrap u8 %0, %2
          return %3
        }
        """);
  }

  @Test
  void divisionsAndProductsByPowersOfTwoAreShiftsAndMasks() {
    simplified(
        """
        fn f(%0: u64, %1: i64) -> u64 {
        b0:
          %2 = const u64 8
          %3 = div u64 %0, %2
          %4 = mul.wrap u64 %3, %2
          %5 = rem u64 %4, %2
          %6 = mul u64 %5, %2
          %7 = const i64 8
          %8 = div i64 %1, %7
          %9 = convert.wrap u64 %8
          %10 = xor.wrap u64 %6, %9
          return %10
        }
        """,
        """
        fn f(%0: u64, %1: i64) -> u64 {
        b0:
          %2 = const u64 8
          %3 = const u64 3
          %4 = shr.wrap u64 %0, %3
          %5 = const u64 3
          %6 = shl.wrap u64 %4, %5
          %7 = const u64 7
          %8 = and.wrap u64 %6, %7
          %9 = mul u64 %8, %2
          %10 = const i64 8
          %11 = div i64 %1, %10
          %12 = convert.wrap u64 %11
          %13 = xor.wrap u64 %9, %12
          return %13
        }
        """);
  }

  private static void simplified(String text, String expected) {
    Module module = Ir.module(text);
    Function function = module.functions().get(0);
    Pass simplify = new Simplify(module);
    for (Pass pass :
        List.of(simplify, new ControlFlow(), simplify, new DeadCode(), new ControlFlow())) {
      function = Rewriting.checked(pass.run(function), module);
    }
    assertThat(IrPrinter.print(Rebuild.numbered(function))).isEqualTo(expected);
  }
}
