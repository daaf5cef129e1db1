package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where a program has a bound only because addresses are supposed to lead to no frame until it is
 * shown, executions stay within it; a mistake in showing it is found.
 *
 * <p>{@code -Dverifier.supposed=N} sets how many programs are accepted of each version, {@code
 * -Dverifier.seed=N} which.
 */
class SuppositionsTest {
  private static final long ACCEPTED = Long.getLong("verifier.supposed", 200);
  private static final long SEED = Long.getLong("verifier.seed", 0);

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void executionsStayWithinTheBound(Version version) {
    Execution all = new Execution(version, Draw.STORES);
    long drawn = 0;
    while (all.accepted() < ACCEPTED) {
      all.tryProgram(SEED + drawn++);
    }
    all.print();
    assertThat(all.accepted()).isGreaterThan(drawn / 3).isLessThan(drawn * 4 / 5);
    assertThat(all.supposed()).isGreaterThan(all.accepted() / 2);
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeIsFound(Credulity mistake) throws Exception {
    assertThat(mistake.search().call()).isNotEmpty();
  }

  @Test
  void withoutAMistakeNothingIsFound() {
    assertThat(new Credulity.Search().call()).isEmpty();
  }
}
