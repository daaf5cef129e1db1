package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot says of registrations and maps. */
class TasksCommandTest {
  private static final String KEPT =
      """
      (define-map kept :type HASH :max-entries 8 :key u64 :value u64)
      (define-map few :type LRU_HASH :max-entries 2 :key u32 :value u64)
      (define-program main (lambda ()
        (map-update kept 5 50)
        (map-update kept 300 7)
        (map-update kept 6 60)
        (map-delete kept 6)
        (map-update few 1 10)
        (map-update few 2 20)
        (map-update few 3 30)))
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void listsWhatIsRegisteredAndTriesIt() {
    String snapshot = run("../examples/heartbeat.ovsm", "--slots", "25");
    assertThat(ovsm("tasks", snapshot)).isZero();
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(3)
        .last()
        .asString()
        .matches(" +1  timer +heartbeat-callback +armed +30 +0  [0-9]{3} of 14,000 CU");
  }

  @Test
  void aTrialLeavesNoTraceAndFailuresAreCounted() throws IOException {
    Path faults = folder.resolve("faults.yaml");
    Files.writeString(
        faults,
        """
        version: 1
        slots: 25
        steps:
          - { at: 20, fail: { callbacks: 10, units: 100 } }
        """);
    String snapshot =
        run("../examples/heartbeat.ovsm", "--scenario", faults.toString(), "--slots", "21");
    ovsm("tasks", snapshot);
    String first = out.toString(UTF_8);
    assertThat(first).containsPattern("armed|fired").containsPattern(" 23 +2  [0-9]+ of");
    ovsm("tasks", snapshot);
    assertThat(out.toString(UTF_8)).isEqualTo(first);
  }

  /** Of two programs that the scenario deploys, one declares its entries and one does not. */
  @Test
  void whatAScenarioDeploysHasItsName() throws IOException {
    compiled("heartbeat");
    String calls = folder.resolve("calls.so").toString();
    assertThat(ovsm("asm", "../examples/seeds/async_calls.s", "-q", "-o", calls)).isZero();
    Path scenario = folder.resolve("later.yaml");
    Files.writeString(
        scenario,
        """
        version: 1
        slots: 25
        accounts:
          feed: { address: 4cSM2e6rvbGQUFiJbqytoVMi5GgghSMr8LwVrT9VPSPo, size: 16 }
          state: { owner: "$program:calls", size: 64 }
        steps:
          - { at: 3, deploy: { file: heartbeat.so } }
          - { at: 4, deploy: { file: calls.so, start: none } }
          - { at: 5, send: { program: calls, instruction: start,
                             accounts: { state: state, feed: feed } } }
        """);
    String guard = compiled("price_guard");
    String snapshot = run(guard, "--scenario", scenario.toString(), "--slots", "25");
    assertThat(ovsm("tasks", snapshot)).isZero();
    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.matches(" +[0-9]+  timer +heartbeat-callback .*"))
        .anyMatch(line -> line.matches(" +[0-9]+  periodic +calls .*"))
        .noneMatch(line -> line.contains("…"));
    assertThat(ovsm("tasks", snapshot, "--fit", "1@30", "--program", "heartbeat")).isZero();
  }

  @Test
  void saysWhatFits() {
    String snapshot = run("../examples/heartbeat.ovsm", "--slots", "25");
    assertThat(ovsm("tasks", snapshot, "--fit", "386000@30")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("slot 30 has room for 386,000 CU: 386,000 fit\n");
    assertThat(ovsm("tasks", snapshot, "--fit", "386001@30")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .endsWith("do not fit\nthe first slot after it with as much room is 31\n");
    assertThat(ovsm("tasks", snapshot, "--fit", "400001@30")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).endsWith("no slot has as much room\n");
  }

  @Test
  void whatIsReservedFitsItsProgramAlone() {
    String heartbeat = compiled("heartbeat");
    String guard = compiled("price_guard");
    String snapshot = run(heartbeat, guard, "--stake", "heartbeat:100SOL", "--slots", "26");
    // in slot 30 fall due 14,000 of the 100,000 that are reserved, and 60,000 of the guard
    assertThat(ovsm("tasks", snapshot, "--fit", "326000@30", "--program", "heartbeat")).isZero();
    assertThat(ovsm("tasks", snapshot, "--fit", "300001@30", "--program", "price_guard"))
        .isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            slot 30 has room for 240,000 CU: 300,001 do not fit
            no slot of the next 100000 has as much room
            """);
    assertThat(ovsm("tasks", snapshot, "--fit", "240001@30")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).endsWith("the first slot after it with as much room is 31\n");
    assertThat(ovsm("tasks", snapshot, "--fit", "1@30", "--program", "hartbeat")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("the programs of the run are heartbeat, price_guard");
    assertThat(ovsm("tasks", snapshot, "--fit", "1@9999999999")).isEqualTo(2);
  }

  private String compiled(String name) {
    String file = folder.resolve(name + ".so").toString();
    assertThat(ovsm("compile", "../examples/" + name + ".ovsm", "-q", "-o", file)).isZero();
    return file;
  }

  @Test
  void listsMapsFromTheirBytes() throws IOException {
    Path source = folder.resolve("kept.ovsm");
    Files.writeString(source, KEPT);
    String snapshot = run(source.toString(), "--init", "main", "--slots", "25");
    assertThat(ovsm("map", snapshot, "kept")).isZero();
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(3)
        .contains(
            "  0500000000000000 (5)  3200000000000000",
            "  2c01000000000000 (300)  0700000000000000")
        .first()
        .asString()
        .endsWith(": 2 of 8 entries");
    assertThat(ovsm("map", snapshot, "few")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("  02000000 (2)  1400000000000000\n", "  03000000 (3)  1e00000000000000\n")
        .doesNotContain("(1)");
    assertThat(ovsm("map", snapshot, "none")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("error[X0029]: ");
  }

  private String run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--snapshot-every", "1", "--run-folder", folder.toString(), "-q"));
    assertThat(ovsm(all.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();
    int slots = List.of(arguments).indexOf("--slots");
    return folder.resolve("1/" + arguments[slots + 1] + ".snapshot").toString();
  }

  private int ovsm(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(List.of(arguments), out, err);
  }
}
