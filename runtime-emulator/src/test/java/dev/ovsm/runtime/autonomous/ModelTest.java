package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.autonomous.model.Op;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The engine and an independent model agree on random lives, slot by slot and fate by fate. */
class ModelTest {
  private static final int SEEDS = 14;
  private static final int SLOTS = 200;
  private static final int ENOUGH = 100;

  @Test
  void theEngineDoesWhatTheModelSays(TestReporter reporter) {
    Map<String, Integer> coverage = Play.coverage();
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(new Play(seed, coverage).live(SLOTS)).as("seed " + seed).isNull();
    }
    reporter.publishEntry("coverage", coverage.toString());
    for (Fate fate : Fate.values()) {
      requireEnough(coverage, "fate " + fate);
    }
    for (Kind kind : Kind.values()) {
      requireEnough(coverage, "wave of " + kind.number());
    }
    for (OverduePolicy policy : OverduePolicy.values()) {
      requireEnough(coverage, "policy " + policy.number());
    }
    for (Class<?> operation : Op.class.getPermittedSubclasses()) {
      requireEnough(coverage, operation.getSimpleName());
    }
    for (Origin origin : Origin.values()) {
      requireEnough(coverage, "origin " + origin);
    }
    assertThat(coverage)
        .containsKeys(
            "cancelled by its own callback",
            "cancelled by another",
            "cancelled by a transaction",
            "removed by its own callback",
            "armed anew by another",
            "armed anew by a transaction",
            "armed anew by a transaction at start-up",
            "its handle was overwritten by a transaction",
            "its handle was overwritten by another",
            "its map element was evicted by a transaction",
            "its program was closed by a transaction");
    for (AsyncCode code : AsyncCode.values()) {
      requireEnough(coverage, "code " + code.number());
    }
  }

  /** A chain of tail calls and a hundred events say more than a log has room for. */
  @Test
  void aLogThatIsCutOffIsComparedAsFarAsItGoes() {
    assertThat(new Play(17, Play.coverage()).live(SLOTS)).isNull();
  }

  /** What happens, in words of any case, happens often enough to be tried. */
  private static void requireEnough(Map<String, Integer> coverage, String what) {
    assertThat(coverage.getOrDefault(what.toLowerCase(Locale.ROOT), 0))
        .as(what)
        .isGreaterThanOrEqualTo(ENOUGH);
  }
}
