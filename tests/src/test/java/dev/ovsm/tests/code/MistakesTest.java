package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random modules find every mistake that is put into the optimiser and the allocator. */
@Execution(ExecutionMode.CONCURRENT)
class MistakesTest {
  @ParameterizedTest
  @EnumSource
  void randomModulesFindIt(Mistake mistake) throws Exception {
    assertThat(mistake.search(MistakeSearch.class).call()).isNotEmpty();
  }
}
