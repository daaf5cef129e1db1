package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic that is believed to be exact is so when it runs; a mistake in that is found. */
class ExactClaimsTest {
  @Test
  void whatIsBelievedHolds() {
    Exaggeration.Search search = new Exaggeration.Search();
    assertThat(search.call()).isEmpty();
    assertThat(search.believed()).isGreaterThan(60);
    assertThat(search.doubted()).isGreaterThan(60);
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeIsFound(Exaggeration mistake) throws Exception {
    assertThat(mistake.search().call()).isNotEmpty();
  }
}
