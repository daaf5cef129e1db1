package dev.ovsm.tests.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ovsm.cli.Main;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that a signal stops finishes its slot and leaves all that it leaves otherwise. */
class StopTest {
  private static final Pattern STOPPED =
      Pattern.compile("stopped  after slot ([0-9]+); 1,000,000,000 slots asked for\n");
  private static final long PATIENCE_SECONDS = 60;
  private static final int BEATS = 50;
  private static final long SLOTS_A_BEAT = 10;

  @TempDir Path folder;

  @Test
  void anInterruptEndsARunWell() throws IOException, InterruptedException {
    Process run = start();
    String said = signal(run, "INT");
    assertThat(run.exitValue()).as(said).isEqualTo(130);
    Matcher stopped = STOPPED.matcher(said);
    assertThat(stopped.find()).as(said).isTrue();
    long slot = Long.parseLong(stopped.group(1));
    LeftRun left = new LeftRun(folder.resolve("1"), run.exitValue());
    JsonObject summary = left.json("summary.json");
    assertThat(summary.get("last_slot").getAsLong()).isEqualTo(slot);
    assertThat(summary.get("stopped_before_slots").getAsLong()).isEqualTo(1_000_000_000);
    assertThat(left.events("fate")).hasSize(summary.get("executions").getAsInt());
    assertThat(left.file("report.html")).isNotEmptyFile();
    assertThat(said).contains("go on  ovsm run --resume " + left.file(slot + ".snapshot"));
    assertThat(executionsOnceResumed(left.file(slot + ".snapshot"), slot + 100))
        .isEqualTo((slot + 100) / SLOTS_A_BEAT);
  }

  @Test
  void aRequestToTerminateDoesToo() throws IOException, InterruptedException {
    Process run = start();
    String said = signal(run, "TERM");
    assertThat(run.exitValue()).as(said).isEqualTo(143);
    assertThat(STOPPED.matcher(said).find()).as(said).isTrue();
    assertThat(folder.resolve("1").resolve("summary.json")).isNotEmptyFile();
  }

  /** Starts a run without end; a parent that ignores interrupts would hand that down. */
  private Process start() throws IOException {
    return new ProcessBuilder(
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "../examples/heartbeat.ovsm",
            "--slots",
            "1000000000",
            "--run-folder",
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Sends a signal once the run is well on its way; returns all that it said after that. */
  private static String signal(Process run, String name) throws IOException, InterruptedException {
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = run.inputReader(UTF_8)) {
      String line = out.readLine();
      for (int i = 0; i < BEATS && line != null; i++) {
        line = out.readLine();
      }
      new ProcessBuilder("kill", "-" + name, Long.toString(run.pid())).start().waitFor();
      for (line = out.readLine(); line != null; line = out.readLine()) {
        said.append(line).append('\n');
      }
    }
    assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return said.toString();
  }

  /** How many callbacks a run had in all when it came to its end from a snapshot. */
  private static long executionsOnceResumed(Path snapshot, long slots) {
    List<String> arguments =
        List.of(
            "run",
            "--resume",
            snapshot.toString(),
            "--slots",
            Long.toString(slots),
            "--json",
            "--run-folder",
            "none");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(Main.run(arguments, out, OutputStream.nullOutputStream())).isZero();
    Matcher count = Pattern.compile("\"executions\":([0-9]+)").matcher(out.toString(UTF_8));
    assertThat(count.find()).isTrue();
    return Long.parseLong(count.group(1));
  }
}
