package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.autonomous.NamedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with callbacks that call another program, and what is expected and counted. */
class ScenarioFaultsTest extends PlayedScenario {
  private static final String CALLS =
      """
      (import accounts)
      (define-error early 6001)
      (define-error refused 6009)
      (define CALLEE (account-at #pubkey"%s"))
      (define-event Told (n u64))
      (define-event Asked (n u64))
      (define-program put (lambda ((a : u64) (b : u64)) (log :message "put" :a a :b b)))
      (define-autonomous-program calls
        (on-startup
          (sol-timer-create-periodic 5 5
            (lambda ()
              (emit-event Asked :n 1)
              (cpi-call CALLEE (address-of "one") 3 [])
              (cpi-call CALLEE (address-of "two") 3 [])
              (emit-event Told :n 1))
            100000)))
      """
          .formatted(NamedKey.ofProgram("callee"));

  @BeforeEach
  void compile() throws IOException {
    compile(Files.writeString(folder.resolve("callee.ovsm"), "(log :message \"answers\")"));
    compile(Files.writeString(folder.resolve("calls.ovsm"), CALLS));
  }

  private void compile(Path source) {
    compile(source.toString(), source.getFileName().toString().replace(".ovsm", ".so"));
    err.reset();
  }

  private int play(String... scenario) throws IOException {
    return Main.run(
        List.of(
            "run",
            folder.resolve("calls.so").toString(),
            folder.resolve("callee.so").toString(),
            "--scenario",
            scenario(scenario).toString(),
            "--run-folder",
            "none",
            "-v"),
        out,
        err);
  }

  @Test
  void aFaultHitsTheCallbackAndTheCallThatItNames() throws IOException {
    int code =
        play(
            """
            version: 1
            slots: 47
            accounts:
              partner: { address: $program:callee }
              stranger: { lamports: 1 SOL }
            steps:
              - { at: 6, fail: { program: calls, call: 1 } }
              - { at: 11, fail: { program: calls, call: 2, error: refused } }
              - { at: 16, fail: { program: calls, call: 3 } }
              - { at: 21, fail: { program: calls, heap: 4096 } }
              - { at: 26, fail: { program: calls, locked: stranger } }
              - { at: 31, fail: { program: calls, locked: partner } }
              - { at: 36, fail: { program: calls, units: 1000 } }
            expect:
              - count: { log: answers, exactly: 9 }
              - count: { log: "Access violation", exactly: 1 }
            """);
    assertThat(code).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("slot ")))
        .map(line -> line.replaceAll(" (0|[0-9]{4}) CU", ""))
        .containsExactly(
            "slot 5 periodic 1 EXECUTED",
            "slot 10 periodic 1 FAILED: custom program error: 0x0",
            "slot 15 periodic 1 FAILED: custom program error: 0x1779",
            "slot 20 periodic 1 EXECUTED",
            "slot 25 periodic 1 FAILED 100000 CU: Program failed to complete",
            "slot 30 periodic 1 EXECUTED",
            "slot 35 periodic 1 FAILED: \"AccountInUse\"",
            "slot 40 periodic 1 FAILED: Computational budget exceeded",
            "slot 45 periodic 1 EXECUTED");
  }

  @Test
  void eventsAndFatesAreCountedByNameAndKindEachAsOftenAsItWas() throws IOException {
    int code =
        play(
            """
            version: 1
            slots: 40
            steps:
              - { at: 6, fail: { program: calls, call: 2 } }
              - { at: 11, skip-slots: 22 }
            expect:
              - count: { event: Asked, min: 5, max: 5 }
              - count: { event: Told, exactly: 4 }
              - count: { event: Nobody, max: 0 }
              - count: { fate: EXECUTED, exactly: 4 }
              - count: { fate: EXECUTED, kind: timer, exactly: 0 }
              - count: { fate: COALESCED, kind: periodic, exactly: 3 }
            """);
    assertThat(code).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void whatHappensTooSeldomOrTooOftenIsSaid() throws IOException {
    int code =
        play(
            """
            version: 1
            slots: 12
            expect:
              - count: { event: Told, max: 1 }
              - count: { event: Told, min: 3 }
              - count: { event: Told, min: 2, max: 2 }
              - always: "slot > 0"
              - always: "slot != 7"
            """);
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("event Told happened 2 times\n")
        .contains("the scenario wants 0 to 1\n", "the scenario wants at least 3\n")
        .contains("slot > 0 does not hold in slot 0\n", "slot != 7 does not hold in slot 7\n");
    assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("error"))).hasSize(4);
  }

  @Test
  void argumentsHaveNamesAndDeadLettersNumbers() throws IOException {
    int code =
        play(
            """
            version: 1
            slots: 12
            steps:
              - { at: 3, send: { program: calls, instruction: put, args: { b: 2, a: 1 } } }
              - { at: 8, replay-dead-letter: 99 }
            expect:
              - count: { log: put a=1 b=2, exactly: 1 }
            """);
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("trigger 99 was not given up");
    assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("error"))).hasSize(1);
  }

  /** The third attempts after the first of two timers have the numbers 7 and 8. */
  @Test
  void allThatWasGivenUpIsReplayedOrOne() throws IOException {
    Files.writeString(
        folder.resolve("calls.ovsm"),
        """
        (define-autonomous-program calls
          (on-startup
            (sol-timer-create 5 (lambda () (log :message "first")))
            (sol-timer-create 5 (lambda () (log :message "second")))))
        """);
    compile(folder.resolve("calls.ovsm"));
    for (String which : List.of("all", "7")) {
      int code =
          play(
              """
              version: 1
              slots: 40
              steps:
                - { at: 4, fail: { program: calls, callbacks: 8, units: 1 } }
                - { at: 30, replay-dead-letter: WHICH }
              expect:
                - count: { fate: DEAD_LETTERED, exactly: 2 }
                - count: { fate: EXECUTED, exactly: COUNT }
                - count: { log: first, exactly: 1 }
              """
                  .replace("WHICH", which)
                  .replace("COUNT", which.equals("all") ? "2" : "1"));
      assertThat(code).as(err.toString(UTF_8)).isZero();
    }
  }
}
