package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random programs do the same on every engine.
 *
 * <p>{@code -Dcampaign.programs=N} sets how many, {@code -Dcampaign.seed=N} which; the profile
 * {@code soak} runs a million.
 */
class RandomProgramsTest {
  private static final long PROGRAMS = Long.getLong("campaign.programs", 5000);
  private static final long SEED = Long.getLong("campaign.seed", 1);

  @Test
  void everyEngineDoesTheSame() {
    Campaign campaign = new Campaign(SEED, List.of(Engines.values()));
    for (long number = 0; number < PROGRAMS; number++) {
      assertThat(campaign.run(number)).isEmpty();
    }
    Statistics statistics = campaign.statistics();
    System.out.println(statistics);
    statistics.check();
  }
}
