package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import org.junit.jupiter.api.Test;

/**
 * Random programs do the same in the real VM as on our engines.
 *
 * <p>{@code -Drealvm.programs=1000000} makes it long, {@code -Drealvm.seed=N} another one.
 */
@ComparedWithRealVm(minimum = 2000)
class RealVmProgramsTest {
  private static final long PROGRAMS = Long.getLong("realvm.programs", 1500);
  private static final long SEED = Long.getLong("realvm.seed", 1);

  @Test
  void randomProgramsDoTheSame(RealVm vm, Comparisons comparisons) {
    RealVmPrograms programs = new RealVmPrograms(vm, SEED);
    for (long number = 0; number < PROGRAMS; number++) {
      assertThat(programs.run(number)).isEmpty();
    }
    comparisons.count(programs.compared());
  }
}
