package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.autonomous.model.Bug;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine and an independent model agree on random lives, slot by slot and fate by fate. */
class ModelTest {
  private static final int SEEDS = 10;
  private static final int SLOTS = 200;
  private static final int ENOUGH = 100;

  /** What lives do not come to: handles in maps that evict. */
  private static final List<Fate> ELSEWHERE = List.of(Fate.EVICTED);

  @Test
  void theEngineDoesWhatTheModelSays(TestReporter reporter) {
    Map<String, Integer> coverage = Play.coverage();
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(new Play(seed, coverage).live(SLOTS)).as("seed " + seed).isNull();
    }
    reporter.publishEntry("coverage", coverage.toString());
    for (Fate fate : Fate.values()) {
      if (!ELSEWHERE.contains(fate)) {
        requireEnough(coverage, "fate " + fate);
      }
    }
    for (Kind kind : Kind.values()) {
      requireEnough(coverage, "wave of " + kind.number());
    }
    for (OverduePolicy policy : OverduePolicy.values()) {
      requireEnough(coverage, "policy " + policy.number());
    }
    for (int code : new int[] {0, 1, 2, 3, 4, 5, 6, 8, 11, 16, 17}) {
      requireEnough(coverage, "code " + code);
    }
  }

  private static void requireEnough(Map<String, Integer> coverage, String what) {
    assertThat(coverage.getOrDefault(what.toLowerCase(Locale.ROOT), 0))
        .as(what)
        .isGreaterThanOrEqualTo(ENOUGH);
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedMistakeShows(Bug bug) {
    String difference = null;
    for (long seed = 1; seed <= SEEDS && difference == null; seed++) {
      difference = new Play(seed, Play.coverage(), bug).live(SLOTS);
    }
    assertThat(difference).isNotNull();
  }
}
