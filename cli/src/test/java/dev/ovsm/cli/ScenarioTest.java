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

class ScenarioTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";
  private static final String GUARD = "src/test/resources/dev/ovsm/cli/price_guard.ovsm";
  private static final String PRICE =
      """
      version: 1
      slots: 60
      accounts:
        price:
          address: 7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE
          fields: { price: u64@8/6 }
          size: 16
          init: { price: 100 }
        guard: { address: $program.map(guard-state), fields: { moves: u64@80, open: bool@88 } }
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theExampleComesTrue() {
    assertThat(run("../examples/price_guard.ovsm", "../examples/price_guard.yaml"))
        .as(err.toString(UTF_8))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("Position closed price=");
  }

  @Test
  void theExampleInTheDocumentComesTrue() throws IOException {
    String document = Files.readString(Path.of("../docs/scenarios.md"));
    int start = document.indexOf("```yaml\n") + "```yaml\n".length();
    Path file = scenario(document.substring(start, document.indexOf("```", start)));
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void whatDoesNotComeTrueDecidesTheExitCode() throws IOException {
    Path file =
        scenario(
            PRICE,
            """
            steps:
              - { at: 20, set: { price.price: 90 } }
            expect:
              - always: "price.price > 95"
              - at-end: "price.price == 0.9 * start(price.price) and guard.open == 1"
              - at-end: "start(price.price) == 100"
              - count: { event: PRICE_MOVED, min: 2 }
              - count: { event: PRICE_MOVED, exactly: 1 }
            """);
    assertThat(run(GUARD, file)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("price.price > 95 does not hold in slot 20\n")
        .contains("= note: price.price is 90\n")
        .contains("and guard.open == 1 does not hold at the end\n")
        .contains("= note: price.price is 90, guard.open is 0\n")
        .contains("event PRICE_MOVED happened once\n")
        .contains("= help: the scenario wants at least 2\n");
    assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("error"))).hasSize(3);
  }

  @Test
  void tablesFillForwardAndFrozenAccountsStandStill() throws IOException {
    Files.writeString(
        folder.resolve("prices.csv"), "slot,price.price\n0,100\n10,110\n20,\n30,130\n40,140\n");
    Path file =
        scenario(
            PRICE,
            """
            steps:
              - { csv: prices.csv }
              - { at: 35, freeze: price }
              - { at: 45, thaw: [price] }
              - { at: 50, set: { price.price: 150 } }
            expect:
              - always: "slot >= 10 or price.price == 100"
              - always: "slot < 10 or slot >= 30 or price.price == 110"
              - always: "slot < 30 or slot >= 50 or price.price == 130"
              - at-end: "price.price == 150"
              - at-end: "guard.moves == 3"
            """);
    assertThat(run(GUARD, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aRampMovesEvenly() throws IOException {
    Path file =
        scenario(
            PRICE,
            """
            steps:
              - { from: 10, to: 20, every: 1, ramp: { price.price: [100, 101] } }
            expect:
              - always: "slot < 10 or slot > 20 or price.price == 100 + (slot - 10) / 10"
              - at-end: "price.price == 101"
            """);
    assertThat(run(GUARD, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void faultsAreInjected() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 50
            steps:
              - { at: 5, fail: { callbacks: 2, units: 100 } }
            expect:
              - count: { fate: RETRIED, exactly: 2 }
              - count: { fate: EXECUTED, kind: timer, exactly: 4 }
              - at-end: "executions == 6 and failures == 2"
            """);
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void whatWasGivenUpIsReplayed() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 50
            steps:
              - { at: 5, fail: { callbacks: 4 } }
              - { at: 30, replay-dead-letter: all }
            expect:
              - count: { fate: DEAD_LETTERED, exactly: 1 }
              - count: { log: counter=1, exactly: 1 }
              - count: { log: slot=31 counter=1, exactly: 0 }
              - count: { log: slot=30 counter=1, exactly: 1 }
            """);
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void skippedSlotsAreCaughtUpWithInTheNext() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 40
            steps:
              - { at: 8, skip-slots: 6 }
            expect:
              - count: { log: slot=15 counter=1, exactly: 1 }
              - count: { log: slot=25 counter=2, exactly: 1 }
            """);
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8)).contains("        slots  34  (1 to 40,");
  }

  @Test
  void usersPayAndCall() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 9
            accounts:
              whale: { lamports: 10 SOL }
              pond: { lamports: 1 SOL }
            steps:
              - { at: 2, transfer: { from: whale, to: pond, lamports: 2.5 SOL } }
              - { at: 3, transfer: { from: whale, to: pond, lamports: 90 SOL, expect: { error: 1 } } }
              - { at: 4, send: { instruction: heartbeat-callback, expect: { error: 0x1392 } } }
              - { at: 5, send: { program: heartbeat, instruction: heartbeat-callback } }
              - { at: 6, transfer: { from: whale, to: pond, lamports: 1, expect: { error: nope } } }
            expect:
              - at-end: "whale.lamports == 7499999999 and pond.lamports == 3500000001"
            """);
    assertThat(run(HEARTBEAT, file)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("error[X0010]: the transaction failed: custom program error: 0x1392\n")
        .contains("error[X0010]: the transaction succeeded, but should fail\n");
    assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("error"))).hasSize(2);
  }

  @Test
  void programsAreUpgradedAndClosed() throws IOException {
    Main.run(
        List.of("compile", HEARTBEAT, "-o", folder.resolve("new.so").toString(), "-q"), out, err);
    Path file =
        scenario(
            """
            version: 1
            slots: 40
            steps:
              - { at: 12, upgrade: { file: new.so } }
              - { at: 25, close: heartbeat }
            expect:
              - count: { log: Heartbeat slot, exactly: 2 }
              - count: { fate: CANCELLED, exactly: 1 }
            """);
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aProgramIsDeployedInASlot() throws IOException {
    compile(HEARTBEAT, "late.so");
    Path file =
        scenario(
            PRICE,
            """
              beats: { address: $program:heartbeat.map(timer-map), fields: { counter: u64@80 } }
            steps:
              - { at: 20, deploy: { file: late.so } }
              - { at: 31, send: { program: heartbeat, instruction: heartbeat-callback,
                                  expect: { error: 0x1392 } } }
              - { at: 45, close: heartbeat }
            expect:
              - count: { log: Heartbeat slot, exactly: 2 }
              - count: { log: slot=30 counter=1, exactly: 1 }
              - at-end: "beats.counter == 2"
            """);
    assertThat(run(GUARD, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aProgramIsDeployedButNotStarted() throws IOException {
    compile(HEARTBEAT, "late.so");
    Path file =
        scenario(
            PRICE,
            """
            steps:
              - { at: 20, deploy: { file: late.so, start: none } }
              - { at: 25, send: { program: heartbeat, instruction: heartbeat-init } }
            expect:
              - count: { log: slot=35 counter=1, exactly: 1 }
            """);
    assertThat(run(GUARD, file)).as(err.toString(UTF_8)).isZero();
    err.reset();
    Path twice = scenario("version: 1\nsteps:\n  - { at: 1, deploy: { file: late.so } }\n");
    assertThat(run(HEARTBEAT, twice)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("a program named heartbeat takes part already");
    err.reset();
    Path wrong =
        scenario(
            "version: 1\nsteps: [{ at: 1, deploy: { file: late.so, start: heartbeat-inlt } }]\n");
    assertThat(run(GUARD, wrong)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("did you mean heartbeat-init?");
  }

  /** What happens on a branch that is left is as if its slots had been skipped. */
  @Test
  void aForkLeavesNoTrace() throws IOException {
    Path forked =
        scenario(
            PRICE,
            """
            steps:
              - { at: 12, fail: { error: 77 } }
              - { at: 21, set: { price.price: 50 } }
              - { at: 23, freeze: price }
              - { at: 24, fail: { callbacks: 20, units: 1 } }
              - { at: 40, fork: 20 }
              - { at: 45, set: { price.price: 90 } }
            expect:
              - always: "slot < 40 or slot >= 45 or price.price == 100"
              - at-end: "price.price == 90 and guard.moves == 1"
              - count: { event: PRICE_MOVED, exactly: 1 }
            """);
    assertThat(run(GUARD, forked)).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8)).contains("fork: what comes now follows slot 19; up to 39");
    String whole = state();
    out.reset();
    Path skipping =
        scenario(
            PRICE,
            """
            steps:
              - { at: 12, fail: { error: 77 } }
              - { at: 19, skip-slots: 20 }
              - { at: 45, set: { price.price: 90 } }
            """);
    assertThat(run(GUARD, skipping)).as(err.toString(UTF_8)).isZero();
    assertThat(state()).isEqualTo(whole);
  }

  @Test
  void forksAreRecordedAndReplayed() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 60
            steps:
              - { at: 5, fail: { callbacks: 1, error: 6000 } }
              - { every: 20, from: 20, fork: 7 }
              - { at: 33, skip-slots: 4 }
            """);
    String recording = folder.resolve("run.rec").toString();
    List<String> command =
        List.of("run", HEARTBEAT, "--scenario", file.toString(), "--record", recording);
    assertThat(Main.run(command, out, err)).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("follows slot 12;", "follows slot 32;", "follows slot 52;");
    assertThat(Main.run(List.of("replay", recording), out, err)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aForkBehindASnapshotCannotBeTakenFromIt() throws IOException {
    Path file = scenario("version: 1\nslots: 60\nsteps: [{ at: 40, fork: 15 }]\n");
    String runs = folder.resolve("runs").toString();
    List<String> command =
        List.of(
            "run",
            HEARTBEAT,
            "--scenario",
            file.toString(),
            "--snapshot-every",
            "8",
            "--run-folder",
            runs);
    assertThat(Main.run(command, out, err)).as(err.toString(UTF_8)).isZero();
    String whole = state();
    for (String slot : List.of("16", "24", "48")) {
      out.reset();
      assertThat(resume(runs, slot)).as(err.toString(UTF_8)).isZero();
      assertThat(state()).isEqualTo(whole);
    }
    assertThat(resume(runs, "32")).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .contains("a fork of its scenario goes back to a slot before it");
  }

  private int resume(String runs, String slot) {
    String snapshot = Path.of(runs, "1", slot + ".snapshot").toString();
    return Main.run(List.of("run", "--resume", snapshot, "--run-folder", "none"), out, err);
  }

  @Test
  void callbacksFailInTheWaysOfTheirPrograms() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 49
            accounts:
              timers: { address: $program.map(timer-map), fields: { counter: u64@80 } }
              other: { lamports: 1 SOL }
            steps:
              - { at: 5, fail: { callbacks: 1, error: 6001 } }
              - { at: 15, fail: { callbacks: 2, locked: timers } }
              - { at: 25, fail: { locked: other } }
              - { at: 36, remove: timers }
              - { at: 42, restore: [timers, other] }
            expect:
              - count: { fate: RETRIED, exactly: 3 }
              - count: { fate: CANCELLED, exactly: 1 }
              - count: { log: "failed: custom program error: 0x1771", exactly: 1 }
              - always: "slot < 36 or slot >= 42 or timers.lamports == 0"
              - at-end: "timers.counter == 3"
            """);
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aFixtureBringsItsAddress() throws IOException {
    Files.writeString(
        folder.resolve("price.json"),
        """
        {"pubkey": "7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE",
         "account": {"lamports": 1002240, "data": ["AAAAAAAAAAAA4fUFAAAAAA==", "base64"],
           "owner": "11111111111111111111111111111111", "executable": false, "rentEpoch": 0}}
        """);
    Path file =
        scenario(
            """
            version: 1
            slots: 20
            accounts:
              price: { fixture: price.json, fields: { price: u64@8/6 } }
            steps:
              - { at: 7, set: { price.price: 80 } }
            expect:
              - always: "slot >= 7 or price.price == 100"
              - count: { event: PRICE_MOVED, exactly: 1 }
            """);
    assertThat(run(GUARD, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void oraclesSayWhenTheyPublished() throws IOException {
    Path file =
        scenario(
            """
            version: 1
            slots: 100
            accounts:
              full: { layout: pyth-price-update-v2, init: { price: 150.25, conf: 0.05 } }
              part:
                layout: pyth-price-update-v2
                init: { verification: partial, expo: -2, price: 1.5 }
              owed: { layout: solend-obligation, borrowed_value: 1.5, unhealthy_borrow: 2 }
            steps:
              - { at: 50, set: { full.price: 151 } }
              - { at: 60, freeze: full }
              - { at: 70, set: { full.price: 1, part.price: -3.25, part.publish_time: $clock } }
            expect:
              - always: "full.posted_slot == 0 or full.posted_slot == 50"
              - at-end: "full.price == 151 and full.publish_time == 20 and full.conf == 0.05"
              - at-end: "part.price == -3.25 and part.publish_time == 28 and part.length == 134"
              - at-end: "owed.borrowed_value < owed.unhealthy_borrow and failures == 0"
            """);
    assertThat(run(HEARTBEAT, file)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aNumberThatDoesNotFitIsSaidWhereItStands() throws IOException {
    Path file =
        scenario(
            PRICE,
            """
            steps:
              - { from: 1, to: 20, ramp: { price.price: [1, -1] } }
            """);
    assertThat(run(GUARD, file)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("error[X0022]: price.price cannot be set: ")
        .contains("does not fit a u64");
  }

  @Test
  void aMissingFileIsTheSurroundings() {
    assertThat(run(HEARTBEAT, folder.resolve("none.yaml"))).isEqualTo(4);
  }

  @Test
  void hostileFilesAreRefusedSoon() throws IOException {
    List<String> hostile = new ArrayList<>();
    hostile.add("version: 1\nsteps: " + "[".repeat(1_000_000));
    hostile.add("version: 1\nsteps: " + "{a: ".repeat(1_000_000));
    hostile.add("version: 1\nsteps: " + "- ".repeat(1_000_000));
    hostile.add("a: &a [1]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n");
    hostile.add("version: 1\nsteps:\n" + "  - { at: 1, skip-slots: 1 }\n".repeat(60_000));
    hostile.add("version: 1\nexpect: [{at-end: '" + "(".repeat(1_500) + "'}]");
    hostile.add("version: 1\nexpect: [{at-end: '" + "1 + ".repeat(100_000) + "1 > 0'}]");
    hostile.add("version: 1e999999999\nslots: " + "9".repeat(1_000_000));
    hostile.add("version: 1\naccounts: { a: { fixture: \"a\\0b\" } }\n");
    hostile.add("version: 1\nsteps: [{ csv: \"a\\0b\" }]\n");
    hostile.add("!!java.io.File [x]\n");
    hostile.add("%YAML 9.9\n---\nversion: 1\n");
    hostile.add("version: 1\n\u0000");
    hostile.add("\uFEFFversion: \"\\uD800\"\n");
    for (String text : hostile) {
      err.reset();
      int code = run(HEARTBEAT, scenario(text));
      assertThat(code).as(text.substring(0, Math.min(60, text.length()))).isBetween(3, 4);
      assertThat(err.toString(UTF_8)).startsWith("error[");
    }
  }

  private void compile(String source, String name) {
    String file = folder.resolve(name).toString();
    assertThat(Main.run(List.of("compile", source, "-o", file, "-q"), out, err)).isZero();
  }

  /** The hash of the state at the end of the run whose report was printed. */
  private String state() {
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith("        state  "))
        .reduce("", (before, line) -> line);
  }

  private Path scenario(String... parts) throws IOException {
    return Files.writeString(folder.resolve("scenario.yaml"), String.join("", parts));
  }

  private int run(String program, Object scenario) {
    return Main.run(List.of("run", program, "--scenario", scenario.toString()), out, err);
  }
}
