package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random programs find every planted bug. */
class PlantedBugsTest {
  @ParameterizedTest
  @EnumSource
  void theCampaignFindsIt(PlantedBug bug) throws Exception {
    assertThat(bug.search(Search.class).call()).isNotEmpty();
  }
}
