package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in the accounts of a scenario, and after each of its steps. */
class ScenarioValuesTest extends PlayedScenario {
  private static final String FIXTURE =
      """
      {"pubkey": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
       "account": {"lamports": 1461601, "data": ["%s", "base64"],
         "owner": "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "executable": false,
         "rentEpoch": 0, "space": 82}}
      """
          .formatted("A".repeat(110) + "==");

  private void comesTrue(String accounts, String rest, String... chain) throws IOException {
    String file = scenario("version: 1\n", accounts, rest).toString();
    List<String> all = new ArrayList<>(List.of("run", HEARTBEAT, "--scenario", file));
    all.addAll(List.of(chain));
    assertThat(Main.run(all, out, err)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void aFixtureIsWhatWasSavedButForWhatIsSaidOfIt() throws IOException {
    Files.writeString(folder.resolve("usdc.json"), FIXTURE);
    comesTrue(
        """
        slots: 1
        accounts:
          usdc: { fixture: usdc.json, layout: spl-mint }
          more: { fixture: usdc.json, layout: spl-mint, address: $program.pda(mint), supply: 77,
                  init: { decimals: 6 } }
        """,
        """
        expect:
          - always: "usdc.lamports == 1461601 and usdc.length == 82"
          - always: "usdc.supply == 0 and usdc.decimals == 0"
          - always: "more.lamports == 1461601 and more.length == 82"
          - always: "more.supply == 77 and more.decimals == 6"
        """);
  }

  /** 128 bytes are counted beside the data; a wallet has 1,000 SOL. */
  @Test
  void anAccountHasWhatExemptsItFromRentUnlessMoreIsSaid() throws IOException {
    comesTrue(
        """
        slots: 1
        accounts:
          small: { size: 17 }
          vault: { layout: spl-token }
          wallet: { layout: wallet }
          poor: { size: 17, lamports: 5 }
        """,
        """
        expect:
          - always: "small.lamports == 145 * 6960 and vault.lamports == 293 * 6960"
          - always: "wallet.lamports == 1000000000000 and poor.lamports == 5"
        """);
  }

  @Test
  void anExponentScalesFieldsWhereverItStands() throws IOException {
    comesTrue(
        """
        slots: 1
        accounts:
          price: { layout: pyth-price-update-v2, init: { price: 150, conf: 2, expo: -5 } }
          raw: { address: price, fields: { price: i64@73, conf: u64@81, expo: i32@89 } }
        """,
        """
        expect:
          - always: "price.price == 150 and price.conf == 2 and price.expo == -5"
          - always: "raw.price == 15000000 and raw.conf == 200000 and raw.expo == -5"
        """);
  }

  /** Until the account is set, and one without the other. */
  @Test
  void aTimeOrASlotThatAnOracleIsGivenStays() throws IOException {
    comesTrue(
        """
        slots: 20
        accounts:
          old: { layout: pyth-price-update-v2, init: { price: 1, publish_time: -60, posted_slot: 7 } }
          late: { layout: pyth-legacy, posted_slot: 9, publish_time: $slot }
          feed: { layout: switchboard-pull-feed, last_update_timestamp: -5, init: { value: 1.5 } }
          own: { fields: { time: i64@0, slot: u64@8, feed: bytes32@16 }, size: 48,
                 init: { time: $clock, slot: $slot } }
        """,
        """
        steps:
          - { at: 10, set: { old.price: 2, late.price: 2 } }
        expect:
          - always: "slot >= 10 or old.publish_time == -60 and old.posted_slot == 7"
          - always: "slot >= 10 or late.publish_time == 500 and late.posted_slot == 9"
          - always: "feed.last_update_timestamp == -5 and feed.slot == 500"
          - always: "own.time == 2000 and own.slot == 500"
          - at-end: "old.publish_time == 2004 and old.posted_slot == 510 and late.posted_slot == 510"
        """,
        "--start-slot",
        "500",
        "--genesis-time",
        "1800");
  }

  @Test
  void whatCannotStandWhereItIsGivenIsSaid() throws IOException {
    for (String[] one :
        new String[][] {
          {"{ layout: spl-token, size: 8, owner: $program }", "8 bytes does not reach owner"},
          {
            "{ layout: spl-mint, supply: 1, init: { supply: 2 } }",
            "supply has a value in init, too"
          },
          {"{ layout: spl-token, mint: $clock }", "$clock is a number, which this is not"}
        }) {
      err.reset();
      assertThat(run(HEARTBEAT, scenario("version: 1\naccounts: { it: ", one[0], " }\n")))
          .as(one[0])
          .isEqualTo(3);
      assertThat(err.toString(UTF_8)).contains("error[", one[1], "help: ");
      assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("error"))).hasSize(1);
    }
  }

  /** The slot behind those that were skipped makes up for them, as of the slots that were due. */
  @Test
  void stepsOfSkippedSlotsHappenInTheNext() throws IOException {
    Files.writeString(folder.resolve("table.csv"), "slot,own.a,own.b\n18,1,\n20,,2\n30,3,\n");
    comesTrue(
        """
        slots: 35
        accounts:
          whale: { lamports: 10 SOL }
          bob: { lamports: 1 SOL }
          own: { fields: { a: u64@0, b: u64@8, c: u64@16 }, size: 24 }
        """,
        """
        steps:
          - { at: 15, skip-slots: 8 }
          - { every: 10, transfer: { from: whale, to: bob, lamports: 1 SOL } }
          - { from: 0, to: 40, every: 10, ramp: { own.c: [0, 40] } }
          - { csv: table.csv }
        expect:
          - always: "slot <= 15 or slot >= 24"
          - always: "slot < 10 or slot > 15 or bob.lamports == 3000000000 and own.c == 10"
          - always: "slot < 24 or slot >= 30 or bob.lamports == 4000000000 and own.c == 20"
          - always: "slot < 24 or slot >= 30 or own.a == 1 and own.b == 2"
          - at-end: "bob.lamports == 5000000000 and own.c == 30 and own.a == 3 and own.b == 2"
        """);
  }

  @Test
  void dataIsSetAsItIsAndWhatWasRemovedComesBackAsItWas() throws IOException {
    comesTrue(
        """
        slots: 20
        accounts:
          own: { fields: { a: u16@0, b: u8@2 }, size: 3, init: { a: 7 } }
        """,
        """
        steps:
          - { at: 2, set: { own.data: 0x0102030405 } }
          - { at: 5, set: { own.lamports: 9 SOL } }
          - { at: 8, remove: own }
          - { at: 12, restore: own }
        expect:
          - always: "slot >= 2 or own.a == 7 and own.b == 0 and own.length == 3"
          - always: "slot < 2 or slot >= 8 or own.a == 513 and own.b == 3 and own.length == 5"
          - always: "slot < 8 or slot >= 12 or own.lamports == 0 and own.length == 0"
          - at-end: "own.a == 513 and own.b == 3 and own.length == 5"
          - at-end: "own.lamports == 9000000000"
        """);
  }
}
