package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine code of random modules does what the modules mean, at every level of optimisation;
 * {@code -Dcode.modules=N} sets how many are tried.
 */
@ComparedWithRealVm(minimum = 912)
class RandomModulesTest {
  private static final int COUNT = Integer.getInteger("code.modules", 300);
  private static final int BATCH = 50;
  private static final long FIRST = Long.getLong("code.seed", 1);

  @ParameterizedTest
  @ValueSource(longs = {5_105_593, 4_902_836})
  void claimsThatTheVerifierOnceCouldNotProve(long seed, RealVm vm, Comparisons comparisons) {
    Trials trials = new Trials();
    assertThat(trials.withRealVm(seed, 1, vm)).isEmpty();
    comparisons.count(trials.compared());
  }

  @ParameterizedTest
  @ValueSource(longs = {5_034_227, 5_069_542})
  void modulesThatLogMoreThanIsKept(long seed, RealVm vm, Comparisons comparisons) {
    Trials trials = new Trials();
    assertThat(trials.withRealVm(seed, 1, vm)).isEmpty();
    comparisons.count(trials.compared());
  }

  @Test
  void machineCodeMeansWhatTheIrMeans(RealVm vm, Comparisons comparisons) {
    Trials trials = new Trials();
    for (int done = 0; done < COUNT; done += BATCH) {
      int count = Math.min(BATCH, COUNT - done);
      assertThat(trials.withRealVm(FIRST + done, count, vm)).isEmpty();
    }
    comparisons.count(trials.compared());
    System.out.println("RandomModulesTest: " + trials.figures());
  }
}
