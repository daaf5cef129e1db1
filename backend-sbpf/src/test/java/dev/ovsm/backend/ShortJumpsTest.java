package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.sbpf.Version;
import org.junit.jupiter.api.Test;

/**
 * Jumps that look at 32 bits are taken where they save an instruction, and the version has them.
 */
class ShortJumpsTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private static String comparing(String number, String comparison) {
    return """
        fn entrypoint(%0: ptr) -> u64 {
        b0:
        NUMBER
          %9 = COMPARISON
          branch %9, b1, b2
        b1:
          %10 = const u64 1
          return %10
        b2:
          %11 = const u64 2
          return %11
        }
        """
        .replace("NUMBER\n", number)
        .replace("COMPARISON", comparison);
  }

  private String code(Version version, String number, String comparison) {
    String code = Listing.of(comparing(number, comparison), version, diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return code;
  }

  @Test
  void aConstantOfWhichTheSignWouldBeExtendedNeedsNoRegister() {
    String number =
        """
          %1 = load u32 [%0]
          %2 = const u32 4000000000
        """;
    assertThat(code(Version.V3, number, "lt u32 %1, %2"))
        .isEqualTo(
            """
            entrypoint:
                ldxw r5, [r1]
                jge32 r5, -0x1194d800, .L0
                mov64 r0, 1
                exit
            .L0:
                mov64 r0, 2
                exit
            """);
    assertThat(code(Version.V0, number, "lt u32 %1, %2"))
        .contains("mov32 r4, -0x1194d800", "jge r5, r4, .L0");
    assertThat(code(Version.V3, number, "lt u32 %2, %1")).contains("jle32 r5, -0x1194d800");
  }

  @Test
  void aNumberThatIsCutOnlyToBeComparedIsNotCut() {
    String number =
        """
          %1 = load u64 [%0]
          %2 = convert.wrap u32 %1
          %3 = load u32 [%0 + 8]
        """;
    assertThat(code(Version.V3, number, "eq u32 %2, %3"))
        .startsWith(
            """
            entrypoint:
                ldxdw r5, [r1]
                ldxw r4, [r1+8]
                jne32 r5, r4, .L0
            """);
    assertThat(code(Version.V0, number, "eq u32 %2, %3")).contains("mov32 r", "jne r");
  }

  @Test
  void aSumThatWrapsOnlyToBeComparedIsNotCut() {
    String number =
        """
          %1 = load u32 [%0]
          %2 = load u32 [%0 + 4]
          %3 = add.wrap u32 %1, %2
          %4 = const u32 7
        """;
    assertThat(code(Version.V3, number, "gt u32 %3, %4"))
        .contains("jle32 r")
        .doesNotContain("mov32");
    assertThat(code(Version.V0, number, "gt u32 %3, %4")).contains("mov32 r", "jle r");
  }

  @Test
  void aSignedNumberIsComparedWithItsSign() {
    String number =
        """
          %1 = load u64 [%0]
          %2 = convert.wrap i32 %1
          %3 = const i32 -5
        """;
    assertThat(code(Version.V3, number, "lt i32 %2, %3")).contains("jsge32 r5, -5");
  }

  @Test
  void aNumberThatIsWantedAgainIsCutOnceForAll() {
    String number =
        """
          %1 = load u64 [%0]
          %2 = convert.wrap u32 %1
          store u32 [%0 + 8], %2
          %3 = const u32 7
        """;
    assertThat(code(Version.V3, number, "eq u32 %2, %3")).doesNotContain("32 r5, 7");
  }

  @Test
  void othersAreComparedBySixtyFourBits() {
    String number =
        """
          %1 = load u32 [%0]
          %2 = const u32 7
        """;
    assertThat(code(Version.V3, number, "eq u32 %1, %2")).contains("jne r5, 7");
  }
}
