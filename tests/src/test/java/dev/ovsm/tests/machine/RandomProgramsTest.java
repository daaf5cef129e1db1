package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.Opcode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random programs do the same on every engine.
 *
 * <p>{@code -Dcampaign.programs=1000000} makes it long, {@code -Dcampaign.seed=N} another one.
 */
class RandomProgramsTest {
  private static final long PROGRAMS = Long.getLong("campaign.programs", 5000);
  private static final long SEED = Long.getLong("campaign.seed", 1);
  private static final double MOST_TRIVIAL = 0.2;

  @Test
  void everyEngineDoesTheSame() {
    Campaign campaign = new Campaign(SEED, List.of(Engines.values()));
    for (long number = 0; number < PROGRAMS; number++) {
      assertThat(campaign.run(number)).isEmpty();
    }
    Statistics statistics = campaign.statistics();
    System.out.println(statistics);
    assertThat(statistics.trivialPart()).isLessThan(MOST_TRIVIAL);
    assertThat(Arrays.stream(Opcode.values()).filter(op -> statistics.count(op) == 0)).isEmpty();
  }
}
