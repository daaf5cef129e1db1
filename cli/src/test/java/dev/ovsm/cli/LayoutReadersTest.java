package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a scenario writes into the fields of a well-known account is what the library reads there,
 * which has offsets of its own.
 */
class LayoutReadersTest extends PlayedScenario {
  private static final String ACCOUNT = "7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE";
  private static final String MINT = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
  private static final String OWNER = "4cSM2e6rvbGQUFiJbqytoVMi5GgghSMr8LwVrT9VPSPo";
  private static final String DELEGATE = "42amVS4KgzR9rA28tkVYqVXjq9Qa8dcZQMbH5EYFX6XC";

  /** What readers say of an account in slot 5, one answer for each. */
  private List<String> read(String module, String account, String... readers) throws IOException {
    StringBuilder logs = new StringBuilder();
    for (String reader : readers) {
      logs.append("      (log :message \"read\" :it ").append(reader).append(")\n");
    }
    String source =
        """
        (import %s)
        (define IT (account-at #pubkey"%s"))
        (define-autonomous-program reader
          (on-startup
            (sol-timer-create 5 (lambda ()
        %s) 100000)))
        """
            .formatted(module, ACCOUNT, logs);
    Path program = Files.writeString(folder.resolve("reader.ovsm"), source);
    Path file =
        scenario("version: 1\nslots: 6\naccounts:\n  it: { address: ", ACCOUNT, ", ", account);
    out.reset();
    assertThat(run(program.toString(), file)).as(err.toString(UTF_8)).isZero();
    String start = "Program log: read it=";
    List<String> read = new ArrayList<>();
    out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith(start))
        .forEach(line -> read.add(line.substring(start.length())));
    return read;
  }

  @Test
  void ofTokens() throws IOException {
    String fields =
        "layout: spl-token, mint: %s, owner: %s, amount: 1234567890123, delegate_tag: 1,"
                .formatted(MINT, OWNER)
            + " delegate: %s, delegated_amount: 9876543210, init: { state: %d } }\n";
    String[] readers = {
      "(is-token-account IT)",
      "(token-mint IT)",
      "(token-owner IT)",
      "(token-amount IT)",
      "(token-delegate IT)",
      "(token-delegated-amount IT)",
      "(token-is-frozen IT)"
    };
    List<String> read =
        new ArrayList<>(
            List.of("true", MINT, OWNER, "1234567890123", DELEGATE, "9876543210", "true"));
    assertThat(read("spl-token", fields.formatted(DELEGATE, 2), readers)).isEqualTo(read);
    read.set(6, "false");
    assertThat(read("spl-token", fields.formatted(DELEGATE, 1), readers)).isEqualTo(read);
    assertThat(
            read(
                "spl-token",
                "layout: spl-token }\n",
                "(is-token-account IT)",
                "(token-is-frozen IT)",
                "(token-delegate IT)"))
        .as("as it is made")
        .containsExactly("true", "false", "null");
  }

  @Test
  void ofMints() throws IOException {
    String fields =
        "layout: spl-mint, mint_authority_tag: 1, mint_authority: %s, supply: 1234567890123,"
            + " decimals: 9 }\n";
    assertThat(
            read(
                "spl-token",
                fields.formatted(OWNER),
                "(is-mint IT)",
                "(mint-authority IT)",
                "(mint-supply IT)",
                "(mint-decimals IT)"))
        .containsExactly("true", OWNER, "1234567890123", "9");
  }

  private static final String PUBLISHED = " } }\nsteps: [{ at: 3, set: { it.price: -150.25 } }]\n";
  private static final String[] PYTH = {
    "(pyth-is-update IT)",
    "(pyth-is-legacy IT)",
    "(pyth-is-fully-verified IT)",
    "(pyth-get-price IT)",
    "(pyth-get-confidence IT)",
    "(pyth-get-exponent IT)",
    "(pyth-get-slot IT)"
  };

  @Test
  void ofPricesOfPyth() throws IOException {
    String init = "expo: -5, conf: 0.5";
    assertThat(read("pyth", "layout: pyth-price-update-v2, init: { " + init + PUBLISHED, PYTH))
        .containsExactly("true", "false", "true", "-15025000", "50000", "-5", "3");
    String partial = "layout: pyth-price-update-v2, init: { verification: partial, ";
    assertThat(read("pyth", partial + init + PUBLISHED, PYTH))
        .containsExactly("true", "false", "false", "-15025000", "50000", "-5", "3");
    assertThat(read("pyth", "layout: pyth-legacy, init: { " + init + PUBLISHED, PYTH))
        .containsExactly("false", "true", "false", "-15025000", "50000", "-5", "3");
    assertThat(
            read(
                "pyth",
                "layout: pyth-legacy, init: { price: 2 } }\n",
                "(pyth-get-exponent IT)",
                "(pyth-price-no-older-than IT 10)"))
        .as("as it is made, and trading")
        .containsExactly("-8", "200000000");
  }

  @Test
  void ofFeedsOfSwitchboard() throws IOException {
    assertThat(
            read(
                "switchboard",
                """
                layout: switchboard-pull-feed, init: { max_staleness: 2 } }
                steps: [{ at: 3, set: { it.value: -1.5 } }]
                """,
                "(is-pull-feed IT)",
                "(switchboard-value IT)",
                "(switchboard-slot IT)",
                "(switchboard-no-older-than IT 10)"))
        .containsExactly("true", "-1500000000000000000", "3", "-1500000000000000000");
  }
}
