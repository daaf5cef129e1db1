package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios as files: what they set, what they expect, and what is refused. */
class ScenarioTest extends PlayedScenario {
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
  void whatIsNoTextIsNoScenario() throws IOException {
    Path file = Files.write(folder.resolve("junk.yaml"), new byte[] {1, (byte) 0xff, 0, 7});
    assertThat(run(HEARTBEAT, file)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("error[C0008]", "= help: is this the right file?");
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
    hostile.add("version: 1\nsteps: [{ at: 1, skip-slots: " + Long.MAX_VALUE + " }]\n");
    hostile.add("version: 1\naccounts: { a: { size: 10485761 } }\n");
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
}
