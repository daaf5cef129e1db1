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

/** Fees and stakes by flags and by the steps of a scenario. */
class EconomyCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";
  private static final String GUARD = "../examples/price_guard.ovsm";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void inTheStrictProfileNothingIsRegisteredWithoutFunds() throws IOException {
    assertThat(run(HEARTBEAT, "--slots", "20", "--economics", "strict")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("error[X0009]: heartbeat failed to start");
    assertThat(economics(1).get("collected_lamports").getAsLong()).isZero();
    String[] funded = {"--slots", "20", "--economics", "strict", "--fund", "heartbeat:1SOL"};
    assertThat(run(HEARTBEAT, funded)).isZero();
    assertThat(economics(2).get("collected_lamports").getAsLong()).isEqualTo(10_000_000);
    assertThat(program(2).get("escrow_lamports").getAsLong()).isEqualTo(990_000_000);
    assertThat(economics(2).get("profile").getAsString()).isEqualTo("strict");
  }

  @Test
  void inTheDevProfileFeesAreReported() throws IOException {
    assertThat(run(HEARTBEAT, "--slots", "20")).isZero();
    assertThat(out.toString(UTF_8)).contains("         fees  0.01 SOL\n");
    assertThat(economics(1).get("collected_lamports").getAsLong()).isEqualTo(10_000_000);
    assertThat(economics(1).get("dropped").getAsLong()).isZero();
    assertThat(program(1).get("escrow_lamports").getAsLong()).isZero();
  }

  @Test
  void stepsFundStakeAndUnstake() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("economy.yaml"),
            """
            version: 1
            slots: 150
            steps:
              - { at: 0, fund: { lamports: 0.02 SOL } }
              - { at: 0, stake: { program: heartbeat, lamports: 3.5 SOL } }
              - { at: 5, stake: { lamports: 400 SOL, expect: { error: NO_CAPACITY } } }
              - { at: 10, unstake: { lamports: 4 SOL, expect: { error: INVALID_ARGUMENT } } }
              - { at: 10, unstake: { lamports: 1.5 SOL } }
            """);
    Path recording = folder.resolve("economy.rec");
    String[] options = {"--economics", "strict", "--scenario", scenario.toString()};
    assertThat(run(HEARTBEAT, options)).as(err.toString(UTF_8)).isZero();
    assertThat(program(1).get("escrow_lamports").getAsLong()).isEqualTo(10_000_000);
    assertThat(program(1).get("stake_lamports").getAsLong()).isEqualTo(2_000_000_000);
    assertThat(program(1).get("reserved_units").getAsLong()).isEqualTo(2_000);
    List<String> recorded = new ArrayList<>(List.of(options));
    recorded.addAll(List.of("--record", recording.toString(), "--stake", "0.25SOL"));
    assertThat(run(HEARTBEAT, recorded.toArray(String[]::new))).isZero();
    assertThat(program(2).get("reserved_units").getAsLong()).isEqualTo(2_250);
    assertThat(Main.run(List.of("replay", recording.toString()), out, err)).isZero();
    assertThat(out.toString(UTF_8)).endsWith("the same as the recording\n");
  }

  @Test
  void aStakeThatIsRefusedFailsTheRun() {
    assertThat(run(HEARTBEAT, "--slots", "5", "--stake", "400.001SOL")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("error[X0010]: refused with NO_CAPACITY\n --> --stake 400.001SOL\n");
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    assertThat(run(HEARTBEAT, "--fund", "much")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("error[C0001]: much is no balance\n");
    err.reset();
    assertThat(run(HEARTBEAT, "--fund", "heart:1")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("write PROGRAM:LAMPORTS with one of heartbeat\n");
  }

  @Test
  void theCostOfARegistrationAndADayIsInTheSummary() throws IOException {
    assertThat(run(GUARD, "--scenario", "../examples/price_guard.yaml")).isZero();
    JsonObject summary = summary(1);
    long slots = summary.get("slots").getAsLong();
    long events = 0;
    long fees = 0;
    for (var element : summary.getAsJsonArray("registrations")) {
      JsonObject one = element.getAsJsonObject();
      long emitted = one.get("events").getAsLong();
      assertThat(one.get("event_lamports").getAsLong()).isEqualTo(100 * emitted);
      assertThat(one.get("lamports_a_day").getAsLong())
          .isEqualTo(Math.round(100.0 * emitted * 216_000 / slots));
      assertThat(one.get("compute_units_a_day").getAsLong())
          .isEqualTo(Math.round(one.get("compute_units").getAsDouble() * 216_000 / slots));
      events += emitted;
      fees += one.get("registration_lamports").getAsLong() + one.get("event_lamports").getAsLong();
    }
    assertThat(events).isPositive();
    assertThat(fees).isEqualTo(economics(1).get("collected_lamports").getAsLong());
  }

  private JsonObject economics(int number) throws IOException {
    return summary(number).getAsJsonObject("economics");
  }

  private JsonObject program(int number) throws IOException {
    return economics(number).getAsJsonArray("programs").get(0).getAsJsonObject();
  }

  private JsonObject summary(int number) throws IOException {
    Path file = folder.resolve(Integer.toString(number)).resolve("summary.json");
    return new Gson().fromJson(Files.readString(file), JsonObject.class);
  }

  private int run(String program, String... options) {
    List<String> all = new ArrayList<>(List.of("run", program));
    all.addAll(List.of(options));
    all.addAll(List.of("--run-folder", folder.toString()));
    out.reset();
    return Main.run(all, out, err);
  }
}
