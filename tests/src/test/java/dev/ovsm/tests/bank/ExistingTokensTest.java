package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Dialect.ALICE;
import static dev.ovsm.tests.bank.Dialect.BOB;
import static dev.ovsm.tests.bank.Dialect.CAROL;
import static dev.ovsm.tests.bank.Dialect.SYSTEM;
import static dev.ovsm.tests.bank.Dialect.WALLET;
import static dev.ovsm.tests.bank.ExistingPrograms.bytes;
import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that people have written over tokens and derived addresses, as on the real VM. */
@ComparedWithRealVm(minimum = 1500)
class ExistingTokensTest {
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey TOKEN = Tokens.TOKEN;
  private static final Pubkey MINT_A = key(30);
  private static final Pubkey MINT_B = key(31);
  private static final Pubkey SHARES = key(32);
  private static final Pubkey VAULT_A = key(33);
  private static final Pubkey VAULT_B = key(34);
  private static final Pubkey ALICES_A = key(35);
  private static final Pubkey ALICES_B = key(36);
  private static final Pubkey ALICES_SHARES = key(37);
  private static final Pubkey BOBS_A = key(38);
  private static final Pubkey BOBS_B = key(39);
  private static final Tokens TOKENS = new Tokens(TOKEN);

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void mint(Dialect it, Pubkey mint, Pubkey authority) {
    it.ledger()
        .send(
            "create a mint",
            Tokens.create(Dialect.PAYER, mint, 1_461_600, Tokens.MINT_BYTES, TOKEN),
            TOKENS.initializeMint(mint, 6, authority, null));
  }

