package dev.ovsm.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.TextRenderer;
import dev.ovsm.diag.VerifierCode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerifierTest {
  private static final String COUNTED =
      """
      b0:
        %1 = const u64 0
        %2 = const u64 1
        %3 = const u64 40
        jump b1(%1)
      b1(%4: u64):
        %5 = lt u64 %4, %3
        branch %5, b2, b3
      b2:
        %6 = add u64 %4, %2
        jump b1(%6)
      b3:
        return %1
      """;

  @Test
  void aCountedLoopIsSafeWithItsBound() {
    Report report = Ir.verify(COUNTED);
    Finding termination = Ir.finding(report, Property.TERMINATION);
    assertThat(termination.verdict()).isEqualTo(Verdict.SAFE);
    assertThat(termination.figure()).isEqualTo("1 loop, repeated at most 40 times");
    assertThat(Ir.finding(report, Property.COMPUTE).verdict()).isEqualTo(Verdict.SAFE);
    assertThat(report.verified()).isPresent();
  }

  @Test
  void aLoopOnAccountDataIsRefusedWithItsPlace() {
    Report report =
        Ir.verify(
            """
            b0:
              %1 = const u64 0
              jump b1
            b1:
              %2 = load u64 [%0 + 8]
              %3 = ne u64 %2, %1
              branch %3, b2, b3
            b2:
              jump b1
            b3:
              return %1
            """);
    Finding termination = Ir.finding(report, Property.TERMINATION);
    assertThat(termination.verdict()).isEqualTo(Verdict.UNSAFE);
    assertThat(Ir.why(termination).code()).isEqualTo(VerifierCode.UNBOUNDED_LOOP);
    assertThat(new TextRenderer().render(Ir.why(termination))).contains("test.ir:8");
    assertThat(report.verified()).isEmpty();
  }

  @Test
  void aLimitFromOutsideIsTooLong() {
    Report report = Ir.verify(COUNTED.replace("%3 = const u64 40", "%3 = load u64 [%0 + 8]"));
    Finding termination = Ir.finding(report, Property.TERMINATION);
    assertThat(termination.verdict()).isEqualTo(Verdict.UNSAFE);
    assertThat(Ir.why(termination).code()).isEqualTo(VerifierCode.LONG_LOOP);
  }

  @Test
  void aByteCountsWithoutMore() {
    Report report =
        Ir.verify(
            """
            b0:
              %1 = load u8 [%0 + 8]
              %2 = const u8 0
              %3 = const u8 3
              %9 = const u64 0
              jump b1(%2)
            b1(%4: u8):
              %5 = lt u8 %4, %1
              branch %5, b2, b3
            b2:
              %6 = add u8 %4, %3
              jump b1(%6)
            b3:
              return %9
            """);
    assertThat(Ir.finding(report, Property.TERMINATION).figure())
        .isEqualTo("1 loop, repeated at most 85 times");
  }

  @Test
  void anIteratorBoundsItsLoop() {
    Report report =
        Ir.verify(
            """
            b0:
              %1 = slot 24 align 8
              %2 = const u64 3
              %3 = const u64 20
              %4 = const u64 0
              %5 = syscall u64 sol_iter_num_new(%1, %2, %3)
              jump b1
            b1:
              %6 = syscall u64 sol_iter_num_next(%1)
              %7 = ne u64 %6, %4
              branch %7, b2, b3
            b2:
              %8 = syscall u64 sol_iter_num_current(%1)
              jump b1
            b3:
              syscall sol_iter_num_destroy(%1)
              return %4
            """);
    assertThat(Ir.finding(report, Property.TERMINATION).figure())
        .isEqualTo("1 loop, repeated at most 17 times");
  }

  @Test
  void emissionsInALoopAreCounted() {
    String emitting =
        COUNTED.replace(
            "b2:\n",
            """
            b2:
              syscall sol_emit_event(%0, %3, %0, %3)
              syscall sol_emit_event(%0, %3, %0, %3)
            """);
    Finding few = Ir.finding(Ir.verify(emitting), Property.EVENTS);
    assertThat(few.verdict()).isEqualTo(Verdict.SAFE);
    assertThat(few.figure()).isEqualTo("at most 80 of 100");
    Finding many = Ir.finding(Ir.verify(emitting.replace("u64 40", "u64 51")), Property.EVENTS);
    assertThat(many.verdict()).isEqualTo(Verdict.UNSAFE);
    assertThat(many.figure()).isEqualTo("102 emissions");
  }

  @Test
  void theTimeOfDayMustNotBeStored() {
    String clock =
        """
        b0:
          %1 = slot 40 align 8
          %2 = const u64 0
          syscall sol_get_clock_sysvar(%1)
          %3 = load u64 [%1 + 32]
          store u64 [%0 + 8], %3
          return %2
        """;
    Finding stored = Ir.finding(Ir.verify(clock), Property.DETERMINISM);
    assertThat(stored.verdict()).isEqualTo(Verdict.SAFE);
    assertThat(Ir.why(stored).code()).isEqualTo(VerifierCode.NONDETERMINISM);
    Report strict = Verifier.verify(Ir.callback(clock), Policy.strictest());
    assertThat(Ir.finding(strict, Property.DETERMINISM).verdict()).isEqualTo(Verdict.UNSAFE);
    Finding slot = Ir.finding(Ir.verify(clock.replace("%1 + 32", "%1")), Property.DETERMINISM);
    assertThat(slot.diagnostic()).isNull();
  }

  @Test
  void aDecisionByTheMeterTellsTheMeter() {
    Report report =
        Ir.verify(
            """
            b0:
              %1 = const u64 1000
              %2 = const u64 0
              %3 = syscall u64 sol_remaining_compute_units()
              %4 = lt u64 %3, %1
              branch %4, b1, b2
            b1:
              store u64 [%0 + 8], %1
              jump b2
            b2:
              return %2
            """);
    Finding finding = Ir.finding(report, Property.DETERMINISM);
    assertThat(finding.verdict()).isEqualTo(Verdict.UNSAFE);
    assertThat(Ir.why(finding).message())
        .isEqualTo("the compute units that remain is written to an account");
  }

  @Test
  void recursionIsRefused() {
    Report report =
        Verifier.verify(
            Ir.module(
                """
                module test
                entry tick callback 0x1 fn tick
                fn tick(%0: ptr) -> u64 {
                b0:
                  %1 = call u64 again(%0)
                  return %1
                }
                fn again(%0: ptr) -> u64 {
                b0:
                  %1 = call u64 again(%0)
                  return %1
                }
                """),
            Policy.standard());
    Finding finding = Ir.finding(report, Property.TERMINATION);
    assertThat(finding.verdict()).isEqualTo(Verdict.UNSAFE);
    assertThat(Ir.why(finding).code()).isEqualTo(VerifierCode.RECURSION);
  }

  private static final String DIFFERENCE =
      """
      b0:
        %1 = const u64 0
        %2 = load u32 [%0 + 8]
        %3 = load u32 [%0 + 16]
        %4 = ge u32 %2, %3
        branch %4, b1, b2
      b1:
        %5 = sub.exact u32 %2, %3
        return %1
      b2:
        return %1
      """;

  @Test
  void aBranchProvesThatADifferenceIsExact() {
    for (String type : List.of("u64", "u32", "u8")) {
      String typed = DIFFERENCE.replace("u32", type);
      assertThat(Ir.verify(typed).verified()).isPresent();
      assertThat(Ir.verify(typed.replace("= ge", "= gt")).verified()).isPresent();
      assertThat(Ir.verify(typed.replace("= ge", "= eq")).verified()).isPresent();
    }
  }

  @Test
  void anUnprovenDifferenceIsAFalseClaim() {
    List<String> wrong =
        List.of(
            DIFFERENCE.replace("= ge", "= le"),
            DIFFERENCE.replace("= ge", "= ne"),
            DIFFERENCE.replace("%2, %3\n  return", "%3, %2\n  return"),
            DIFFERENCE.replace("b1, b2", "b2, b1"),
            DIFFERENCE.replace("u32", "i32"));
    for (String body : wrong) {
      Report report = Ir.verify(body);
      assertThat(report.verified()).as(body).isEmpty();
      assertThat(Ir.why(Ir.finding(report, Property.ARITHMETIC)).code())
          .isEqualTo(VerifierCode.INEXACT);
    }
  }
}
