package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key of a scenario does what it says, and nothing that looks like one is passed over. */
class ScenarioKeysTest {
  private static final String COUNTER = "../examples/counter.ovsm";
  private static final String ALL =
      """
      version: 1
      slots: 260
      accounts:
        sol_usd:
          layout: pyth-price-update-v2
          feed: "0xef0d8b6fda2ceba41da15d4095d1da392a0d2f8ed0c6c7bc0f4cfac8c280b56d"
          init: { price: 150.00, conf: 0.05, expo: -8, verification: full }
        vault: { layout: spl-token, mint: usdc, owner: "$program.pda(vault)", amount: 1000000 }
        usdc: { fixture: usdc.json }
        whale: { lamports: 10 SOL }
        alice: { lamports: 2 SOL }
        bob: { lamports: 2 SOL }
        tally: { owner: $program, size: 56, fields: { count: u64@40, step: u64@48 } }
      steps:
        - { at: 0, set: { sol_usd.price: 150, sol_usd.publish_time: $clock } }
        - { every: 25, csv: crash.csv }
        - { from: 200, to: 220, every: 10, ramp: { sol_usd.conf: [0.05, 0.45] } }
        - { at: 215, freeze: sol_usd }
        - { at: 120, transfer: { from: whale, to: vault, lamports: "5 SOL" } }
        - { at: 130, skip-slots: 32 }
        - at: 140
          send:
            program: counter
            instruction: initialize
            signer: alice
            args: 3
            accounts: { counter: tally }
        - { at: 141, send: { instruction: increment, signer: alice, args: { times: 4 },
                             accounts: { counter: tally } } }
        - { at: 100, remove: bob }
        - { at: 105, restore: bob }
        - { at: 150, deploy: { file: late.so, start: none } }
        - { at: 151, fail: { program: price_guard, callbacks: 1, error: 6000 } }
        - { at: 152, fail: { program: price_guard, locked: whale } }
        - { at: 153, fail: { program: price_guard, units: 100 } }
        - { at: 154, fail: { program: price_guard, heap: 4096 } }
        - { at: 155, fail: { program: price_guard, call: 2, error: no-price } }
        - { at: 250, set: { whale.lamports: 1 SOL } }
        - { at: 255, fork: 10 }
        - { at: 142, send: { instruction: increment, signer: bob, args: [4],
                             accounts: { counter: tally }, expect: { error: 6000 } } }
        - { at: 143, send: { instruction: increment, signer: bob, args: 4,
                             accounts: { counter: tally }, expect: { error: wrong-authority } } }
      expect:
        - at-end: "tally.count == 12 and tally.step == 3"
        - at-end: "sol_usd.price == 96 and sol_usd.conf == 0.25"
        - at-end: "whale.lamports == 5000000000"
        - always: "bob.lamports > 0 or slot >= 100 and slot < 105"
        - always: "slot < 50 or slot >= 75 or sol_usd.price == 120"
        - always: "slot <= 130 or slot >= 163"
        - always: "vault.amount * sol_usd.price >= 0.6 * start(vault.amount * sol_usd.price)"
        - count: { log: Counted, min: 1, max: 1 }
      """;

