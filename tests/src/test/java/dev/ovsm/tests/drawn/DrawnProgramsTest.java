package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import org.junit.jupiter.api.Test;

/**
 * Drawn programs do what they mean, at every level of optimisation, wherever they run; {@code
 * -Ddrawn.programs=N} sets how many are tried, {@code -Ddrawn.seed=N} the first.
 */
@ComparedWithRealVm(minimum = 150)
class DrawnProgramsTest {
  private static final int COUNT = Integer.getInteger("drawn.programs", 60);
  private static final long FIRST = Long.getLong("drawn.seed", 1);
  private static final int BATCH = 50;

  @Test
  void programsDoWhatTheyMean(RealVm vm, Comparisons comparisons) {
    Trials trials = new Trials();
    for (int done = 0; done < COUNT; done += BATCH) {
      int count = Math.min(BATCH, COUNT - done);
      assertThat(trials.withRealVm(FIRST + done, count, vm)).isEmpty();
      if (done % 5_000 == 0) {
        System.out.println("DrawnProgramsTest: " + trials.figures());
      }
    }
    comparisons.count(trials.compared());
    System.out.println("DrawnProgramsTest: " + trials.figures());
    System.out.println("DrawnProgramsTest: drawn in " + trials.drawn());
    System.out.println("DrawnProgramsTest: executed in " + trials.executed());
  }
}
