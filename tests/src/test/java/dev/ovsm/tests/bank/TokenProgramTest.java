package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token program's own code, run by the bank as on the real VM. */
@ComparedWithRealVm(minimum = 2000)
class TokenProgramTest {
  private static final int TRANSACTIONS = Integer.getInteger("calls", 60);
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey MINT = key(3);
  private static final Pubkey A = key(4);
  private static final Pubkey B = key(5);

  @Test
  void lifeOfAToken(RealVm vm, Comparisons comparisons) {
    Tokens tokens = new Tokens(Tokens.TOKEN);
    Ledger ledger = new Ledger(vm, ALICE).standard("token");
    ledger.account(BOB, Account.wallet(5_000_000_000L));
    ledger.send(
        "create mint",
        Tokens.create(ALICE, MINT, 1_461_600, Tokens.MINT_BYTES, Tokens.TOKEN),
        tokens.initializeMint(MINT, 6, ALICE, ALICE));
    for (Pubkey account : new Pubkey[] {A, B}) {
      ledger.send(
          "create account",
          Tokens.create(ALICE, account, 2_039_280, Tokens.ACCOUNT_BYTES, Tokens.TOKEN),
          tokens.initializeAccount(account, MINT, account.equals(A) ? ALICE : BOB));
    }
    ledger.send("mint", tokens.mintTo(MINT, A, ALICE, 1_000_000));
    ledger.send("transfer", tokens.transfer(A, B, ALICE, 250_000));
    ledger.send("too much", tokens.transfer(A, B, ALICE, 10_000_000));
    ledger.send("not the owner", tokens.transfer(A, B, BOB, 1));
    ledger.send("to itself", tokens.transfer(A, A, ALICE, 1));
    ledger.send("checked", tokens.transferChecked(A, MINT, B, ALICE, 5, 6));
    ledger.send("wrong decimals", tokens.transferChecked(A, MINT, B, ALICE, 5, 7));
    ledger.send("approve", tokens.approve(A, BOB, ALICE, 100));
    ledger.send("delegate transfers", tokens.transfer(A, B, BOB, 60));
    ledger.send("delegate exceeds", tokens.transfer(A, B, BOB, 60));
    ledger.send("revoke", tokens.revoke(A, ALICE));
    ledger.send("freeze", tokens.freeze(10, A, MINT, ALICE));
    ledger.send("frozen", tokens.transfer(A, B, ALICE, 1));
    ledger.send("thaw", tokens.freeze(11, A, MINT, ALICE));
    ledger.send("burn", tokens.burn(B, MINT, BOB, 7));
    ledger.send("close with balance", tokens.close(B, BOB, BOB));
    ledger.send("burn the rest", tokens.burn(B, MINT, BOB, 250_058));
    ledger.send("close", tokens.close(B, BOB, BOB));
    ledger.send("authority", tokens.setAuthority(MINT, ALICE, 0, null));
    ledger.send("no authority", tokens.mintTo(MINT, A, ALICE, 1));
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void drawnLives(int seed, RealVm vm, Comparisons comparisons) {
    boolean extended = seed % 2 == 0;
    BankConfig config = Ledger.config();
    if (seed > 4) {
      config = config.withEngine(new Jit());
    }
    Ledger ledger = new Ledger(vm, ALICE, config);
    ledger.standard("associated-token").standard("memo-v3");
    ledger.standard("token").standard("token-2022");
    Tokens tokens = new Tokens(extended ? Tokens.TOKEN_2022 : Tokens.TOKEN);
    Random random = new Random(seed + Long.getLong("seed", 0));
    DrawnTokens drawn = new DrawnTokens(ledger, random, tokens);
    drawn.prepare();
    for (int i = 0; i < TRANSACTIONS; i++) {
      drawn.send();
    }
    ledger.compare(comparisons);
  }
}
