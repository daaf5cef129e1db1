package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is said to be safe of memory, frames, heap, records, iterators, handles and registrations is
 * so in the runtime: no access that lies within faults, nothing nests deeper or takes more than is
 * said, nothing is left open or used in the wrong order, no registration is refused for what it
 * asks, and no account changes that may not be written.
 *
 * <p>{@code -Dverifier.promised=N} sets how many programs are drawn of each version, {@code
 * -Dverifier.seed=N} which; the profile {@code soak} draws 100,000 of each.
 */
class ExecutedPromisesTest {
  private static final long PROMISED = Long.getLong("verifier.promised", 400);
  private static final long SEED = Long.getLong("verifier.seed", 0);

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void promisesAreKept(Version version) {
    Keeping all = new Keeping(version);
    for (long seed = SEED; seed < SEED + PROMISED; seed++) {
      all.tryProgram(seed);
    }
    all.print();
    all.assertMeaningful();
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void onlyWritableAccountsChange(Version version) {
    Permitted all = new Permitted(version);
    for (long seed = SEED; seed < SEED + PROMISED; seed++) {
      all.tryProgram(seed);
    }
    all.print();
    all.assertMeaningful();
  }
}
