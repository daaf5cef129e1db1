package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Drawn programs do what they mean, at every level of optimisation, wherever they run; {@link
 * Trials#withRealVm} says what is compared of each. {@code -Ddrawn.programs=N} sets how many are
 * tried, {@code -Ddrawn.seed=N} the first, {@code -Ddrawn.threads=N} on how many threads.
 */
@ComparedWithRealVm(minimum = 150)
class DrawnProgramsTest {
  private static final int COUNT = Integer.getInteger("drawn.programs", 60);
  private static final long FIRST = Long.getLong("drawn.seed", 1);
  private static final int THREADS = Integer.getInteger("drawn.threads", 2);
  private static final int BATCH = Math.min(100, 1 + COUNT / 2);
  private static final int STRETCH = 1_000;

  @Test
  void programsDoWhatTheyMean(RealVm vm, Comparisons comparisons) {
    Campaign campaign = new Campaign(vm, BATCH);
    int told = 0;
    for (int done = 0; done < COUNT; done += STRETCH) {
      int count = Math.min(STRETCH, COUNT - done);
      campaign.run(FIRST + done, count, THREADS);
      System.out.printf(
          Locale.ROOT,
          "DrawnProgramsTest: seeds %d to %d, %s; differences: %d%n",
          FIRST,
          FIRST + done + count - 1,
          campaign.trials().figures(),
          campaign.differences().size());
      campaign.differences().stream().skip(told).forEach(System.out::println);
      told = campaign.differences().size();
    }
    assertThat(campaign.differences()).isEmpty();
    assertThat(campaign.trials().limited()).isLessThanOrEqualTo(1 + COUNT / 100);
    comparisons.count(campaign.trials().compared());
    System.out.println("DrawnProgramsTest: drawn in " + campaign.trials().drawn());
    System.out.println("DrawnProgramsTest: executed in " + campaign.trials().executed());
  }
}
