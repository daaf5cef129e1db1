package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theHeartbeatBeatsEveryTenSlots() {
    assertThat(run(HEARTBEAT, "--slots", "10000", "--start-slot", "990")).isZero();
    List<String> expected = new ArrayList<>(List.of("Program log: Heartbeat initialized"));
    for (int beat = 1; beat <= 1_000; beat++) {
      int slot = 990 + 10 * beat;
      expected.add("Program log: 💓 Heartbeat slot=" + slot + " counter=" + beat);
    }
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines.subList(0, expected.size())).isEqualTo(expected);
    assertThat(lines.subList(expected.size(), lines.size()))
        .hasSizeLessThan(15)
        .anyMatch(line -> line.contains("1,000 executed, 0 failed"));
  }

  @Test
  void jsonIsOneObjectALineAndNothingElse() {
    assertThat(run(HEARTBEAT, "--slots", "20", "--json")).isZero();
    List<JsonObject> objects = json();
    assertThat(objects).allMatch(object -> object.get("v").getAsInt() == 1);
    assertThat(objects)
        .extracting(object -> object.get("type").getAsString())
        .containsExactly("registered", "log", "log", "fate", "log", "fate", "summary");
    assertThat(objects.get(2).get("message").getAsString())
        .isEqualTo("Program log: 💓 Heartbeat slot=10 counter=1");
    assertThat(objects.get(2).get("slot").getAsInt()).isEqualTo(10);
    JsonObject fate = objects.get(3);
    assertThat(fate.get("registration").getAsInt()).isEqualTo(1);
    assertThat(fate.get("kind").getAsString()).isEqualTo("timer");
    assertThat(fate.get("fate").getAsString()).isEqualTo("EXECUTED");
    JsonObject summary = objects.get(6);
    assertThat(summary.get("first_slot").getAsInt()).isEqualTo(1);
    assertThat(summary.get("last_slot").getAsInt()).isEqualTo(20);
    assertThat(summary.get("slots").getAsInt()).isEqualTo(20);
    assertThat(summary.get("executions").getAsInt()).isEqualTo(2);
    assertThat(summary.get("failures").getAsInt()).isZero();
    assertThat(summary.get("compute_units").getAsInt())
        .isEqualTo(2 * summary.get("compute_units_max").getAsInt());
    assertThat(summary.getAsJsonObject("fates").toString())
        .isEqualTo("{\"timer\":{\"EXECUTED\":2}}");
    assertThat(summary.get("state_hash").getAsString()).matches("[0-9a-f]{64}");
  }

  @Test
  void aCompiledProgramRunsWithoutItsSource() throws IOException {
    Path source = folder.resolve("copy.ovsm");
    Files.copy(Path.of(HEARTBEAT), source);
    Path program = folder.resolve("copy.so");
    Main.run(List.of("compile", source.toString(), "-o", program.toString(), "-q"), out, err);
    assertThat(run(source, "--slots", "20", "--json")).isZero();
    Files.delete(source);
    final String fromSource = out.toString(UTF_8);
    out.reset();
    assertThat(run(program, "--slots", "20", "--json")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(fromSource);
  }

  @Test
  void quietAndVerboseChangeHowMuchIsShown() {
    assertThat(run(HEARTBEAT, "--slots", "20", "-q")).isZero();
    assertThat(out.toString(UTF_8)).doesNotContain("Program").contains("2 executed");
    out.reset();
    assertThat(run(HEARTBEAT, "--slots", "20", "-v")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(" invoke [1]\n", " compute units\n", "\nslot 10 timer 1 EXECUTED ");
    assertThat(out.toString(UTF_8).lines().filter(line -> line.endsWith(" invoke [1]")))
        .as("start-up and two beats; the creation of the map is not logged")
        .hasSize(3);
  }

  @Test
  void aCallbackCannotBeCalledByAUser() {
    assertThat(run(HEARTBEAT, "--slots", "5", "--send", "3:heartbeat-callback")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .endsWith(
            """
            error[X0010]: the transaction failed: custom program error: 0x1392
             --> --send 3:heartbeat-callback
              = note: at heartbeat.ovsm:11:1: 5010, a callback was invoked by a user transaction
              = help: ovsm run -v shows the whole log
            """);
  }

  @Test
  void aPublicCallbackMayBeCalledByUsers() throws IOException {
    String name = "(define-program heartbeat-callback";
    String text = Files.readString(Path.of(HEARTBEAT));
    assertThat(text).contains(name);
    Path open = folder.resolve("open.ovsm");
    Files.writeString(open, text.replace(name, name + " :public"));
    assertThat(run(open, "--slots", "5", "--send", "3:heartbeat-callback"))
        .as(err.toString(UTF_8))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("Heartbeat slot=3 counter=1");
  }

  @Test
  void aFailureIsToldOnceWithItsPlaceAndItsMeaning() throws IOException {
    Path source = late("late.ovsm", "");
    assertThat(run(source, "--slots", "20")).isZero();
    String told = "at late.ovsm:7:11: TooLate (6001), it is over\n";
    assertThat(out.toString(UTF_8))
        .containsOnlyOnce("\n  " + told)
        .contains(" failed: custom program error: 0x1771\n  " + told)
        .contains("\n               " + told);
    out.reset();
    assertThat(run(source, "--slots", "20", "--json")).isZero();
    assertThat(json())
        .filteredOn(object -> object.get("type").getAsString().equals("failure"))
        .singleElement()
        .asString()
        .contains("\"slot\":10")
        .endsWith(
            "\"file\":\"late.ovsm\",\"line\":7,\"column\":11,\"code\":6001,"
                + "\"name\":\"TooLate\",\"text\":\"it is over\"}");
  }

  /** A replay has the recording only, and each file as it was when the program failed. */
  @Test
  void aReplayTellsPlacesToo() throws IOException {
    Path early = late("early.ovsm", "");
    Path late = folder.resolve("late.so");
    String[] compile = {"compile", late("late.ovsm", "\n\n").toString(), "-o", late.toString()};
    assertThat(Main.run(List.of(compile), out, err)).isZero();
    Path scenario =
        Files.writeString(
            folder.resolve("upgrade.yaml"),
            """
            version: 1
            slots: 20
            steps:
              - { at: 12, upgrade: { program: early, file: late.so } }
            """);
    Path recording = folder.resolve("late.rec");
    out.reset();
    assertThat(run(early, "--scenario", scenario.toString(), "--record", recording.toString()))
        .as(err.toString(UTF_8))
        .isZero();
    String places = "  at early.ovsm:7:11: TooLate (6001), it is over\n";
    assertThat(out.toString(UTF_8))
        .containsOnlyOnce("\n" + places)
        .containsOnlyOnce("\n  at late.ovsm:9:11: TooLate (6001), it is over\n");
    List<String> told = out.toString(UTF_8).lines().filter(l -> l.startsWith("  at ")).toList();
    out.reset();
    assertThat(Main.run(List.of("replay", recording.toString(), "-v"), out, err)).isZero();
    assertThat(out.toString(UTF_8).lines().filter(l -> l.startsWith("  at ")))
        .isEqualTo(told)
        .hasSize(2);
    out.reset();
    assertThat(Main.run(List.of("replay", recording.toString()), out, err)).isZero();
    assertThat(out.toString(UTF_8)).contains("first failure").contains("\n             " + places);
    out.reset();
    assertThat(Main.run(List.of("replay", recording.toString(), "--json"), out, err)).isZero();
    assertThat(json())
        .filteredOn(object -> object.get("type").getAsString().equals("failure"))
        .extracting(object -> object.get("file").getAsString())
        .containsExactly("early.ovsm", "late.ovsm");
  }

  /** A program whose callbacks fail from slot 8, behind some empty lines. */
  private Path late(String file, String lines) throws IOException {
    return Files.writeString(
        folder.resolve(file),
        lines
            + """
            (define-error TooLate 6001 "it is over")
            (define-autonomous-program late
              (on-startup
                (sol-timer-create-periodic 5 5
                  (lambda ()
                    (if (> (get-slot) 7)
                      (fail TooLate)
                      (log "early")))
                  100000)))
            """);
  }

  @Test
  void whatIsWrongIsOneDiagnosticWithAWayOut() {
    assertRefused(
        """
        error[C0001]: --slots cannot be -1
         --> --slots
          = help: give a number from 0 to 9007199254740992
        """,
        "--slots",
        "-1");
    assertRefused(
        """
        error[X0006]: no entry is named heartbeat-calback
         --> --send 3:heartbeat-calback
          = help: did you mean heartbeat-callback?
        """,
        "--send",
        "3:heartbeat-calback");
    assertRefused(
        """
        error[X0005]: slot 0 is not in the run
         --> --send 0:heartbeat-init
          = help: the first slot is 1
        """,
        "--send",
        "0:heartbeat-init");
    assertRefused(
        """
        error[X0007]: heartbeat-init takes no arguments, not 1
         --> --send 1:heartbeat-init:7
          = help: write its name alone
        """,
        "--send",
        "1:heartbeat-init:7");
    assertRefused(
        """
        error[X0006]: no entry is named start
         --> --init start
          = help: the entries are heartbeat-callback, heartbeat-init
        """,
        "--init",
        "start");
  }

  @Test
  void aMissingFileIsSaid() {
    assertThat(run(folder.resolve("none.so"))).isEqualTo(4);
    assertThat(err.toString(UTF_8)).startsWith("error[C0004]");
  }

  @Test
  void aFileThatIsNoProgramIsRefused() throws IOException {
    Path program = Files.writeString(folder.resolve("text.so"), "not a program");
    assertThat(run(program)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0001]");
  }

  private void assertRefused(String message, String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", compiled().toString()));
    all.addAll(List.of(arguments));
    err.reset();
    assertThat(Main.run(all, out, err)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo(message);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private Path compiled() {
    Path program = folder.resolve("heartbeat.so");
    if (!Files.exists(program)) {
      Main.run(List.of("compile", HEARTBEAT, "-o", program.toString(), "-q"), out, err);
    }
    return program;
  }

  private List<JsonObject> json() {
    return out.toString(UTF_8)
        .lines()
        .map(line -> new Gson().fromJson(line, JsonObject.class))
        .toList();
  }

  private int run(Object file, String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", file.toString()));
    all.addAll(List.of(arguments));
    return Main.run(all, out, err);
  }
}
