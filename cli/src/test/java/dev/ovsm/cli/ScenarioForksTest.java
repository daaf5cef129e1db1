package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forks leave no trace of the branch that was left. */
class ScenarioForksTest extends PlayedScenario {
  /** What happens on a branch that is left is as if its slots had been skipped. */
  @Test
  void aForkLeavesNoTrace() throws IOException {
    Path forked =
        scenario(
            PRICE,
            """
            steps:
              - { at: 12, fail: { error: 77 } }
              - { at: 21, set: { price.price: 50 } }
              - { at: 23, freeze: price }
              - { at: 24, fail: { callbacks: 20, units: 1 } }
              - { at: 40, fork: 20 }
              - { at: 45, set: { price.price: 90 } }
            expect:
              - always: "slot < 40 or slot >= 45 or price.price == 100"
              - at-end: "price.price == 90 and guard.moves == 1"
              - count: { event: PRICE_MOVED, exactly: 1 }
            """);
    assertThat(run(GUARD, forked)).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8)).contains("fork: what comes now follows slot 19; up to 39");
    String whole = state();
    out.reset();
    Path skipping =
        scenario(
            PRICE,
            """
            steps:
              - { at: 12, fail: { error: 77 } }
              - { at: 19, skip-slots: 20 }
              - { at: 45, set: { price.price: 90 } }
            """);
    assertThat(run(GUARD, skipping)).as(err.toString(UTF_8)).isZero();
    assertThat(state()).isEqualTo(whole);
  }

  @Test
  void forksAreRecordedAndReplayed() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 60
            steps:
              - { at: 5, fail: { callbacks: 1, error: 6000 } }
              - { every: 20, from: 20, fork: 7 }
              - { at: 33, skip-slots: 4 }
            """);
    String recording = folder.resolve("run.rec").toString();
    List<String> command =
        List.of("run", HEARTBEAT, "--scenario", file.toString(), "--record", recording);
    assertThat(Main.run(command, out, err)).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("follows slot 12;", "follows slot 32;", "follows slot 52;");
    assertThat(Main.run(List.of("replay", recording), out, err)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aForkBehindASnapshotCannotBeTakenFromIt() throws IOException {
    Path file = scenario("version: 1\nslots: 60\nsteps: [{ at: 40, fork: 15 }]\n");
    String runs = folder.resolve("runs").toString();
    List<String> command =
        List.of(
            "run",
            HEARTBEAT,
            "--scenario",
            file.toString(),
            "--snapshot-every",
            "8",
            "--run-folder",
            runs);
    assertThat(Main.run(command, out, err)).as(err.toString(UTF_8)).isZero();
    String whole = state();
    for (String slot : List.of("16", "24", "48")) {
      out.reset();
      assertThat(resume(runs, slot)).as(err.toString(UTF_8)).isZero();
      assertThat(state()).isEqualTo(whole);
    }
    assertThat(resume(runs, "32")).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .contains("a fork of its scenario goes back to a slot before it");
  }

  private int resume(String runs, String slot) {
    String snapshot = Path.of(runs, "1", slot + ".snapshot").toString();
    return Main.run(List.of("run", "--resume", snapshot, "--run-folder", "none"), out, err);
  }
}
