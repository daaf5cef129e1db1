package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";
  private static final String FAULTS =
      """
      version: 1
      slots: 60
      steps:
        - { at: 15, fail: { callbacks: 2, units: 100 } }
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void saysWhatBecameOfEveryTrigger() throws IOException {
    runHeartbeat();
    assertThat(why("1")).isZero();
    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.matches("  slot 10  trigger 1  EXECUTED, [0-9,]+ CU"))
        .anyMatch(line -> line.matches("  slot 20  trigger 2  RETRIED, 100 CU: .*"))
        .anyMatch(
            line ->
                line.matches(
                    "  slot 23  trigger 4, meant for slot 20, attempt 3  EXECUTED, [0-9,]+ CU"))
        .contains("  slot 0  registered by a transaction at start-up")
        .hasSize(2 + 7);
  }

  @Test
  void saysWhatLedToARunAndWhatMadeIt() throws IOException {
    runHeartbeat();
    assertThat(why("1", "--slot", "23")).isZero();
    assertThat(out.toString(UTF_8).lines()).filteredOn(line -> line.contains("RETRIED")).hasSize(2);
    assertThat(out.toString(UTF_8))
        .contains("    made when timer 1 ran in slot 10 for trigger 1\n")
        .endsWith("    made by a transaction at start-up, in slot 0\n");
  }

  @Test
  void saysWhyNothingRan() throws IOException {
    runHeartbeat();
    why("1", "--slot", "15");
    assertThat(out.toString(UTF_8))
        .contains("no trigger of it was due; the last was slot 10")
        .endsWith(
            "  trigger 2, made in slot 10, was meant for slot 20\n  the next is of slot 20\n");
    out.reset();
    why("1", "--slot", "22");
    assertThat(out.toString(UTF_8)).contains("it was waiting: slot 21  trigger 3");
    out.reset();
    why("1", "--slot", "3");
    assertThat(out.toString(UTF_8))
        .contains(
            """
            none of its triggers had come yet
              trigger 1, made in slot 0, was meant for slot 10
            """);
  }

  @Test
  void theLastRunIsMeantUnlessOneIsNamed() throws IOException {
    runHeartbeat();
    Main.run(
        List.of("run", HEARTBEAT, "--slots", "10", "--run-folder", folder.toString()), out, err);
    out.reset();
    why("1");
    assertThat(out.toString(UTF_8)).endsWith("CU\n").contains("/2\n").hasLineCount(3);
    out.reset();
    assertThat(Main.run(List.of("why", "1", "--run", folder.resolve("1").toString()), out, err))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("RETRIED");
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    assertThat(why("1")).isEqualTo(4);
    assertThat(err.toString(UTF_8)).startsWith("error[X0024]: there is no run in ");
    runHeartbeat();
    err.reset();
    assertThat(why("77")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("error[X0025]: the run has no registration");
  }

  @Test
  void damagedEventsAreRefused() throws IOException {
    for (String text : List.of("{\"type\":\"fate\"}\n", "[1]\n", "{\n", "nonsense", "null\n")) {
      Files.createDirectories(folder.resolve("9"));
      Files.writeString(folder.resolve("9/events.jsonl"), text);
      err.reset();
      assertThat(why("1")).as(text).isEqualTo(1);
      assertThat(err.toString(UTF_8)).startsWith("error[C0006]: the run's events are damaged\n");
    }
  }

  /** Of the example, each push of the program that stands is a record, and no other is one. */
  @Test
  void recordsOfRingsAreEvents() throws IOException {
    List<String> arguments =
        List.of(
            "run",
            "../examples/seeds/ring.ovsm",
            "--scenario",
            "../examples/seeds/ring.yaml",
            "--run-folder",
            folder.toString());
    assertThat(Main.run(arguments, out, err)).as(err.toString(UTF_8)).isZero();
    List<String> records =
        Files.readAllLines(folder.resolve("1/events.jsonl")).stream()
            .filter(line -> line.contains("\"type\":\"ring\""))
            .toList();
    List<JsonObject> told =
        records.stream().map(line -> new Gson().fromJson(line, JsonObject.class)).toList();
    assertThat(told.stream().map(one -> one.get("ring").getAsLong()).distinct()).hasSize(1);
    assertThat(told.stream().map(one -> one.get("program").getAsString()).distinct()).hasSize(1);
    assertThat(told.stream().map(WhyCommandTest::pushed)).containsExactlyElementsOf(prices());
  }

  /** The slot, and of the record: 1 for a rise and 2 for a fall, the slot, and the price. */
  private static List<Long> pushed(JsonObject record) {
    byte[] data = HexFormat.of().parseHex(record.get("data").getAsString());
    ByteBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(data).hasSize(24);
    return List.of(
        record.get("slot").getAsLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /** What the scenario does to the price, in millionths of a cent. */
  private static List<List<Long>> prices() {
    List<List<Long>> all = new ArrayList<>();
    for (long i = 1; i <= 10; i++) {
      all.add(List.of(3 + 4 * i, 1L, 3 + 4 * i, (100 + i) * 100_000_000));
    }
    for (long i = 1; i <= 60; i++) {
      all.add(List.of(120 + i, 2L, 120 + i, 11_000_000_000L - i * 25_000_000));
    }
    all.add(List.of(230L, 1L, 230L, 9_600_000_000L));
    all.add(List.of(290L, 1L, 290L, 9_700_000_000L));
    return all;
  }

  @Test
  void aRunThatCannotLeaveEventsStillRuns() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    int code =
        Main.run(
            List.of("run", HEARTBEAT, "--slots", "10", "--run-folder", file.toString()), out, err);
    assertThat(code).isZero();
    assertThat(err.toString(UTF_8)).startsWith("warning[C0009]: the run leaves no events\n");
  }

  private void runHeartbeat() throws IOException {
    Path scenario = Files.writeString(folder.resolve("faults.yaml"), FAULTS);
    List<String> arguments =
        List.of(
            "run", HEARTBEAT, "--scenario", scenario.toString(), "--run-folder", folder.toString());
    assertThat(Main.run(arguments, out, err)).as(err.toString(UTF_8)).isZero();
    out.reset();
  }

  private int why(String... arguments) {
    List<String> all = new ArrayList<>(List.of("why", "--run", folder.toString()));
    all.addAll(List.of(arguments));
    return Main.run(all, out, err);
  }
}
