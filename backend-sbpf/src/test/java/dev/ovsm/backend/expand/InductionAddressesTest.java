package dev.ovsm.backend.expand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.IrParser;
import dev.ovsm.ir.text.IrPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses of a loop go on by a constant. */
class InductionAddressesTest {
  private static final String LOOP =
      """
      fn f(%0: ptr, %1: u32) -> u64 {
      b0:
        %2 = const u32 3
        %3 = const u64 0
        jump b1(%2, %3)
      b1(%4: u32, %5: u64):
        %6 = lt u32 %4, %1
        branch %6, b2, b3
      b2:
        %7 = convert.exact u64 %4
        %8 = const u64 4
        %9 = mul.wrap u64 %7, %8
        %10 = add.wrap ptr %0, %9
        %11 = load u64 [%10 + 96]
        %12 = const u32 2
        %13 = add u32 %4, %12
        jump b1(%13, %11)
      b3:
        return %5
      }
      """;

  @Test
  void aSumOfAnAddressAndTheCounterBecomesAParameter() {
    assertThat(reduced(LOOP))
        .isEqualTo(
            """
            fn f(%0: ptr, %1: u32) -> u64 {
            b0:
              %2 = const u32 3
              %3 = const u64 0
              %15 = const u64 12
              %16 = add.wrap ptr %0, %15
              jump b1(%2, %3, %16)
            b1(%4: u32, %5: u64, %14: ptr):
              %6 = lt u32 %4, %1
              branch %6, b2, b3
            b2:
              %8 = const u64 4
              %11 = load u64 [%14 + 96]
              %12 = const u32 2
              %13 = add u32 %4, %12
              %17 = const u64 8
              %18 = add.wrap ptr %14, %17
              jump b1(%13, %11, %18)
            b3:
              return %5
            }
            """);
  }

  @Test
  void aDistanceInTheLoopIsGoneOnce() {
    String text =
        LOOP.replace(
            "%10 = add.wrap ptr %0, %9",
            "%20 = const u64 50\n  %21 = add.wrap ptr %0, %20\n  %10 = add.wrap ptr %21, %9");
    assertThat(reduced(text)).contains("const u64 62").doesNotContain("%21");
  }

  @Test
  void aCounterFromElsewhereIsScaledInFront() {
    String text = LOOP.replace("jump b1(%2, %3)", "jump b1(%1, %3)");
    assertThat(reduced(text)).contains("convert.exact u64 %1").contains("mul.wrap u64");
  }

  @ParameterizedTest
  @CsvSource({
    "add u32 %4, add.wrap u32 %4",
    "mul.wrap u64, mul u64",
    "'%11 = load u64 [%10 + 96]', '%11 = load u64 [%0 + 96]'",
    "'%12 = const u32 2', '%12 = load u32 [%10]'",
    "'convert.exact u64 %4', 'and.wrap u64 %5, %5'",
  })
  void othersStayAsTheyAre(String part, String other) {
    assertThat(LOOP).contains(part);
    String text = LOOP.replace(part, other);
    assertThat(reduced(text)).isEqualTo(text);
  }

  private static String reduced(String text) {
    Diagnostics found = new Diagnostics();
    Module module = IrParser.parse(new Source("test.ir", text), found).orElseThrow();
    Function reduced = InductionAddresses.run(module.functions().get(0));
    Module after =
        new Module("", List.of(reduced), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(IrChecker.check(after)).isEmpty();
    return IrPrinter.print(reduced);
  }
}
