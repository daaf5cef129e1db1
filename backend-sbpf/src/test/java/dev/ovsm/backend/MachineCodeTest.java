package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import org.junit.jupiter.api.Test;

/** The instructions that small functions become. */
class MachineCodeTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void helloWorldIsFourInstructions() {
    assertThat(
            code(
                """
                data align 1 "hello"
                fn entrypoint(%0: ptr) -> u64 {
                b0:
                  %1 = data 0
                  %2 = const u64 5
                  %3 = syscall u64 sol_log_(%1, %2)
                  return %3
                }
                """))
        .isEqualTo(
            """
            entrypoint:
                lddw r1, .data0
                mov64 r2, 5
                syscall sol_log_
                exit
            """);
  }

  @Test
  void aLoopIsEnteredAtItsTestAndHasNoOtherJump() {
    assertThat(
            code(
                """
                fn entrypoint(%0: ptr) -> u64 {
                b0:
                  %1 = const u64 0
                  jump b1(%1)
                b1(%2: u64):
                  %3 = load u64 [%0]
                  %4 = lt u64 %2, %3
                  branch %4, b2, b3
                b2:
                  %5 = const u64 1
                  %6 = add u64 %2, %5
                  jump b1(%6)
                b3:
                  return %2
                }
                """))
        .isEqualTo(
            """
            entrypoint:
                ja .L1
            .L0:
                add64 r0, 1
                jlt r0, 1, .L2
            .L1:
                ldxdw r5, [r1]
                jlt r0, r5, .L0
                exit
            .L2:
                mov64 r0, 5000
                exit
            """);
  }

  private static final String PRESENCE =
      """
      fn entrypoint(%0: ptr) -> u64 {
      b0:
        %1 = load u64 [%0]
        %2 = const u64 0
        %3 = eq u64 %1, %2
        branch %3, b1, b2
      b1:
        %4 = const u64 7
        fail %4
      b2:
        %5 = load u64 [%0 + 88]
        return %5
      }
      """;

  @Test
  void thatThereAreAccountsIsToldByTheAddressOfTheData() {
    assertThat(code(PRESENCE))
        .isEqualTo(
            """
            entrypoint:
                jset r2, 0x7fffffe0, .L0
                ldxdw r5, [r1]
                jeq r5, 0, .L1
            .L0:
                ldxdw r0, [r1+88]
                exit
            .L1:
                mov64 r0, 7
                exit
            """);
  }

  @Test
  void tailCallsBringAnotherAddress() {
    assertThat(code("array \"stages\" 1\n" + PRESENCE)).doesNotContain("jset");
  }

  @Test
  void aNumberOfAccountsThatIsUsedIsLoaded() {
    assertThat(code(PRESENCE.replace("return %5", "return %1"))).doesNotContain("jset");
    assertThat(code(PRESENCE.replace("const u64 0", "const u64 1"))).doesNotContain("jset");
    assertThat(code(PRESENCE.replace("[%0]", "[%0 + 8]"))).doesNotContain("jset");
  }

  @Test
  void aFunctionThatCanFailReturnsAStatus() {
    assertThat(
            code(
                """
                fn entrypoint(%0: ptr) -> u64 {
                b0:
                  %1 = load u64 [%0 + 8]
                  %2 = call u64 half(%1)
                  store u64 [%0], %2
                  return %2
                }
                fn half(%0: u64) -> u64 {
                b0:
                  %1 = const u64 2
                  %2 = div u64 %0, %1
                  %3 = sub u64 %0, %2
                  return %3
                }
                """))
        .isEqualTo(
            """
            entrypoint:
                mov64 r6, r1
                ldxdw r1, [r6+8]
                call half
                jne r1, 0, .L0
                stxdw [r6], r0
            .L0:
                exit
            half:
                mov64 r0, r1
                mov64 r5, r0
                div64 r5, 2
                jlt r0, r5, .L1
                sub64 r0, r5
                mov64 r1, 0
                exit
            .L1:
                mov64 r0, 5000
                mov64 r1, 1
                exit
            """);
  }

  @Test
  void equalDataIsOneItem() {
    assertThat(
            code(
                """
                data align 1 "same"
                data align 1 "same"
                data align 1 "unused"
                fn entrypoint(%0: ptr) -> u64 {
                b0:
                  %1 = data 0
                  %2 = data 1
                  %3 = const u64 4
                  syscall sol_log_(%1, %3)
                  syscall sol_log_(%2, %3)
                  return %3
                }
                """))
        .contains("lddw r1, .data0")
        .doesNotContain(".data1");
  }

  @Test
  void dataThatOtherDataEndsWithLiesThere() {
    String code =
        code(
            """
            data align 1 "initialized"
            data align 1 "counter initialized"
            data align 8 "tialized"
            data align 1 "tialized"
            data align 1 "zed"
            data align 1 "ti"
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = data 0
              %2 = data 1
              %3 = data 2
              %4 = data 3
              %5 = data 4
              %6 = data 5
              %7 = const u64 4
              syscall sol_log_(%1, %7)
              syscall sol_log_(%2, %7)
              syscall sol_log_(%3, %7)
              syscall sol_log_(%4, %7)
              syscall sol_log_(%5, %7)
              syscall sol_log_(%6, %7)
              return %7
            }
            """);
    assertThat(code.lines().filter(line -> line.contains("lddw r1")).map(String::strip))
        .containsExactly(
            "lddw r1, .data0+8",
            "lddw r1, .data0",
            "lddw r1, .data1",
            "lddw r1, .data1",
            "lddw r1, .data0+16",
            "lddw r1, .data2");
  }

  @Test
  void aFrameThatIsTooLargeNamesItsLargestSlots() {
    code(
        """
        fn entrypoint(%0: ptr) -> u64 {
        b0:
          %1 = slot 3000 align 8
          %2 = slot 10 align 8
          %3 = slot 2000 align 8
          %4 = const u64 0
          %6 = const u8 0
          store u64 [%1], %4
          store u64 [%3], %4
          zero 10 %2
          %5 = load u64 [%3]
          store u64 [%1], %5
          store u8 [%2], %6
          return %4
        }
        """);
    assertThat(diagnostics.list()).hasSize(1);
    Diagnostic overflow = diagnostics.list().get(0);
    assertThat(overflow.code()).isEqualTo(ObjectCode.FRAME_OVERFLOW);
    assertThat(overflow.message()).contains("entrypoint").contains("5016");
    assertThat(overflow.labels())
        .extracting(label -> label.text())
        .containsExactly("3000 bytes here", "2000 bytes here", "10 bytes here");
  }

  private String code(String text) {
    return Listing.of(text, diagnostics);
  }
}
