package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import org.junit.jupiter.api.Test;

/** What loops keep in registers, and how they step through memory. */
class LoopCodeTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void anAddressGoesOnWithItsCounter() {
    assertThat(
            code(
                """
                fn entrypoint(%0: ptr) -> u64 {
                b0:
                  %1 = load u64 [%0 + 8]
                  %2 = const u64 0
                  jump b1(%2, %2)
                b1(%3: u64, %4: u64):
                  %5 = lt u64 %3, %1
                  branch %5, b2, b3
                b2:
                  %6 = const u64 8
                  %7 = mul.wrap u64 %3, %6
                  %8 = add.wrap ptr %0, %7
                  %9 = load u64 [%8 + 96]
                  %10 = add.wrap u64 %4, %9
                  %11 = const u64 1
                  %12 = add.exact u64 %3, %11
                  jump b1(%12, %10)
                b3:
                  return %4
                }
                """))
        .isEqualTo(
            """
            entrypoint:
                ldxdw r5, [r1+8]
                mov64 r4, 0
                ja .L1
            .L0:
                ldxdw r3, [r1+96]
                add64 r0, r3
                add64 r4, 1
                add64 r1, 8
            .L1:
                jlt r4, r5, .L0
                exit
            """);
  }

  @Test
  void whatALoopKeepsLivesInRegistersAcrossCalls() {
    String code =
        code(
            """
            fn entrypoint(%0: ptr) -> u64 {
            b0:
              %1 = load u64 [%0 + 8]
              %2 = load u64 [%0 + 16]
              %3 = const u64 0
              jump b1(%3, %3)
            b1(%4: u64, %5: u64):
              %6 = lt u64 %4, %1
              branch %6, b2, b3
            b2:
              %7 = call u64 next(%5, %2)
              %8 = const u64 1
              %9 = add.exact u64 %4, %8
              jump b1(%9, %7)
            b3:
              return %5
            }
            fn next(%0: u64, %1: u64) -> u64 {
            b0:
              %2 = mul.wrap u64 %0, %1
              syscall sol_log_64_(%2, %2, %2, %2, %2)
              return %2
            }
            """);
    String loop = code.substring(code.indexOf("ja "), code.indexOf("exit"));
    assertThat(loop).contains("call next").contains("r6").doesNotContain("[r10");
  }

  /** Memory that the loop writes to might be the frame's, as far as a certificate can tell. */
  @Test
  void whatEndsALoopIsTheLastToLeaveItsRegister() {
    StringBuilder loads = new StringBuilder();
    StringBuilder uses = new StringBuilder();
    int last = 20;
    for (int i = 1; i <= 6; i++) {
      loads.append("  %" + i + " = load u64 [%0 + " + 8 * i + "]\n");
      for (int times = 0; times < 3; times++) {
        uses.append("  %" + (last + 1) + " = call u64 next(%" + last + ", %" + i + ")\n");
        last++;
      }
    }
    String code =
        code(
            "fn entrypoint(%0: ptr) -> u64 {\nb0:\n"
                + loads
                + """
                  %7 = load u64 [%0 + 96]
                  %8 = const u64 0
                  jump b1(%8)
                b1(%9: u64):
                  %10 = lt u64 %9, %7
                  branch %10, b2, b3
                b2:
                  %20 = load u64 [%0 + 8]
                """
                + uses
                + ("  store u64 [%0 + 8], %" + last + "\n")
                + """
                  %11 = const u64 1
                  %12 = add.exact u64 %9, %11
                  jump b1(%12)
                b3:
                  return %8
                }
                fn next(%0: u64, %1: u64) -> u64 {
                b0:
                  %2 = mul.wrap u64 %0, %1
                  syscall sol_log_64_(%2, %2, %2, %2, %2)
                  return %2
                }
                """);
    assertThat(code.split("stxdw \\[r10-", -1)).hasSizeGreaterThan(4);
    assertThat(code).containsPattern("add64 (r[6-9]), 1\\n.L\\d+:\\n    jlt \\1, r[6-9], ");
  }

  private String code(String text) {
    return Listing.of(text, diagnostics);
  }
}
