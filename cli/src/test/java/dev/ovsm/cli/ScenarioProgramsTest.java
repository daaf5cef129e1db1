package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users, programs that come and go, and callbacks that fail. */
class ScenarioProgramsTest extends PlayedScenario {
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
              - count: { log: slot=20 counter=2, exactly: 1 }
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
}
