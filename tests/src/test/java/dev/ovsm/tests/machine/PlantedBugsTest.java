package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random programs find every planted bug. */
class PlantedBugsTest {
  @ParameterizedTest
  @EnumSource
  void theCampaignFindsIt(PlantedBug bug) throws Exception {
    assertThat(search(bug).call()).isNotEmpty();
  }

  /** The search in the world that has the bug, whose classes are not those of this one. */
  @SuppressWarnings("unchecked")
  private static Callable<String> search(PlantedBug bug) throws ReflectiveOperationException {
    Class<?> type = Class.forName(Search.class.getName(), true, bug.loader());
    return (Callable<String>) type.getDeclaredConstructor().newInstance();
  }
}
