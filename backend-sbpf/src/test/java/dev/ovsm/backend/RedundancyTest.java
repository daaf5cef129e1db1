package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import org.junit.jupiter.api.Test;

/** What a register or a slot holds already is not put there again, and all else is. */
class RedundancyTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void aProgramStartsWithItsResultZero() {
    assertThat(code("b0: %1 = const u64 0 return %1"))
        .isEqualTo(
            """
            entrypoint:
                exit
            """);
  }

  @Test
  void aSystemCallThatCannotFailLeavesZero() {
    assertThat(code("b0: %1 = const u64 0 %2 = const u64 7 " + log("%2") + " return %1"))
        .isEqualTo(
            """
            entrypoint:
                mov64 r1, 7
                mov64 r2, 7
                mov64 r3, 7
                mov64 r4, 7
                mov64 r5, 7
                syscall sol_log_64_
                exit
            """);
  }

  @Test
  void aCallLeavesWhatItLikes() {
    assertThat(
            code(
                "b0: %1 = const u64 0 call other(%0) return %1",
                "fn other(%0: ptr) { b0: %1 = const u64 3 store u64 [%0], %1 return }"))
        .contains("call other\n    mov64 r0, 0\n    exit\n");
  }

  @Test
  void whatOneOfTwoWaysLeavesIsNotKnownWhereTheyMeet() {
    String either =
        """
        b0:
          %1 = const u64 0
          %2 = load u64 [%0]
          %3 = eq u64 %2, %1
          branch %3, b1, b2
        b1:
          call other(%0)
          jump b3
        b2:
          WAY
          jump b3
        b3:
          return %1
        """;
    String other = "fn other(%0: ptr) { b0: %1 = const u64 3 store u64 [%0], %1 return }";
    assertThat(code(either.replace("WAY", log("%2")), other)).contains("mov64 r0, 0");
    assertThat(code(either.replace("call other(%0)", log("%1")).replace("WAY", log("%2"))))
        .doesNotContain("mov64 r0, 0");
  }

  @Test
  void whatARoundLeavesIsNotKnownWhereTheNextBegins() {
    assertThat(
            code(
                """
                b0:
                  %1 = const u64 0
                  jump b1(%1)
                b1(%2: u64):
                  %3 = const u64 7
                  %4 = load u64 [%0]
                  %5 = lt u64 %2, %4
                  branch %5, b2, b3
                b2:
                  %6 = const u64 1
                  %7 = add u64 %2, %6
                  store u64 [%0 + 8], %7
                  jump b1(%7)
                b3:
                  return %1
                """))
        .contains("mov64 r0, 0\n    exit\n");
  }

  private static String log(String value) {
    return "syscall sol_log_64_(V, V, V, V, V)".replace("V", value);
  }

  private String code(String body, String... others) {
    String text =
        "fn entrypoint(%0: ptr) -> u64 { " + body + " }\n" + String.join("\n", others) + "\n";
    String code = Listing.of(text, diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return code;
  }
}