  @TempDir static Path programs;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyKeyDoesWhatItSays() throws IOException {
    assertThat(run(ALL)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void anErrorOfAnotherNameOrNumberIsSaidWithItsName() throws IOException {
    for (String wanted : List.of("no-step", "6001", "0x177")) {
      err.reset();
      assertThat(run(ALL.replace("error: wrong-authority", "error: " + wanted))).isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .contains("custom program error: 0x1770 (wrong-authority)")
          .contains("not " + wanted);
    }
  }

  /** Each is one word of the scenario above and what somebody might write instead. */
  @ParameterizedTest
  @CsvSource({
    "'remove: bob', 'remoove: bob', remove",
    "'restore: bob', 'restor: bob', restore",
    "'restore: bob', 'restore: bobb', bob",
    "'deploy:', 'deplay:', deploy",
    "'file: late', 'flie: late', file",
    "'start: none', 'strat: none', start",
    "'fail:', 'fali:', fail",
    "'callbacks: 1', 'callback: 1', callbacks",
    "'error: 6000', 'eror: 6000', error",
    "'error: 6000', 'error: no-prise', no-price",
    "'locked: whale', 'loked: whale', locked",
    "'locked: whale', 'locked: whael', whale",
    "'units: 100', 'unit: 100', units",
    "'heap: 4096', 'heep: 4096', heap",
    "'call: 2', 'cal: 2', call",
    "'call: 2, error: no-price', 'call: 2, error: no-prise', no-price",
    "'fork: 10', 'forc: 10', fork",
    "'\nslots:', '\nslot:', slots",
    "'\naccounts:', '\naccount:', accounts",
    "'\nsteps:', '\nstep:', steps",
    "'\nexpect:', '\nexpects:', expect",
    "'layout: pyth', 'layuot: pyth', layout",
    "'pyth-price-update-v2', 'pyth-price-update-v3', pyth-price-update-v2",
    "'init:', 'inti:', init",
    "'expo:', 'exp:', expo",
    "'verification:', 'verificaton:', verification",
    "'amount: 1000000', 'amuont: 1000000', amount",
    "'fixture:', 'fixtures:', fixture",
    "'lamports: 10', 'lamport: 10', lamports",
    "'size:', 'sise:', size",
    "'fields:', 'field:', fields",
    "'{ at: 0', '{ att: 0', at",
    "'every: 25', 'evry: 25', every",
    "'csv:', 'cvs:', csv",
    "'ramp:', 'rampp:', ramp",
    "'freeze: sol', 'freze: sol', freeze",
    "'freeze: sol_usd', 'freeze: sol_usb', sol_usd",
    "'transfer:', 'transfers:', transfer",
    "'from: whale', 'form: whale', from",
    "'skip-slots:', 'skip-slot:', skip-slots",
    "'program: counter', 'progam: counter', program",
    "'instruction: initialize', 'instructions: initialize', instruction",
    "'instruction: increment', 'instruction: incremnt', increment",
    "'signer: alice', 'singer: alice', signer",
    "'{ counter: tally }', '{ conter: tally }', counter",
    "'{ times: 4 }', '{ tmes: 4 }', times",
    "'{ error: 6000 }', '{ eror: 6000 }', error",
    "'sol_usd.price: 150', 'sol_usd.prize: 150', price",
    "'- always:', '- alwayss:', always",
    "'tally.step', 'tally.stepp', step",
    "'log: Counted', 'logs: Counted', log",
    "'min: 1', 'mim: 1', min"
  })
  void aWordThatIsNotKnownIsAnErrorWithASuggestion(String good, String bad, String suggested)
      throws IOException {
    assertThat(ALL).contains(good);
    int at = ALL.indexOf(good);
    String wrong = ALL.substring(0, at) + bad + ALL.substring(at + good.length());
    assertThat(run(wrong)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("did you mean " + suggested + "?");
  }

  @BeforeAll
  static void compile() {
    String file = programs.resolve("late.so").toString();
    List<String> command = List.of("compile", "../examples/price_guard.ovsm", "-q", "-o", file);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertThat(Main.run(command, said, said)).as(said.toString(UTF_8)).isZero();
  }

  private int run(String scenario) throws IOException {
    Files.copy(programs.resolve("late.so"), folder.resolve("late.so"), REPLACE_EXISTING);
    Files.writeString(
        folder.resolve("usdc.json"),
        """
        {"pubkey": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
         "account": {"lamports": 1461600, "data": ["%s", "base64"],
           "owner": "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "executable": false,
           "rentEpoch": 0, "space": 82}}
        """
            .formatted("A".repeat(110) + "=="));
    Files.writeString(
        folder.resolve("crash.csv"),
        "slot,sol_usd.price,sol_usd.conf\n0,150,0.05\n30,120,\n60,96,0.04\n");
    Path file = Files.writeString(folder.resolve("scenario.yaml"), scenario);
    return Main.run(
        List.of("run", COUNTER, "--scenario", file.toString(), "--run-folder", "none"), out, err);
  }
}
