package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random programs do the same in the real VM as on our engines.
 *
 * <p>{@code -Drealvm.programs=N} sets how many, {@code -Drealvm.seed=N} which; the profile {@code
 * soak} compares a million.
 */
@ComparedWithRealVm(minimum = 10_000)
class RealVmProgramsTest {
  private static final long PROGRAMS = Long.getLong("realvm.programs", 10_000);
  private static final long SEED = Long.getLong("realvm.seed", 1);
  private static final int BATCH = 500;
  private static final int MOST = 20;
  private static final long REPORT = 100_000;

  @Test
  void randomProgramsDoTheSame(RealVm vm, Comparisons comparisons) {
    RealVmPrograms programs = new RealVmPrograms(vm, SEED);
    List<String> differences = new ArrayList<>();
    for (long first = 0; first < PROGRAMS && differences.size() < MOST; first += BATCH) {
      differences.addAll(programs.run(first, BATCH));
      comparisons.count(BATCH);
      if ((first + BATCH) % REPORT == 0) {
        System.out.printf(
            Locale.ROOT,
            "%,d programs of seed %d, %d differ%n",
            first + BATCH,
            SEED,
            differences.size());
      }
    }
    System.out.println(programs.statistics());
    assertThat(differences).isEmpty();
    programs.statistics().check();
  }

  @ParameterizedTest
  @EnumSource
  void theCampaignFindsPlantedBugs(PlantedBug bug) throws Exception {
    Callable<String> search = bug.search(RealVmSearch.class);
    assertThat(search.call()).isNotEmpty();
  }
}