  private static void account(Dialect it, Pubkey account, Pubkey mint, Pubkey owner, long amount) {
    it.ledger()
        .send(
            "create an account",
            Tokens.create(Dialect.PAYER, account, 2_039_280, Tokens.ACCOUNT_BYTES, TOKEN),
            TOKENS.initializeAccount(account, mint, owner));
    if (amount > 0) {
      it.ledger().send("mint", TOKENS.mintTo(mint, account, Dialect.PAYER, amount));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void tokenVault(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("token_vault", version, vm).data(STATE, 144).data(OTHER, 144);
    it.ledger().standard("token");
    byte[] seed = ascii("vault-authority");
    DerivedAddress.Found found =
        DerivedAddress.find(List.of(seed, STATE.bytes()), it.id()).orElseThrow();
    Pubkey authority = found.address();
    mint(it, MINT_A, Dialect.PAYER);
    mint(it, SHARES, authority);
    account(it, VAULT_A, MINT_A, authority, 0);
    account(it, VAULT_B, MINT_A, authority, 0);
    account(it, ALICES_A, MINT_A, ALICE, 1000);
    account(it, ALICES_SHARES, SHARES, ALICE, 0);
    account(it, BOBS_A, MINT_A, BOB, 500);
    Object[] init = {"s", CAROL, "w", STATE, "", authority, "", VAULT_A, "", SHARES};
    Object[] alice = {
      "s",
      ALICE,
      "w",
      STATE,
      "",
      authority,
      "w",
      VAULT_A,
      "w",
      SHARES,
      "w",
      ALICES_A,
      "w",
      ALICES_SHARES,
      "",
      TOKEN
    };
    Object[] giver = {
      "s",
      BOB,
      "",
      STATE,
      "",
      authority,
      "w",
      VAULT_A,
      "",
      SHARES,
      "w",
      BOBS_A,
      "",
      ALICES_SHARES,
      "",
      TOKEN
    };
    Object[] shut = {
      "s", CAROL, "w", STATE, "", authority, "w", VAULT_A, "", SHARES, "w", CAROL, "", BOB, "",
      TOKEN
    };
    it.bad(4, "deposit into nothing", op(1, 5), alice)
        .bad(3, "wrong bump", op(0, bytes(found.bump() - 1)), init)
        .good("init", op(0, bytes(found.bump())), init)
        .bad(4, "init again", op(0, bytes(found.bump())), init)
        .bad(5, "deposit nothing", op(1, 0), alice)
        .bad("\"Custom\":1}", "deposit too much", op(1, 1001), alice)
        .bad(4, "reward nobody", op(3, 5), giver)
        .good("deposit", op(1, 400), alice)
        .bad("\"Custom\":1}", "give what one lacks", op(3, 501), giver)
        .good("reward", op(3, 200), giver)
        .bad(2, "pause by another", op(4, bytes(1)), "s", ALICE, "w", STATE)
        .good("pause", op(4, bytes(1)), "s", CAROL, "w", STATE)
        .bad(4, "deposit while paused", op(1, 5), alice)
        .good("resume", op(4, bytes(0)), "s", CAROL, "w", STATE)
        .good("deposit at the new price", op(1, 300), alice)
        .bad(5, "withdraw too much", op(2, 601), alice)
        .good("withdraw", op(2, 100), alice);
    // 400 shares were worth 600 tokens, so 300 more tokens made 200 shares; 100 give 150 back.
    assertThat(it.word(ALICES_SHARES, 64)).isEqualTo(500);
    assertThat(it.word(VAULT_A, 64)).isEqualTo(750);
    Object[] thief = alice.clone();
    thief[1] = BOB;
    it.bad("\"Custom\":4}", "withdraw another's shares", op(2, 5), thief)
        .bad(4, "shut while held", op(6), shut)
        .bad(2, "hand over by another", op(5), "s", ALICE, "w", STATE, "s", ALICE)
        .good("hand over", op(5), "s", CAROL, "w", STATE, "s", BOB)
        .good("hand back", op(5), "s", BOB, "w", STATE, "s", CAROL)
        .good("withdraw the rest", op(2, 500), alice)
        .bad(2, "shut by another", op(6), with(shut, 1, ALICE))
        .good("shut", op(6), shut)
        .bad(4, "shut again", op(6), shut)
        .bad(1, "unknown", op(7), alice);
    assertThat(it.lamports(CAROL)).isEqualTo(WALLET + 2_039_280);
    assertThat(it.word(ALICES_A, 64)).isEqualTo(1000 - 400 - 300 + 150 + 750);
    it.finish(comparisons);
  }

  private static Object[] with(Object[] accounts, int at, Pubkey key) {
    Object[] changed = accounts.clone();
    changed[at] = key;
    return changed;
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void amm(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("amm", version, vm).data(STATE, 192).data(OTHER, 192);
    it.ledger().standard("token");
    DerivedAddress.Found found =
        DerivedAddress.find(List.of(ascii("amm"), STATE.bytes()), it.id()).orElseThrow();
    Pubkey authority = found.address();
    mint(it, MINT_A, Dialect.PAYER);
    mint(it, MINT_B, Dialect.PAYER);
    mint(it, SHARES, authority);
    account(it, VAULT_A, MINT_A, authority, 0);
    account(it, VAULT_B, MINT_B, authority, 0);
    account(it, ALICES_A, MINT_A, ALICE, 1L << 61);
    account(it, ALICES_B, MINT_B, ALICE, 1L << 62);
    account(it, ALICES_SHARES, SHARES, ALICE, 0);
    account(it, BOBS_A, MINT_A, BOB, 10_000_000);
    account(it, BOBS_B, MINT_B, BOB, 0);
    Object[] init = {"s", CAROL, "w", STATE, "", authority, "", VAULT_A, "", VAULT_B, "", SHARES};
    Object[] alice = {
      "s",
      ALICE,
      "w",
      STATE,
      "",
      authority,
      "w",
      VAULT_A,
      "w",
      VAULT_B,
      "w",
      ALICES_A,
      "w",
      ALICES_B,
      "",
      TOKEN,
      "w",
      SHARES,
      "w",
      ALICES_SHARES
    };
    Object[] bob = {
      "s", BOB, "w", STATE, "", authority, "w", VAULT_A, "w", VAULT_B, "w", BOBS_A, "w", BOBS_B, "",
      TOKEN
    };
    Object[] quote = {"", BOB, "", STATE, "", authority, "", VAULT_A, "", VAULT_B};
    byte[] start = op(0, bytes(30, 0, found.bump()));
    it.bad(6004, "quote of nothing", op(4, bytes(0), 100), quote)
        .bad(6006, "a fee too high", op(0, bytes(0xe9, 3, found.bump())), init)
        .bad(6005, "one vault twice", start, with(init, 9, VAULT_A))
        .bad(6005, "another's tokens", start, with(init, 7, ALICES_A))
        .good("init", start, init)
        .bad(6004, "init again", start, init)
        .bad(6002, "quote of an empty pool", op(4, bytes(0), 100), quote)
        .bad(6002, "remove from an empty pool", op(2, 1, 0, 0), alice)
        .bad(6001, "too few shares", op(1, 4, 9, 7), alice)
        .good("first deposit", op(1, 1L << 60, 1L << 61, 1), alice);
    assertThat(it.word(ALICES_SHARES, 64)).isEqualTo(1_630_477_228_166_597_776L);
    it.good("quote", op(4, bytes(0), 1_000_000), quote)
        .bad(6001, "slippage", op(3, bytes(0), 1_000_000, 1_994_001), bob)
        .good("swap", op(3, bytes(0), 1_000_000, 1_993_999), bob);
    assertThat(it.word(BOBS_B, 64)).isEqualTo(1_993_999);
    it.good("swap back", op(3, bytes(1), 1_993_999, 994_000), bob)
        .bad("\"Custom\":1}", "more than one has", op(3, bytes(0), 1L << 40, 0), bob)
        .bad(5000, "more than there can be", op(3, bytes(0), -1L, 0), bob)
        .bad(6001, "too small to swap", op(3, bytes(0), 1, 0), bob)
        .bad(
            6005,
            "the vaults swapped",
            op(3, bytes(0), 1000, 0),
            with(with(bob, 7, VAULT_B), 9, VAULT_A))
        .bad("\"Custom\":4}", "another's tokens", op(3, bytes(0), 1000, 0), with(bob, 1, CAROL))
        .bad(6001, "more b than allowed", op(1, 1000, 1999, 0), alice)
        .good("add", op(1, 1_000_000, 2_000_001, 1), alice)
        .bad(6001, "too little comes back", op(2, 1000, 1000, 2000), alice)
        .bad("\"Custom\":1}", "more shares than one has", op(2, -1L >>> 2, 0, 0), alice)
        .good("remove", op(2, 1_000_000, 700_000, 1_400_000), alice)
        .bad(6003, "fee by another", op(5, bytes(5, 0)), "s", ALICE, "w", STATE)
        .bad(6006, "a fee too high", op(5, bytes(0xe9, 3)), "s", CAROL, "w", STATE)
        .good("fee", op(5, bytes(5, 0)), "s", CAROL, "w", STATE)
        .bad(1, "unknown", op(6), quote);
    assertThat(it.word(STATE, 8)).isEqualTo(5);
    assertThat(it.word(STATE, 184)).isEqualTo(2);
    it.finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void pdaCounter(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("pda_counter", version, vm);
    Pubkey counter = Ledger.derived(it.id(), ascii("counter"), ALICE.bytes());
    it.bad(3, "before it is there", op(1), "s", ALICE, "w", counter)
        .bad(3, "close what is not there", op(2), "sw", ALICE, "w", counter)
        .bad(2, "create for another", op(0), "sw", BOB, "w", counter, "", SYSTEM)
        .good("create", op(0), "sw", ALICE, "w", counter, "", SYSTEM)
        .bad("\"Custom\":0}", "create again", op(0), "sw", ALICE, "w", counter, "", SYSTEM)
        .good("increment", op(1), "s", ALICE, "w", counter)
        .good("increment", op(1), "s", ALICE, "w", counter);
    assertThat(it.word(counter, 0)).isEqualTo(2);
    it.bad(2, "of another", op(1), "s", BOB, "w", counter)
        .bad(2, "close another's", op(2), "sw", BOB, "w", counter)
        .bad(1, "unknown", op(3), "s", ALICE, "w", counter)
        .good("close", op(2), "sw", ALICE, "w", counter)
        .bad(3, "closed", op(1), "s", ALICE, "w", counter)
        .finish(comparisons);
  }
}
