package dev.ovsm.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trace of a run against the rules of the Trace Event Format: what each phase must say, that
 * times do not go back in a lane, that slices do not overlap and that arrows begin and end in them.
 */
class TraceTest {
  private static final long SLOT_MICROS = 400_000;
  private static final long MOST_EXACT = 1L << 53;

  @TempDir Path folder;

  /** A slice of a lane. */
  private record Slice(long start, long end, JsonObject event) {}

  @Test
  void everyRegistrationIsALaneAndSlotsAreTime() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("faults.yaml"),
            """
            version: 1
            slots: 300
            accounts: { whale: { lamports: 10 SOL } }
            steps:
              - { at: 15, fail: { callbacks: 2, units: 100 } }
              - { at: 40, transfer: { from: whale, to: payer, lamports: 2.5 SOL } }
              - { at: 60, skip-slots: 7 }
            """);
    LeftRun run =
        LeftRun.of(
            folder.resolve("runs"),
            List.of("run", "../examples/heartbeat.ovsm", "--scenario", scenario.toString(), "-q"));
    assertThat(run.exitCode()).isZero();
    Map<String, List<Slice>> lanes = slices(events(run));
    List<JsonObject> fates = run.events("fate");
    assertThat(lanes).containsOnlyKeys("timer 1 heartbeat-callback");
    List<Slice> heartbeat = lanes.getOrDefault("timer 1 heartbeat-callback", List.of());
    assertThat(heartbeat).hasSameSizeAs(fates);
    for (int i = 0; i < fates.size(); i++) {
      Slice slice = heartbeat.get(i);
      JsonObject arguments = slice.event.getAsJsonObject("args");
      for (String name : List.of("slot", "fate", "compute_units", "nominal_slot", "attempt")) {
        assertThat(arguments.get(name)).as(name).isEqualTo(fates.get(i).get(name));
      }
      assertThat(slice.start / SLOT_MICROS).isEqualTo(fates.get(i).get("slot").getAsLong());
      assertThat(slice.end - slice.start)
          .isEqualTo(fates.get(i).get("compute_units").getAsLong() * SLOT_MICROS / 400_000);
    }
  }

  @Test
  void itShowsBalancesAndLoad() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("transfer.yaml"),
            """
            version: 1
            slots: 100
            accounts: { whale: { lamports: 10 SOL } }
            steps:
              - { at: 40, transfer: { from: whale, to: payer, lamports: 2.5 SOL } }
            """);
    LeftRun run =
        LeftRun.of(
            folder.resolve("runs"),
            List.of("run", "../examples/heartbeat.ovsm", "--scenario", scenario.toString(), "-q"));
    Map<Long, Long> balance = new HashMap<>();
    Map<Long, Long> load = new HashMap<>();
    for (JsonObject event : events(run)) {
      JsonObject arguments = event.getAsJsonObject("args");
      if (event.get("name").getAsString().equals("balance of whale")) {
        balance.put(slot(event), arguments.get("lamports").getAsLong());
      } else if (event.get("name").getAsString().equals("compute units a slot")) {
        load.put(slot(event), arguments.get("CU").getAsLong());
      }
    }
    assertThat(balance)
        .containsEntry(39L, 10_000_000_000L)
        .containsEntry(40L, 7_500_000_000L)
        .hasSize(101);
    Map<Long, Long> expected = new HashMap<>();
    run.events("fate")
        .forEach(
            fate ->
                expected.merge(
                    fate.get("slot").getAsLong(),
                    fate.get("compute_units").getAsLong(),
                    Long::sum));
    load.values().removeIf(units -> units == 0);
    assertThat(load).isEqualTo(expected);
  }

  private static long slot(JsonObject event) {
    return event.get("ts").getAsLong() / SLOT_MICROS;
  }

  /** All events of a trace, each of which says what its phase must say. */
  private static List<JsonObject> events(LeftRun run) throws IOException {
    List<JsonObject> events = new ArrayList<>();
    JsonObject file = run.json("trace.json");
    assertThat(file.get("displayTimeUnit").getAsString()).isEqualTo("ms");
    for (JsonElement element : file.getAsJsonArray("traceEvents")) {
      JsonObject event = element.getAsJsonObject();
      events.add(event);
      assertThat(event.get("name").getAsString()).isNotEmpty();
      assertThat(event.get("pid").getAsInt()).isNotNegative();
      assertThat(event.get("tid").getAsLong()).isNotNegative();
      String phase = event.get("ph").getAsString();
      if (!phase.equals("M")) {
        assertThat(event.get("ts").getAsLong()).isBetween(0L, MOST_EXACT);
      }
      switch (phase) {
        case "M" -> {
          assertThat(event.get("name").getAsString()).isIn("process_name", "thread_name");
          assertThat(event.getAsJsonObject("args").get("name").getAsString()).isNotEmpty();
        }
        case "X" -> {
          assertThat(event.get("dur").getAsLong()).isPositive();
          assertThat(event.get("cat").getAsString()).isNotEmpty();
        }
        case "i" -> assertThat(event.get("s").getAsString()).isEqualTo("t");
        case "C" ->
            event
                .getAsJsonObject("args")
                .entrySet()
                .forEach(
                    entry -> assertThat(entry.getValue().getAsJsonPrimitive().isNumber()).isTrue());
        case "s" -> assertThat(event.has("id") && event.has("cat")).isTrue();
        case "f" -> {
          assertThat(event.has("id") && event.has("cat")).isTrue();
          assertThat(event.get("bp").getAsString())
              .as("binds to the slice around it")
              .isEqualTo("e");
        }
        default -> throw new AssertionError("no phase " + phase);
      }
    }
    return events;
  }

  /** The slices of each lane, which has a name; arrows begin where a slice does and end in one. */
  private static Map<String, List<Slice>> slices(List<JsonObject> events) {
    Map<String, String> names = new HashMap<>();
    Set<String> processes = new HashSet<>();
    Map<String, List<Slice>> lanes = new HashMap<>();
    Set<String> starts = new HashSet<>();
    Map<String, Long> arrows = new HashMap<>();
    Set<String> ended = new HashSet<>();
    for (JsonObject event : events) {
      String process = event.get("pid").toString();
      String lane = process + ":" + event.get("tid");
      String phase = event.get("ph").getAsString();
      if (!phase.equals("M")) {
        assertThat(processes).contains(process);
        assertThat(phase.equals("C") || names.containsKey(lane)).as(lane).isTrue();
      }
      switch (phase) {
        case "M" -> {
          if (event.get("name").getAsString().equals("thread_name")) {
            String name = event.getAsJsonObject("args").get("name").getAsString();
            assertThat(names.put(lane, name)).as("one name").isNull();
          } else {
            assertThat(processes.add(process)).as("one name").isTrue();
          }
        }
        case "X" -> {
          long start = event.get("ts").getAsLong();
          List<Slice> slices = lanes.computeIfAbsent(names.get(lane), name -> new ArrayList<>());
          if (!slices.isEmpty()) {
            assertThat(start).isGreaterThanOrEqualTo(slices.get(slices.size() - 1).end);
          }
          slices.add(new Slice(start, start + event.get("dur").getAsLong(), event));
          starts.add(lane + "@" + start);
        }
        case "s" -> {
          assertThat(starts).contains(lane + "@" + event.get("ts"));
          assertThat(arrows.put(arrow(event), event.get("ts").getAsLong())).isNull();
        }
        case "f" -> {
          assertThat(starts).contains(lane + "@" + event.get("ts"));
          assertThat(arrows.get(arrow(event))).isLessThan(event.get("ts").getAsLong());
          assertThat(ended.add(arrow(event))).as("an arrow has one end").isTrue();
        }
        default -> {
          // counters and instants are not in a lane's slices
        }
      }
    }
    assertThat(arrows).isNotEmpty();
    assertThat(ended).isEqualTo(arrows.keySet());
    return lanes;
  }

  /** The ends of an arrow agree in these. */
  private static String arrow(JsonObject event) {
    return event.get("cat") + " " + event.get("name") + " " + event.get("id");
  }
}
