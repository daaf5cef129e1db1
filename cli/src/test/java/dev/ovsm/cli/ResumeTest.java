package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that stop and go on, and runs that are done once more. */
class ResumeTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";
  private static final String GUARD = "../examples/price_guard.ovsm";
  private static final String CRASH = "../examples/price_guard.yaml";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void goesOnToTheSameEndAmongAccountsThatChange() throws IOException {
    run(0, GUARD, "--scenario", CRASH, "--snapshot-every", "90", "--json", "-q");
    JsonObject whole = summary();
    List<Path> snapshots = snapshots(folder.resolve("1"));
    assertThat(snapshots).hasSize(6);
    for (Path snapshot : snapshots) {
      run(0, "--resume", snapshot.toString(), "--threads", "4", "--json", "-q");
      assertThat(summary()).isEqualTo(whole);
    }
  }

  @Test
  void whatIsLoggedAndBecomesOfTriggersAfterASnapshotIsTheSame() throws IOException {
    String[] sends = {"--send", "25:heartbeat-init", "--send", "75:heartbeat-init"};
    List<String> all = new ArrayList<>(List.of(HEARTBEAT, "--slots", "100", "--snapshot-every"));
    all.addAll(List.of("50", "--json", "-v"));
    run(1, Stream.concat(all.stream(), Stream.of(sends)).toArray(String[]::new));
    List<String> whole = out.toString(UTF_8).lines().filter(ResumeTest::isLate).toList();
    run(1, "--resume", folder.resolve("1/50.snapshot").toString(), "--json", "-v");
    List<String> resumed = out.toString(UTF_8).lines().filter(ResumeTest::isRepeated).toList();
    assertThat(resumed.get(0))
        .contains("\"resumed\",\"slot\":50,\"registration\":1,\"kind\":\"timer\"");
    assertThat(resumed.subList(1, resumed.size())).containsExactlyElementsOf(whole);
    assertThat(whole).hasSize(29);
  }

  private static boolean isLate(String line) {
    JsonObject object = JsonParser.parseString(line).getAsJsonObject();
    return isRepeated(line) && (!object.has("slot") || object.get("slot").getAsLong() > 50);
  }

  /** Failures of one place are told once in a run: of two, the second comes only after a resume. */
  private static boolean isRepeated(String line) {
    return !line.contains("\"type\":\"failure\"");
  }

  @Test
  void anExpectationThatFailedBeforeTheSnapshotStillFails() throws IOException {
    Path scenario = folder.resolve("never.yaml");
    Files.writeString(
        scenario,
        """
        version: 1
        slots: 40
        expect:
          - always: executions < 1 or executions > 1
          - count: { log: Heartbeat, min: 4 }
        """);
    run(1, HEARTBEAT, "--scenario", scenario.toString(), "--snapshot-every", "25", "--json", "-q");
    Files.delete(scenario);
    run(1, "--resume", folder.resolve("1/25.snapshot").toString(), "--json", "-q");
    assertThat(err.toString(UTF_8))
        .contains("error[X0023]: executions < 1 or executions > 1 does not hold in slot 10")
        .contains("before the snapshot")
        .doesNotContain("error[X0022");
  }

  @Test
  void aRunThatIsKilledLeavesOnlySnapshotsThatAreGood() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 4; i++) {
      Path runs = folder.resolve("kill" + i);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "run",
                  HEARTBEAT,
                  "--slots",
                  "100000000",
                  "--snapshot-every",
                  "1",
                  "--run-folder",
                  runs.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (snapshots(runs.resolve("1")).size() < 3) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(100));
      process.destroyForcibly().waitFor();
      List<Path> left = snapshots(runs.resolve("1"));
      Path last = left.get(left.size() - 1);
      long slot = slot(last);
      run(0, "--resume", last.toString(), "--slots", Long.toString(slot + 40), "--json", "-q");
      String resumed = summary().get("state_hash").getAsString();
      run(0, HEARTBEAT, "--slots", Long.toString(slot + 40), "--json", "-q");
      assertThat(resumed).isEqualTo(summary().get("state_hash").getAsString());
    }
  }

  @Test
  void aRecordingComesOutTheSame() {
    String recording = folder.resolve("x.rec").toString();
    run(0, GUARD, "--scenario", CRASH, "--record", recording, "--json", "-q");
    JsonObject whole = summary();
    assertThat(ovsm("replay", recording, "--json", "--engine", "interpreter")).isZero();
    assertThat(summary()).isEqualTo(whole);
    assertThat(ovsm("replay", recording)).isZero();
    assertThat(out.toString(UTF_8)).endsWith("  the same as the recording\n");
  }

  @Test
  void aRunThatDoesNotStartLeavesNoRecording() {
    Path recording = folder.resolve("x.rec");
    run(2, HEARTBEAT, "--init", "explode", "--record", recording.toString());
    assertThat(folder.toFile().list()).containsExactly("1");
  }

  @Test
  void whatIsNoSnapshotOrRecordingIsRefusedAndStays() throws IOException {
    run(0, HEARTBEAT, "--slots", "20", "--snapshot-every", "20", "--record", rec());
    Path snapshot = folder.resolve("1/20.snapshot");
    for (Path file : List.of(snapshot, Path.of(rec()))) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 4;
      Files.write(file, bytes);
      boolean saved = file.equals(snapshot);
      assertThat(saved ? run(3, "--resume", file.toString()) : ovsm("replay", rec())).isEqualTo(3);
      assertThat(err.toString(UTF_8)).startsWith(saved ? "error[X0026]: " : "error[X0027]: ");
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
  }

  private String rec() {
    return folder.resolve("x.rec").toString();
  }

  private int run(int expected, String... arguments) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--run-folder", folder.toString()));
    int code = ovsm(all.toArray(String[]::new));
    assertThat(code).as(err.toString(UTF_8)).isEqualTo(expected);
    return code;
  }

  private int ovsm(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(List.of(arguments), out, err);
  }

  private JsonObject summary() {
    String last = out.toString(UTF_8).lines().reduce("", (a, b) -> b);
    return JsonParser.parseString(last).getAsJsonObject();
  }

  private static List<Path> snapshots(Path runFolder) throws IOException {
    if (!Files.isDirectory(runFolder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(runFolder)) {
      return all.filter(file -> file.toString().endsWith(".snapshot"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparingLong(ResumeTest::slot))
          .toList();
    }
  }

  private static long slot(Path snapshot) {
    return Long.parseLong(snapshot.getFileName().toString().replace(".snapshot", ""));
  }
}
