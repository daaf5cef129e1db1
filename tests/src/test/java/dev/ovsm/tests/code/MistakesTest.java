package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random modules find every mistake that is put into the optimiser and the allocator, and far jumps
 * the one that no short function has.
 */
@Execution(ExecutionMode.CONCURRENT)
class MistakesTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENTERED_ISLAND")
  void randomModulesFindIt(Mistake mistake) throws Exception {
    assertThat(mistake.search(MistakeSearch.class).call()).isNotEmpty();
  }

  @Test
  void farJumpsFindIt() throws Exception {
    assertThat(Mistake.ENTERED_ISLAND.search(FarSearch.class).call()).contains("but does");
  }
}
