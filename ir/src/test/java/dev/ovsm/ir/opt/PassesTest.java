package dev.ovsm.ir.opt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.Ir;
import dev.ovsm.ir.text.IrPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each pass makes of text IR, and what it leaves alone. */
class PassesTest {
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
    unchanged(
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
  void deadCodeGoesAndEffectsStay() {
    pass(
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

  @Test
  void anEqualComputationIsDoneOnce() {
    pass(
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

  @Test
  void straightBlocksJoinAndOnlyValuesReplaceParameters() {
    pass(
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

  @Test
  void aJumpGoesStraightToWhereItsArgumentsLead() {
    pass(
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

  @Test
  void aSlotOfWholePiecesBecomesValues() {
    pass(
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
    unchanged(
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

  @Test
  void aLoadGivesWhatWasStoredUnlessItMayHaveChanged() {
    pass(
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

  @Test
  void invariantsLeaveTheLoop() {
    pass(
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
    unchanged(
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
  void checksThatCannotFailGo() {
    pass(
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

  @Test
  void smallAndOnceCalledFunctionsAreInlinedAndRecursiveOnesAreNot() {
    Module module =
        Ir.module(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = call u64 twice(%1)
              %3 = call u64 twice(%2)
              %4 = call u64 down(%3)
              return %4
            }
            fn twice(%0: u64) -> u64 {
            b0:
              %1 = add u64 %0, %0
              return %1
            }
            fn down(%0: u64) -> u64 {
            b0:
              %1 = const u64 0
              %2 = eq u64 %0, %1
              branch %2, b1, b2
            b1:
              return %0
            b2:
              %3 = const u64 1
              %4 = sub u64 %0, %3
              %5 = call u64 down(%4)
              return %5
            }
            """);
    Module optimized = Optimizer.optimize(module, Optimizer.ALL);
    assertThat(IrChecker.check(optimized)).isEmpty();
    assertThat(optimized.functions())
        .extracting(Function::name)
        .containsExactly("entrypoint", "down");
    assertThat(IrPrinter.print(optimized.functions().get(0)))
        .isEqualTo(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = add u64 %1, %1
              %3 = add u64 %2, %2
              %4 = call u64 down(%3)
              return %4
            }
            """);
  }

  /** What is inlined twice is at one place in the source. */
  @Test
  void waysToOneFailureBecomeOne() {
    Module module =
        Ir.module(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = load u64 [%0 + 8]
              call small(%1)
              call small(%2)
              return %2
            }
            fn small(%0: u64) {
            b0:
              %1 = const u64 100
              %2 = lt u64 %0, %1
              branch %2, b1, b2
            b1:
              return
            b2:
              %3 = const u64 0
              syscall sol_log_64_(%0, %1, %3, %3, %3)
              %4 = const u64 7
              fail %4
            }
            """);
    Module optimized = Optimizer.optimize(module, Optimizer.ALL);
    assertThat(IrChecker.check(optimized)).isEmpty();
    assertThat(IrPrinter.print(optimized.functions().get(0)))
        .isEqualTo(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0]
              %2 = load u64 [%0 + 8]
              %3 = const u64 100
              %4 = lt u64 %1, %3
              branch %4, b1, b3(%1)
            b1:
              %5 = lt u64 %2, %3
              branch %5, b2, b3(%2)
            b2:
              return %2
            b3(%6: u64):
              %7 = const u64 100
              %8 = const u64 0
              syscall sol_log_64_(%6, %7, %8, %8, %8)
              %9 = const u64 7
              fail %9
            }
            """);
  }

  @Test
  void otherPlacesKeepTheirWays() {
    unchanged(
        new TailMerging(),
        """
        fn f(%0: u64) {
        b0:
          %1 = const u64 100
          %2 = lt u64 %0, %1
          branch %2, b1, b2
        b1:
          %3 = const u64 7
          fail %3
        b2:
          %4 = const u64 7
          fail %4
        }
        """);
  }

  private static void simplified(String text, String expected) {
    Module module = Ir.module(text);
    Function function = module.functions().get(0);
    for (Pass pass :
        List.of(new Simplify(module), new ControlFlow(), new Simplify(module), new DeadCode())) {
      function = pass.run(function);
    }
    assertThat(IrPrinter.print(Rebuild.numbered(new ControlFlow().run(function))))
        .isEqualTo(expected);
  }

  private static void pass(Pass pass, String text, String expected) {
    Module module = Ir.module(text);
    Function function = pass.run(module.functions().get(0));
    Module after =
        new Module(
            "", List.of(function), module.data(), List.of(), List.of(), List.of(), List.of());
    assertThat(IrChecker.check(after)).isEmpty();
    assertThat(IrPrinter.print(function)).isEqualTo(expected);
  }

  private static void unchanged(Pass pass, String text) {
    pass(pass, text, text);
  }
}
