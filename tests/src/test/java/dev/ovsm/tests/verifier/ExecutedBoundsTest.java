package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No execution of an accepted program takes more compute units or emits more events than the
 * verifier says it can, goes round a loop more often, or holds a value in a register or in its
 * frame that it says cannot be.
 *
 * <p>{@code -Dverifier.accepted=N} sets how many programs are accepted of each version, {@code
 * -Dverifier.seed=N} which; the profile {@code soak} tries 250,000 of each.
 */
class ExecutedBoundsTest {
  private static final long ACCEPTED = Long.getLong("verifier.accepted", 500);
  private static final long SEED = Long.getLong("verifier.seed", 0);

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V1", "V2", "V3"})
  void executionsStayWithinTheBound(Version version) {
    Execution all = new Execution(version);
    for (long seed = SEED; all.accepted() < ACCEPTED; seed++) {
      all.tryProgram(seed);
    }
    all.print();
    all.assertMeaningful();
  }

  /** A loop to which the way turns out to be closed must not keep itself alive. */
  @Test
  void aLoopWithoutAWayInIsForgotten() {
    new Execution(Version.V0).tryProgram(31_000_156_682L);
  }

  /** What is computed where control never goes tells nothing of the same computed elsewhere. */
  @Test
  void aTwinOnADeadWayTellsNothing() {
    new Execution(Version.V3).tryProgram(96_241_359);
  }
}
