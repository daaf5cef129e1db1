package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import org.junit.jupiter.api.Test;

/** Blocks that only lead on are no places to jump to. */
class EmptyBlocksTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void aJumpLeadsToWhereTheWorkGoesOn() {
    String code =
        code(
            """
            b1:
              jump b2
            b2:
              jump b3
            b3:
              jump b6
            b4:
              store u64 [%0 + 8], %2
              jump b5
            b5:
              jump b3
            b6:
              syscall sol_log_64_(%1, %1, %1, %1, %1)
              return %1
            """);
    assertThat(code).contains("ja ").doesNotContainPattern("\\.L\\d+:\n +ja ");
  }

  @Test
  void aBranchWithOneWayIsNone() {
    String code =
        code(
            """
            b1:
              jump b2
            b2:
              jump b3
            b3:
              return %1
            b4:
              jump b2
            """);
    assertThat(code).doesNotContain("ja ").doesNotContain("jlt ").doesNotContain("jge ");
  }

  @Test
  void aCircleOfEmptyBlocksStaysOne() {
    String code =
        code(
            """
            b1:
              jump b2
            b2:
              jump b3
            b3:
              jump b1
            b4:
              return %1
            """);
    assertThat(code).containsPattern("(\\.L\\d+):\n +ja \\1\n");
  }

  private String code(String rest) {
    String code =
        Listing.of(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0 + 8]
              %2 = const u64 9
              %3 = lt u64 %1, %2
              branch %3, b1, b4
            """
                + rest
                + "}\n",
            diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return code;
  }
}
