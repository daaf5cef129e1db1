package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drawn programs find every slip that is put into the compiler and its library. */
class SlipsTest {
  @ParameterizedTest
  @EnumSource
  void drawnProgramsFindIt(Slip slip) throws Exception {
    assertThat(slip.search(SlipSearch.class).call()).contains("but it means");
  }
}
