package dev.ovsm.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Module;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Printing is the inverse of parsing, and what does not parse is one diagnostic. */
class IrTextTest {
  private static final String EVERYTHING =
      """
      module "a name"
      data align 1 "text \\"quoted\\" \\\\ \\x00\\xf0\\x9f\\x92\\x93"
      data align 8 ""
      map counters hash key 8 value 32 max 1024 timer 0 work_queue 16
      map ring ringbuf key 0 value 4096 max 0
      array stages 0x1 0xffffffffffffffff
      entry initialize startup 0xedababdeadbeef fn init budget 100 public
        parameter amount u64
        parameter "list of things" "(vec u8 4)"
        account payer signer writable
        account state writable map counters
        account clock address 0x00ff
      entry tick callback 0x2 fn init

      fn init(%0: ptr) -> u64 {
      b0:
        %1 = const u64 0
        %2 = const i8 -128
        %3 = data 0
        %4 = slot 16 align 8
        %5 = add u64 %1, %1
        %6 = sub.wrap u64 %5, %1
        %7 = mul.exact u64 %6, %1
        %8 = shl.wrap u64 %7, %1
        %9 = lt i8 %2, %2
        %10 = convert i16 %2
        %11 = convert.wrap u8 %10
        %12 = select u8 %9, %11, %11
        %13 = load u32 [%0]
        %14 = load u32 [%0 + 8]
        %15 = load u32 [%0 - 8]
        store u8 [%4 + 1], %12
        copy 16 %4, %3
        zero 16 %4
        %16 = call u64 "odd name"(%0, %1)
        call "odd name"(%0, %1)
        %17 = syscall u64 sol_log_(%3, %1)
        syscall sol_log_compute_units_()
        branch %9, b1, b2(%16, %2)
      b1:
        jump b2(%17, %2)
      b2(%18: u64, %19: i8):
        switch %19, -1: b3, 5: b2(%18, %19), else b4
      b3:
        return %18
      b4:
        fail %18
      }

      fn "odd name"(%0: ptr, %1: u64) -> u64 {
      b0:
        unreachable
      }

      fn nothing() {
      b0:
        return
      }
      """;

  @Test
  void printingTheParsedTextGivesTheTextBack() {
    assertThat(IrPrinter.print(parse(EVERYTHING))).isEqualTo(EVERYTHING);
  }

  @Test
  void layoutAndCommentsDoNotCount() {
    String text = "fn f(%0: u64)->u64{ b0: ; nothing here\n %1=add u64 %0,%0 return %1 }";
    assertThat(IrPrinter.print(parse(text)))
        .isEqualTo(
            """
            module ""

            fn f(%0: u64) -> u64 {
            b0:
              %1 = add u64 %0, %0
              return %1
            }
            """);
  }

  @Test
  void spansPointIntoTheText() {
    Module module = parse(EVERYTHING);
    assertThat(module.functions().get(0).blocks().get(0).insts().get(1).span().text())
        .isEqualTo("%2 = const i8 -128");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn",
        "fn f",
        "fn f() {",
        "fn f() { }",
        "fn f() { b1: return }",
        "fn f() { b0: jump x }",
        "fn f() { b0: return %7 }",
        "fn f() { b0: %1 = fly u64 }",
        "fn f() { b0: %1 = const u64 99999999999999999999 return }",
        "fn f() { b0: %1 = add.quickly u64 %1, %1 return }",
        "data align 8",
        "data align 8 \"open",
        "map m heap key 1 value 1 max 1",
        "entry e instruction 0x1 fn f account a address 0xabc",
        "what"
      })
  void whatDoesNotFitIsOneDiagnostic(String text) {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(IrParser.parse(new Source("bad.ir", text), diagnostics)).isEmpty();
    assertThat(diagnostics.list()).hasSize(1);
  }

  private static Module parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Module> module = IrParser.parse(new Source("test.ir", text), diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return module.orElseThrow();
  }
}
