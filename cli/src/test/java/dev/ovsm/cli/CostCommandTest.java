package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aSourceAndItsProgramCostTheSame() {
    String program = folder.resolve("heartbeat.so").toString();
    assertThat(run("compile", HEARTBEAT, "-o", program, "-q")).isZero();
    assertThat(run("cost", HEARTBEAT)).isZero();
    String ofSource = out.toString(UTF_8);
    assertThat(ofSource).containsPattern("heartbeat-callback: at most [0-9,]+ of 14,000");
    out.reset();
    assertThat(run("cost", program)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(ofSource);
  }

  @Test
  void sourcesOfOneProgramCostWhatTheirProgramDoes() {
    String main = "../examples/seeds/dao.ovsm";
    String helpers = "../examples/seeds/dao.helpers.ovsm";
    String program = folder.resolve("dao.so").toString();
    assertThat(run("compile", main, helpers, "-o", program, "-q")).isZero();
    assertThat(run("cost", main, helpers)).isZero();
    String ofSources = out.toString(UTF_8);
    assertThat(ofSources).containsPattern("at most [0-9,]+ of");
    out.reset();
    assertThat(run("cost", program)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(ofSources);
    assertThat(run("cost", main, program)).isEqualTo(2);
    assertThat(run("cost", main, folder.resolve("none.ovsm").toString())).isEqualTo(4);
  }

  @Test
  void boundsAreComparedWithTheLargestRun() {
    assertThat(run("cost", HEARTBEAT, "--measured", "1000")).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("[0-9]+\\.[0-9]{2} times the largest run of 1,000");
  }

  @Test
  void aCallbackThatDeclaresNoBudgetGetsAsMuchAsItNeeds() throws IOException {
    String program = compiled("");
    assertThat(run("cost", program)).isZero();
    Matcher bound =
        Pattern.compile("tick: at most ([0-9,]+) of ([0-9,]+)\n").matcher(out.toString(UTF_8));
    assertThat(bound.find()).isTrue();
    long units = Long.parseLong(bound.group(1).replace(",", ""));
    long budget = Long.parseLong(bound.group(2).replace(",", ""));
    assertThat(budget).isBetween(units, units + 999);
    out.reset();
    assertThat(run("schedule", program, "--slots", "30")).isZero();
    assertThat(out.toString(UTF_8)).containsPattern("tick +5 +" + bound.group(2) + " ");
    out.reset();
    assertThat(run("lint", program)).isZero();
    assertThat(out.toString(UTF_8)).contains(bound.group(2) + " declared");
  }

  @Test
  void aBudgetThatIsDeclaredStaysAndIsHeldAgainstTheBound() throws IOException {
    String program = compiled(":compute-budget 54321");
    assertThat(run("cost", program)).isZero();
    assertThat(out.toString(UTF_8)).containsPattern("tick: at most [0-9,]+ of 54,321\n");
    out.reset();
    assertThat(run("schedule", program, "--slots", "30")).isZero();
    assertThat(out.toString(UTF_8)).containsPattern("tick +5 +54,321 ");
    out.reset();
    String source = source(":compute-budget 101").toString();
    for (String command : List.of("compile", "lint")) {
      err.reset();
      assertThat(run(command, source)).isEqualTo(1);
      assertThat(err.toString(UTF_8)).contains("V0004").contains("its budget is 101");
    }
  }

  private String compiled(String options) throws IOException {
    String program = folder.resolve("ticking.so").toString();
    assertThat(run("compile", source(options).toString(), "-o", program, "-q")).isZero();
    out.reset();
    err.reset();
    return program;
  }

  private Path source(String options) throws IOException {
    Path source = folder.resolve("ticking.ovsm");
    Files.writeString(
        source,
        """
        (define-program tick %s
          (lambda ()
            (log :message "tick")))

        (define-program initialize
          (lambda ()
            (sol-timer-create-periodic 10 5 tick)))
        """
            .formatted(options));
    return source;
  }

  /** What a stranger's program takes is told by its instructions. */
  @Test
  void theWorstCaseIsSplitAmongFunctionsAndInstructions() throws IOException {
    String text =
        """
        entrypoint:
          mov64 r6, 0
        loop:
          call helper
          add64 r6, 1
          jlt r6, 10, loop
          mov64 r0, 0
          exit
        helper:
          mov64 r1, 1
          mov64 r2, 2
          syscall sol_log_64_
          exit
        """;
    Path source = Files.writeString(folder.resolve("loop.s"), text);
    String program = folder.resolve("loop.so").toString();
    assertThat(run("asm", source.toString(), "-o", program, "-q")).isZero();
    assertThat(run("cost", program)).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            entrypoint: at most 1,073 of 1,400,000 by default
                     share              calls     one call   with calls
                     1,040  96.9 %         10          104          104  helper
                        33   3.1 %          1           33        1,073  entrypoint
                     share               runs
                     1,040  96.9 %         10  instructions 6–9
                        30   2.8 %         10  instructions 1–3
                         2   0.2 %          1  instructions 4–5
                         1   0.1 %          1  instruction 0
            """);
    out.reset();
    assertThat(run("exec", program)).isZero();
    assertThat(out.toString(UTF_8)).contains("73 instructions, 1073 of 1400000");
  }

  @Test
  void theSharesOfFunctionsAndOfLinesComeToTheWhole() {
    assertThat(run("cost", "../examples/price_guard.ovsm", "--json")).isZero();
    List<String> entries = out.toString(UTF_8).lines().toList();
    assertThat(entries).hasSizeGreaterThan(4);
    for (String entry : entries) {
      JsonObject cost = JsonParser.parseString(entry).getAsJsonObject();
      long units = cost.get("units").getAsLong();
      assertThat(shares(cost, "functions")).isEqualTo(units);
      assertThat(shares(cost, "lines")).isEqualTo(units);
      assertThat(cost.getAsJsonArray("lines").toString()).contains("\"file\":\"price_guard.ovsm\"");
    }
  }

  private static long shares(JsonObject cost, String of) {
    long sum = 0;
    for (JsonElement one : cost.getAsJsonArray(of)) {
      sum += one.getAsJsonObject().get("share").getAsLong();
    }
    return sum;
  }

  @Test
  void boundsAreComparedWithThoseOfAPastRun() {
    String runs = folder.resolve("runs").toString();
    assertThat(run("run", HEARTBEAT, "--slots", "50", "--run-folder", runs, "-q")).isZero();
    Matcher most = Pattern.compile("at most ([0-9]+) a callback").matcher(out.toString(UTF_8));
    assertThat(most.find()).isTrue();
    out.reset();
    assertThat(run("cost", HEARTBEAT, "--run", runs)).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern(
            "heartbeat-callback: .*\n  [0-9.]+ times the largest run of " + most.group(1) + "\n")
        .containsOnlyOnce("times the largest run");
    assertThat(run("cost", HEARTBEAT, "--run", folder.resolve("none").toString())).isEqualTo(4);
  }

  /** Each entry is held against its own largest run, callbacks and instructions alike. */
  @Test
  void boundsAreComparedWithARunOfItsOwn() {
    assertThat(run("cost", HEARTBEAT, "--slots", "30", "--json")).isZero();
    int ran = 0;
    for (String entry : out.toString(UTF_8).lines().toList()) {
      JsonObject cost = JsonParser.parseString(entry).getAsJsonObject();
      if (cost.has("measured")) {
        long most = cost.get("measured").getAsLong();
        assertThat(most).isBetween(1L, cost.get("units").getAsLong());
        assertThat(cost.get("ratio").getAsDouble())
            .isEqualTo((double) cost.get("units").getAsLong() / most);
        ran++;
      }
    }
    assertThat(ran).isGreaterThanOrEqualTo(2);
    out.reset();
    String scenario = "../examples/price_guard.yaml";
    assertThat(run("cost", "../examples/price_guard.ovsm", "--scenario", scenario)).isZero();
    for (String entry : List.of("set-price", "initialize-callback", "create-maps")) {
      assertThat(out.toString(UTF_8))
          .containsPattern(entry + ": .*\n  [0-9.]+ times the largest run of [0-9,]+\n");
    }
    assertThat(out.toString(UTF_8))
        .containsPattern("close-position: .*\n  no run of it was seen\n");
    assertThat(run("cost", "../examples/counter.ovsm", "--send", "3:increment:1")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("X0010");
    assertThat(run("cost", HEARTBEAT, "--slots", "-1")).isEqualTo(2);
    assertThat(run("cost", HEARTBEAT, "--send", "1:nothing")).isEqualTo(2);
    assertThat(run("cost", HEARTBEAT, "--scenario", "nowhere.yaml")).isEqualTo(4);
  }

  @Test
  void whatHasNoCostIsRefused() throws IOException {
    Path endless = Files.writeString(folder.resolve("forever.ovsm"), "(while true (log \"x\"))");
    assertThat(run("cost", endless.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("V0001");
    Path broken = Files.writeString(folder.resolve("broken.ovsm"), "(define x");
    assertThat(run("cost", broken.toString())).isEqualTo(3);
    assertThat(run("cost", folder.resolve("nowhere.ovsm").toString())).isEqualTo(4);
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}
