package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every planted mistake of the verifier is found, and nothing where none is planted. */
class UnsoundnessTest {
  @ParameterizedTest
  @EnumSource
  void theSearchFindsIt(Unsoundness mistake) throws Exception {
    assertThat(mistake.search(Doubt.class).call()).isNotEmpty();
  }

  @Test
  void withoutAMistakeItFindsNothing() {
    assertThat(new Doubt().call()).isEmpty();
  }
}
