package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every planted mistake of the verifier is found, and nothing where none is planted. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnsoundnessTest {
  private static final int KNOWN = 16;
  private final AtomicInteger caught = new AtomicInteger();

  @AfterAll
  void tellHowManyWereCaught() {
    System.out.printf(Locale.ROOT, "known soundness bugs: %d of %d caught%n", caught.get(), KNOWN);
  }

  @Test
  void allOfThemAreHere() {
    assertThat(Unsoundness.values()).hasSize(KNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void theSearchFindsIt(Unsoundness mistake) throws Exception {
    assertThat(mistake.search(Doubt.class).call()).isNotEmpty();
    caught.incrementAndGet();
  }

  @Test
  void withoutAMistakeItFindsNothing() throws Exception {
    assertThat(new Doubt().call()).isEmpty();
  }
}
