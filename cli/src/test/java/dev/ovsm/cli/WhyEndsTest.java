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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever ends a trigger before it runs is named, and so is what made it. */
class WhyEndsTest {
  private static final String PROGRAM = "src/test/resources/dev/ovsm/cli/ends.ovsm";
  private static final String SCENARIO =
      """
      version: 1
      slots: 80
      accounts:
        handles: { address: $program.map(handles), fields: { second: u64@80 } }
      steps:
        - { at: 50, send: { instruction: stop } }
        - { at: 51, set: { handles.second: 0 } }
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException {
    Path scenario = Files.writeString(folder.resolve("ends.yaml"), SCENARIO);
    ovsm(
        "run",
        PROGRAM,
        "--scenario",
        scenario.toString(),
        "--slot-budget",
        "305000",
        "-q",
        "--run-folder",
        folder.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|20|EVICTED: its map element was evicted by timer 3 as trigger 3",
        "5|31|EXPIRED: its deadline was slot 30",
        "6|5|CANCELLED: cancelled by its own callback",
        "7|40|CANCELLED: cancelled by timer 8 as trigger 8",
        "9|50|CANCELLED: cancelled by a transaction",
        "10|0|CANCELLED: cancelled by a transaction at start-up",
        "11|41|CANCELLED: armed anew by timer 13 as trigger 13",
        "12|51|CANCELLED: its handle was overwritten by a change from outside"
      })
  void theHandThatEndsATriggerIsNamed(long id, long slot, String end) {
    assertThat(why(id, slot).lines()).anyMatch(line -> line.endsWith(end));
  }

  @Test
  void aDeadlineThatPassedNamesWhatTookTheRoom() {
    assertThat(why(5, 31)).contains("slot 30  trigger 5  DEFERRED: no room in its slot");
    assertThat(why(5, 30)).containsPattern("CU had been used there by timer 4 \\([0-9,]+\\)\n");
  }

  @Test
  void whatMadeATriggerIsNamed() {
    assertThat(why(11, 51))
        .contains("    made when timer 13 ran in slot 41 for trigger 13\n")
        .endsWith("    made by a transaction at start-up, in slot 0\n");
    assertThat(why(6, 5)).contains("    made by its own grid of slots\n");
  }

  private static String why(long id, long slot) {
    String run = folder.toString();
    return ovsm("why", Long.toString(id), "--slot", Long.toString(slot), "--run", run);
  }

  private static String ovsm(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(Main.run(List.of(arguments), out, err)).as(err.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }
}
