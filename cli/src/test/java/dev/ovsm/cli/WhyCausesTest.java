package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can keep a callback from running in its slot is named as its cause. */
class WhyCausesTest {
  private static final String PROGRAM = "src/test/resources/dev/ovsm/cli/causes.ovsm";
  private static final String SCENARIO =
      """
      version: 1
      slots: 420
      accounts:
        price:
          address: 7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE
          fields: { price: u64@8 }
          size: 16
      steps:
        - { at: 61, set: { price.price: 5 } }
        - { at: 63, set: { price.price: 9 } }
        - { at: 65, set: { price.price: 14 } }
        - { at: 101, skip-slots: 12 }
        - { at: 142, set: { price.price: 77 } }
        - { at: 142, fail: { callbacks: 6, error: 7 } }
        - { at: 165, replay-dead-letter: all }
        - { at: 178, set: { price.price: 1 } }
        - { at: 182, fork: 8 }
        - { at: 190, fail: { callbacks: 60, error: 8 } }
        - { at: 330, upgrade: { program: causes, file: other.so } }
        - { at: 333, deploy: { file: other.so, start: none } }
        - { at: 335, upgrade: { program: heartbeat, file: causes.so } }
        - { at: 340, set: { price.price: 99 } }
        - { at: 345, upgrade: { program: causes, file: causes.so } }
        - { at: 405, close: causes }
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException {
    String causes = folder.resolve("causes.so").toString();
    String other = folder.resolve("other.so").toString();
    ovsm("compile", PROGRAM, "-q", "-o", causes);
    ovsm("compile", "../examples/heartbeat.ovsm", "-q", "-o", other);
    Path scenario = Files.writeString(folder.resolve("causes.yaml"), SCENARIO);
    String runs = folder.resolve("runs").toString();
    ovsm(
        "run",
        causes,
        "--scenario",
        scenario.toString(),
        "--slot-budget",
        "205000",
        "-q",
        "--run-folder",
        runs);
  }

  @Test
  void aSlotWithoutRoomNamesWhatTookIt() {
    assertThat(why(2, 10))
        .containsPattern("DEFERRED: no room in its slot\n")
        .containsPattern("    [0-9,]+ CU had been used there by periodic 1 \\([0-9,]+\\)\n");
    assertThat(why(2, 11))
        .contains("slot 10  trigger 2  DEFERRED", "slot 11  trigger 2, meant for slot 10  EXECUTED")
        .doesNotContain("apart");
    assertThat(why(3, 10)).contains("EXPIRED: no room in its slot");
    assertThat(why(3, 11)).contains("no trigger of it was due; the last was slot 10  trigger 3");
  }

  @Test
  void skippedSlotsAndPassedTurnsAreNamed() {
    assertThat(why(1, 114))
        .contains("meant for slot 110  EXECUTED", "    slots 102 to 113 were skipped\n");
    assertThat(why(4, 115)).contains("meant for slot 108", "slots 102 to 113 were skipped");
    assertThat(why(7, 62))
        .contains("    the turn of its kind was over in the slot in which it was made\n")
        .contains("    made when event 6 ran in slot 61", "    made when watcher 5 ran in slot 61");
  }

  /** Of the ticks of slots 104, 108 and 112, which were skipped, the last one ran in slot 116. */
  @Test
  void ticksThatAreMadeUpForComeOneASlot() {
    assertThat(why(4, 117))
        .contains("meant for slot 116  EXECUTED")
        .contains("its ticks are made up for one a slot, and an earlier one ran in slot 116");
    assertThat(why(4, 118)).contains("no trigger of it was due", "was meant for slot 120");
    assertThat(why(4, 105)).contains("  slots 102 to 113 were skipped\n");
  }

  @Test
  void intervalsAndMergedTriggersAreNamed() {
    assertThat(why(5, 71))
        .contains(
            "meant for slot 63  EXECUTED", "its registration keeps triggers some slots apart");
    assertThat(why(5, 65))
        .containsPattern("COALESCED: one is pending\n    it became a part of trigger [0-9]+,")
        .contains("EXECUTED in slot 71");
  }

  @Test
  void failuresAndWhatFollowsAreNamed() {
    assertThat(why(5, 149))
        .contains("slot 142", "slot 143", "attempt 3  RETRIED")
        .contains("attempt 4  DEAD_LETTERED", "custom program error: 0x7");
    assertThat(why(5, 165))
        .contains("meant for slot 142  EXECUTED", ", given up in slot 149, was replayed\n");
    assertThat(why(4, 240))
        .contains("SUPPRESSED: breaker open until slot 328")
        .contains("    10 failures in a row had opened it, the last in slot 228: ");
  }

  @Test
  void whatHappenedOnABranchThatWasLeftIsNoCause() {
    assertThat(why(5, 178)).contains("nothing happened to it in slot 178");
  }

  @Test
  void upgradesAndClosedProgramsAreNamed() {
    assertThat(why(1, 330))
        .contains("QUARANTINED: its callback's entry is gone\n    since the upgrade in slot 330\n");
    assertThat(why(1, 331)).contains("it was waiting: slot 330");
    assertThat(why(5, 340))
        .as("the upgrade of another program is no cause")
        .contains("QUARANTINED: its callback's entry is gone\n    since the upgrade in slot 330\n");
    assertThat(why(4, 405)).contains("CANCELLED: its program was closed by a transaction\n");
    assertThat(why(4, 410))
        .contains("CANCELLED: its program was closed by a transaction\n  none comes after it");
  }

  private static String why(long id, long slot) {
    String runs = folder.resolve("runs").toString();
    return ovsm("why", Long.toString(id), "--slot", Long.toString(slot), "--run", runs);
  }

  private static String ovsm(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Main.run(List.of(arguments), out, err);
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(exitCode).isZero();
    return out.toString(UTF_8);
  }
}
