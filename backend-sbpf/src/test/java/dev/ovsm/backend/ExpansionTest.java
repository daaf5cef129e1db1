package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import org.junit.jupiter.api.Test;

/** What the machine has no instruction for becomes several. */
class ExpansionTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void aSwitchIsSearchedByHalves() {
    assertThat(
            code(
                """
                b0:
                  %1 = load u64 [%0]
                  switch %1, 10: b2, 4: b3, 1: b4, 7: b5, else b1
                b1:
                  return %1
                b2:
                  %2 = const u64 22
                  return %2
                b3:
                  %3 = const u64 33
                  return %3
                b4:
                  %4 = const u64 44
                  return %4
                b5:
                  %5 = const u64 55
                  return %5
                """))
        .isEqualTo(
            """
            entrypoint:
                ldxdw r0, [r1]
                jne r0, 7, .L0
                mov64 r0, 55
                exit
            .L0:
                jle r0, 7, .L1
                jne r0, 10, .L3
                mov64 r0, 22
                exit
            .L1:
                jne r0, 1, .L2
                mov64 r0, 44
                exit
            .L2:
                jne r0, 4, .L3
                mov64 r0, 33
                exit
            .L3:
                exit
            """);
  }

  @Test
  void aSwitchOnSignedNumbersGoesByTheirSign() {
    assertThat(
            code(
                """
                b0:
                  %1 = load i64 [%0]
                  %2 = const u64 1
                  %3 = const u64 2
                  switch %1, -9: b1, -2: b2, 3: b1, 8: b2, else b2
                b1:
                  return %2
                b2:
                  return %3
                """))
        .contains("jsle r5, 3, ")
        .doesNotContain(" jle ");
  }

  @Test
  void aSignedNumberIsDividedWithoutItsSign() {
    assertThat(
            code(
                """
                b0:
                  %1 = load i64 [%0]
                  %2 = const i64 10
                  %3 = div.wrap i64 %1, %2
                  %4 = convert.wrap u64 %3
                  return %4
                """))
        .isEqualTo(
            """
            entrypoint:
                ldxdw r0, [r1]
                jsge r0, 0, .L0
                mov64 r5, 0
                sub64 r5, r0
                div64 r5, 10
                mov64 r0, 0
                sub64 r0, r5
                exit
            .L0:
                div64 r0, 10
                exit
            """);
  }

  @Test
  void aSignedProductByAConstantIsCheckedByWhatGoesIntoTheEnds() {
    assertThat(
            code(
                """
                b0:
                  %1 = load i64 [%0]
                  %2 = const i64 -4294967296
                  %3 = mul i64 %1, %2
                  %4 = convert.wrap u64 %3
                  return %4
                """))
        .isEqualTo(
            """
            entrypoint:
                ldxdw r0, [r1]
                mov32 r5, -0x80000000
                jsgt r0, r5, .L0
                jslt r0, -0x7fffffff, .L0
                lddw r5, 0xffffffff00000000
                mul64 r0, r5
                exit
            .L0:
                mov64 r0, 5000
                exit
            """);
  }

  private String code(String body) {
    String code = Listing.of("fn entrypoint(%0: ptr) -> u64 {\n" + body + "}\n", diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return code;
  }
}
