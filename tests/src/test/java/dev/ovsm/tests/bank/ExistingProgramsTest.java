package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.ExistingPrograms.SYSTEM;
import static dev.ovsm.tests.bank.ExistingPrograms.bytes;
import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.ExistingPrograms.rent;
import static dev.ovsm.tests.bank.Ledger.SLOT;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs in the style of those that people have written, each entry with good and bad calls, by
 * the bank as on the real VM.
 */
@ComparedWithRealVm(minimum = 800)
class ExistingProgramsTest {
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey CAROL = key(3);
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final long PAST = SLOT - 1;
  private static final long FUTURE = SLOT + 100;

  private static byte[] name(String text) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 32);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void escrow(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of("escrow", version, vm, ALICE).wallet(BOB, CAROL);
    it.ledger().account(STATE, Account.of(rent(64) + 7_000_000, new byte[64], it.id()));
    it.send("take what is not open", op(1), "sw", BOB, "w", STATE, "w", ALICE, "", SYSTEM);
    it.send("cancel what is not open", op(2), "sw", ALICE, "w", STATE);
    it.send("no price", op(0), "s", ALICE, "w", STATE);
    it.send("not signed", op(0, 500_000), "", BOB, "w", STATE);
    it.send("make", op(0, 500_000), "s", ALICE, "w", STATE);
    it.send("make again", op(0, 1), "s", ALICE, "w", STATE);
    it.send("wrong maker", op(1), "sw", BOB, "w", STATE, "w", CAROL, "", SYSTEM);
    it.send("cancelled by another", op(2), "sw", BOB, "w", STATE);
    it.send("no system program", op(1), "sw", BOB, "w", STATE, "w", ALICE);
    it.send("take", op(1), "sw", BOB, "w", STATE, "w", ALICE, "", SYSTEM);
    assertThat(it.ledger().now(BOB).lamports()).isEqualTo(5_000_000_000L - 500_000 + 7_000_000);
    it.send("make once more", op(0, 9), "s", ALICE, "w", STATE);
    it.send("cancel", op(2), "sw", ALICE, "w", STATE);
    it.send("unknown", op(9), "sw", ALICE, "w", STATE);
    it.send("an account twice", op(0, 9), "sw", ALICE, "w", ALICE);
    it.send("one account", op(0, 9), "sw", ALICE);
    it.send("no accounts", op(0, 9));
    assertThat(it.ledger().successes()).isEqualTo(4);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void marketplace(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("marketplace", version, vm, ALICE).wallet(BOB, CAROL).data(STATE, 96);
    it.send("free of charge", op(0, 7, 0), "s", ALICE, "w", STATE);
    it.send("list", op(0, 7, 1_000_000), "s", ALICE, "w", STATE);
    it.send("list again", op(0, 7, 1_000_000), "s", ALICE, "w", STATE);
    it.send("reprice by another", op(2, 5), "s", BOB, "w", STATE);
    it.send("reprice", op(2, 2_000_000), "s", ALICE, "w", STATE);
    it.send("wrong seller", op(1), "sw", BOB, "w", STATE, "w", CAROL, "w", CAROL, "", SYSTEM);
    it.send("buy", op(1), "sw", BOB, "w", STATE, "w", ALICE, "w", CAROL, "", SYSTEM);
    assertThat(it.ledger().now(CAROL).lamports()).isEqualTo(5_000_000_000L + 50_000);
    it.send("sold out", op(1), "sw", BOB, "w", STATE, "w", ALICE, "w", CAROL, "", SYSTEM);
    it.send("unknown", op(3), "s", ALICE, "w", STATE);
    it.send("not a listing", op(0, 7, 1), "s", ALICE, "w", BOB);
    assertThat(it.ledger().successes()).isEqualTo(3);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void registry(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("registry", version, vm, ALICE).wallet(BOB).data(STATE, 8 * 65);
    it.send("nothing there", op(1, name("alpha")), "", BOB, "", STATE);
    for (int i = 0; i < 8; i++) {
      it.send("register " + i, op(0, name("name-" + i)), "s", ALICE, "w", STATE);
    }
    it.send("taken", op(0, name("name-3")), "s", BOB, "w", STATE);
    it.send("full", op(0, name("alpha")), "s", BOB, "w", STATE);
    it.send("resolve", op(1, name("name-5")), "", BOB, "", STATE);
    it.send("transfer by another", op(2, name("name-5")), "s", BOB, "w", STATE, "", BOB);
    it.send("transfer unsigned", op(2, name("name-5")), "", BOB, "w", STATE, "", BOB);
    it.send("transfer", op(2, name("name-5")), "s", ALICE, "w", STATE, "", BOB);
    it.send("remove", op(3, name("name-5")), "s", BOB, "w", STATE);
    it.send("again", op(0, name("alpha")), "s", BOB, "w", STATE);
    it.send("resolve", op(1, name("alpha")), "", BOB, "", STATE);
    it.send("no name", op(0), "s", BOB, "w", STATE);
    it.send("unknown", op(7, name("alpha")), "s", BOB, "w", STATE);
    assertThat(it.ledger().successes()).isEqualTo(13);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void amm(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("amm", version, vm, ALICE).wallet(BOB).data(STATE, 56).data(OTHER, 8);
    it.send("quote of nothing", op(1, 100), "", BOB, "", STATE);
    it.send("init", op(0, 1L << 60, 1L << 61), "s", ALICE, "w", STATE);
    it.send("init again", op(0, 1, 1), "s", ALICE, "w", STATE);
    it.send("quote", op(1, 1_000_000), "", BOB, "", STATE);
    it.send("slippage", op(2, 1_000_000, 1_999_999), "s", BOB, "w", STATE, "w", OTHER);
    it.send("swap", op(2, 1_000_000, 1_990_000), "s", BOB, "w", STATE, "w", OTHER);
    assertThat(it.word(OTHER, 0)).isEqualTo(1_993_999);
    it.send("too much", op(2, -1L, 0), "s", BOB, "w", STATE, "w", OTHER);
    it.send("add by another", op(3, 1, 1), "s", BOB, "w", STATE);
    it.send("add", op(3, 5, 6), "s", ALICE, "w", STATE);
    it.send("add too much", op(3, -1L, 6), "s", ALICE, "w", STATE);
    it.send("unknown", op(4), "s", ALICE, "w", STATE);
    it.send("read only", op(3, 5, 6), "s", ALICE, "", STATE);
    assertThat(it.ledger().successes()).isEqualTo(4);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void dao(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("dao", version, vm, ALICE)
            .wallet(BOB, CAROL)
            .data(STATE, 40)
            .data(OTHER, 33)
            .data(key(12), 33)
            .data(key(13), 40);
    it.send("vote on nothing", op(1, bytes(1)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("propose", op(0, SLOT, 2), "s", ALICE, "w", STATE);
    it.send("propose again", op(0, SLOT, 2), "s", ALICE, "w", STATE);
    it.send("vote", op(1, bytes(1)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("vote twice", op(1, bytes(1)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("against", op(1, bytes(0)), "s", CAROL, "w", STATE, "w", key(12));
    it.send("too early", op(2), "", BOB, "w", STATE);
    assertThat(it.word(STATE, 24)).isEqualTo(1);
    it.send("propose in the past", op(0, PAST, 0), "s", ALICE, "w", key(13));
    it.send("too late", op(1, bytes(1)), "s", BOB, "w", key(13), "w", OTHER);
    it.send("finalise", op(2), "", BOB, "w", key(13));
    it.send("finalise again", op(2), "", BOB, "w", key(13));
    it.send("unknown", op(5), "", BOB, "w", STATE);
    it.send("unsigned", op(0, 1, 1), "", BOB, "w", key(12));
    assertThat(it.ledger().successes()).isEqualTo(5);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void auction(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("auction", version, vm, ALICE)
            .wallet(BOB, CAROL)
            .data(STATE, 88)
            .data(OTHER, 88);
    it.send("bid on nothing", op(1, 5), "sw", BOB, "w", STATE, "w", ALICE, "", SYSTEM);
    it.send("open", op(0, FUTURE, 1_000_000), "s", ALICE, "w", STATE);
    it.send("too low", op(1, 1_000_000), "sw", BOB, "w", STATE, "w", ALICE, "", SYSTEM);
    it.send("bid", op(1, 1_500_000), "sw", BOB, "w", STATE, "w", ALICE, "", SYSTEM);
    it.send("wrong last", op(1, 2_000_000), "sw", CAROL, "w", STATE, "w", ALICE, "", SYSTEM);
    it.send("outbid", op(1, 2_000_000), "sw", CAROL, "w", STATE, "w", BOB, "", SYSTEM);
    assertThat(it.ledger().now(BOB).lamports()).isEqualTo(5_000_000_000L);
    it.send("too early", op(2), "", BOB, "w", STATE, "w", ALICE);
    it.send("open late", op(0, PAST, 1), "s", ALICE, "w", OTHER);
    it.send("over", op(1, 5), "sw", BOB, "w", OTHER, "w", ALICE, "", SYSTEM);
    it.send("no bids", op(2), "", BOB, "w", OTHER, "w", ALICE);
    it.send("more than one has", op(1, 1L << 60), "sw", BOB, "w", STATE, "w", CAROL, "", SYSTEM);
    it.send("unknown", op(8), "", BOB, "w", STATE);
    byte[] won = new byte[88];
    won[0] = 2;
    won[16] = 100;
    System.arraycopy(ALICE.bytes(), 0, won, 24, 32);
    it.ledger().account(key(12), Account.of(rent(88) + 100, won, it.id()));
    it.send("close for another", op(2), "", BOB, "w", key(12), "w", CAROL);
    it.send("close", op(2), "", BOB, "w", key(12), "w", ALICE);
    assertThat(it.ledger().successes()).isEqualTo(5);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void vesting(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("vesting", version, vm, ALICE).wallet(BOB).data(OTHER, 72);
    it.ledger().account(STATE, Account.of(rent(72) + 1_000_000, new byte[72], it.id()));
    byte[] quarter = op(0, 1_000_000, SLOT - 250, 100, 1000);
    it.send("no duration", op(0, 1_000_000, SLOT, 0, 0), "s", ALICE, "w", STATE, "", BOB);
    it.send("create", quarter, "s", ALICE, "w", STATE, "", BOB);
    it.send("create again", quarter, "s", ALICE, "w", STATE, "", BOB);
    it.send("claim of another", op(1), "sw", ALICE, "w", STATE);
    it.send("claim", op(1), "sw", BOB, "w", STATE);
    assertThat(it.word(STATE, 32)).isEqualTo(250_000);
    it.send("nothing more", op(1), "sw", BOB, "w", STATE);
    it.send("cliff", op(0, 1000, SLOT - 50, 100, 1000), "s", ALICE, "w", OTHER, "", BOB);
    it.send("before the cliff", op(1), "sw", BOB, "w", OTHER);
    it.send("unknown", op(2), "s", BOB, "w", OTHER);
    it.send("unsigned", op(1), "w", CAROL, "w", OTHER);
    assertThat(it.ledger().successes()).isEqualTo(3);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void reputation(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("reputation", version, vm, ALICE)
            .wallet(BOB)
            .data(STATE, 32)
            .data(OTHER, 8)
            .data(key(12), 8);
    it.send("show nothing", op(1), "", BOB, "", STATE);
    it.send("no stars", op(0, bytes(0)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("six stars", op(0, bytes(6)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("four stars", op(0, bytes(4)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("twice", op(0, bytes(4)), "s", BOB, "w", STATE, "w", OTHER);
    it.send("one star", op(0, bytes(1)), "s", ALICE, "w", STATE, "w", key(12));
    it.send("show", op(1), "", BOB, "", STATE);
    assertThat(it.word(STATE, 24)).isEqualTo(1);
    it.send("decay", op(2, 1), "s", ALICE, "w", STATE);
    it.send("decay for long", op(2, -1L), "s", ALICE, "w", STATE);
    it.send("unknown", op(3), "s", ALICE, "w", STATE);
    it.send("unsigned", op(0, bytes(4)), "", BOB, "w", STATE, "w", OTHER);
    assertThat(it.word(STATE, 8)).isZero();
    assertThat(it.ledger().successes()).isEqualTo(6);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void tokenVault(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of("token_vault", version, vm, ALICE).wallet(BOB);
    it.ledger().standard("token");
    Tokens tokens = new Tokens(Tokens.TOKEN);
    Pubkey mint = key(20);
    Pubkey user = key(21);
    Pubkey vault = key(22);
    byte[] seed = "vault-authority".getBytes(StandardCharsets.US_ASCII);
    DerivedAddress.Found found = DerivedAddress.find(List.of(seed), it.id()).orElseThrow();
    Pubkey authority = found.address();
    int bump = found.bump();
    byte[] config = ALICE.bytes();
    it.data(STATE, config);
    it.ledger()
        .send(
            "create mint",
            Tokens.create(ALICE, mint, 1_461_600, Tokens.MINT_BYTES, Tokens.TOKEN),
            tokens.initializeMint(mint, 6, ALICE, null));
    for (Pubkey account : new Pubkey[] {user, vault}) {
      it.ledger()
          .send(
              "create account",
              Tokens.create(ALICE, account, 2_039_280, Tokens.ACCOUNT_BYTES, Tokens.TOKEN),
              tokens.initializeAccount(account, mint, account.equals(user) ? ALICE : authority));
    }
    it.ledger().send("mint", tokens.mintTo(mint, user, ALICE, 1000));
    it.send("deposit", op(0, 400), "s", ALICE, "w", user, "w", vault, "", Tokens.TOKEN);
    it.send("deposit too much", op(0, 9000), "s", ALICE, "w", user, "w", vault, "", Tokens.TOKEN);
    Object[] accounts = {
      "s", ALICE, "w", vault, "w", user, "", Tokens.TOKEN, "", authority, "", STATE
    };
    it.send("withdraw", op(1, 150, bytes(bump)), accounts);
    it.send("wrong bump", op(1, 150, bytes(bump - 1)), accounts);
    it.send("too much", op(1, 1000, bytes(bump)), accounts);
    accounts[1] = BOB;
    it.send("not the admin", op(1, 1, bytes(bump)), accounts);
    it.send("unknown", op(2), accounts);
    assertThat(it.word(vault, 64)).isEqualTo(250);
    assertThat(it.ledger().successes()).isEqualTo(6);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void pdaCounter(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of("pda_counter", version, vm, ALICE).wallet(BOB);
    byte[] seed = "counter".getBytes(StandardCharsets.US_ASCII);
    Pubkey counter = Ledger.derived(it.id(), seed, ALICE.bytes());
    it.send("before it is there", op(1), "s", ALICE, "w", counter);
    it.send("create", op(0), "sw", ALICE, "w", counter, "", SYSTEM);
    it.send("create again", op(0), "sw", ALICE, "w", counter, "", SYSTEM);
    it.send("increment", op(1), "s", ALICE, "w", counter);
    it.send("increment", op(1), "s", ALICE, "w", counter);
    assertThat(it.word(counter, 0)).isEqualTo(2);
    it.send("of another", op(1), "s", BOB, "w", counter);
    it.send("unknown", op(3), "s", ALICE, "w", counter);
    it.send("close", op(2), "sw", ALICE, "w", counter);
    it.send("closed", op(1), "s", ALICE, "w", counter);
    assertThat(it.ledger().successes()).isEqualTo(4);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void multisig(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("multisig", version, vm, ALICE).wallet(BOB, CAROL).data(OTHER, 168);
    it.ledger().account(STATE, Account.of(rent(168) + 1_000_000, new byte[168], it.id()));
    Object[] owners = {"s", ALICE, "w", STATE, "", ALICE, "", BOB, "", CAROL};
    it.send("pay from nothing", op(1, 5), "w", BOB, "w", STATE, "s", ALICE);
    it.send("more needed than there are", op(0, bytes(4, 3)), owners);
    it.send("init", op(0, bytes(2, 3)), owners);
    it.send("init again", op(0, bytes(1, 3)), owners);
    it.send("owners missing", op(0, bytes(2, 5)), "s", ALICE, "w", OTHER, "", ALICE);
    it.send("one of two", op(1, 500_000), "w", BOB, "w", STATE, "s", ALICE);
    it.send("one twice", op(1, 500_000), "w", BOB, "w", STATE, "s", ALICE, "s", ALICE);
    it.send("unsigned", op(1, 500_000), "w", BOB, "w", STATE, "s", ALICE, "", CAROL);
    it.send("two", op(1, 500_000), "w", BOB, "w", STATE, "s", ALICE, "s", CAROL);
    assertThat(it.ledger().now(BOB).lamports()).isEqualTo(5_000_500_000L);
    it.send("too much", op(1, 5_000_000), "w", BOB, "w", STATE, "s", ALICE, "s", CAROL);
    it.send("unknown", op(2), "w", BOB, "w", STATE);
    assertThat(it.ledger().successes()).isEqualTo(2);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void crowdfund(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("crowdfund", version, vm, ALICE)
            .wallet(BOB, CAROL)
            .data(STATE, 64)
            .data(OTHER, 40)
            .data(key(12), 64);
    it.send("no goal", op(0, 0, FUTURE), "s", ALICE, "w", STATE);
    it.send("start", op(0, 1_000_000, FUTURE), "s", ALICE, "w", STATE);
    it.send("start again", op(0, 1_000_000, FUTURE), "s", ALICE, "w", STATE);
    it.send("pledge", op(1, 400_000), "sw", BOB, "w", STATE, "w", OTHER, "", SYSTEM);
    it.send("other's receipt", op(1, 4), "sw", CAROL, "w", STATE, "w", OTHER, "", SYSTEM);
    it.send("more", op(1, 100_000), "sw", BOB, "w", STATE, "w", OTHER, "", SYSTEM);
    it.send("collect early", op(2), "sw", ALICE, "w", STATE);
    it.send("refund early", op(3), "sw", BOB, "w", STATE, "w", OTHER);
    it.send("start over", op(0, 1_000_000, PAST), "s", ALICE, "w", key(12));
    it.send("too late", op(1, 5), "sw", CAROL, "w", key(12), "w", OTHER, "", SYSTEM);
    it.send("goal missed", op(2), "sw", ALICE, "w", key(12));
    byte[] failed = new byte[64];
    failed[0] = 100;
    failed[16] = 50;
    byte[] receipt = new byte[40];
    receipt[0] = 50;
    System.arraycopy(CAROL.bytes(), 0, receipt, 8, 32);
    it.ledger().account(key(13), Account.of(rent(64) + 50, failed, it.id()));
    it.data(key(14), receipt);
    it.send("refund of another", op(3), "sw", BOB, "w", key(13), "w", key(14));
    it.send("refund", op(3), "sw", CAROL, "w", key(13), "w", key(14));
    it.send("refund again", op(3), "sw", CAROL, "w", key(13), "w", key(14));
    it.send("unknown", op(4), "s", ALICE, "w", STATE);
    assertThat(it.ledger().successes()).isEqualTo(5);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void staking(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("staking", version, vm, ALICE)
            .wallet(BOB)
            .data(STATE, 8)
            .data(OTHER, 64);
    it.send("stake", op(0, 1_000_000), "sw", ALICE, "w", STATE, "w", OTHER, "", SYSTEM);
    it.send("of another", op(0, 5), "sw", BOB, "w", STATE, "w", OTHER, "", SYSTEM);
    it.send("unstake too much", op(1, 1_000_001), "sw", ALICE, "w", STATE, "w", OTHER);
    it.send("unstake", op(1, 400_000), "sw", ALICE, "w", STATE, "w", OTHER);
    assertThat(it.word(STATE, 0)).isEqualTo(600_000);
    it.send("points", op(2), "", BOB, "", STATE, "", OTHER);
    byte[] old = new byte[64];
    Arrays.fill(old, 0, 7, (byte) 0xff);
    old[8] = 1;
    System.arraycopy(BOB.bytes(), 0, old, 32, 32);
    it.data(key(12), old);
    it.send("many points", op(1, 0), "sw", BOB, "w", STATE, "w", key(12));
    it.send("many points", op(2), "", BOB, "", STATE, "", key(12));
    it.send("unknown", op(3), "s", ALICE, "w", STATE, "w", OTHER);
    it.send("unsigned", op(1, 1), "", BOB, "w", STATE, "w", OTHER);
    assertThat(it.ledger().successes()).isEqualTo(5);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void medianOracle(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("median_oracle", version, vm, ALICE).wallet(BOB).data(STATE, 80);
    it.send("nothing posted", op(1), "", BOB, "", STATE);
    long[] prices = {500, 100, 900, 300, 700};
    for (int i = 0; i < prices.length; i++) {
      it.send("post " + i, op(0, bytes(i), prices[i]), "s", ALICE, "w", STATE);
      it.send("read " + i, op(1), "", BOB, "", STATE);
    }
    it.send("no such place", op(0, bytes(5), 1), "s", ALICE, "w", STATE);
    it.send("unsigned", op(0, bytes(1), 1), "", BOB, "w", STATE);
    byte[] stale = new byte[80];
    stale[0] = 9;
    stale[40] = 1;
    it.data(OTHER, stale);
    it.send("stale", op(1), "", BOB, "", OTHER);
    it.send("unknown", op(2), "", BOB, "", OTHER);
    assertThat(it.ledger().successes()).isEqualTo(10);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void subscription(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("subscription", version, vm, ALICE).wallet(BOB).data(STATE, 104);
    byte[] subscribe = op(0, 300_000, 50, 400_000);
    Object[] accounts = {"sw", ALICE, "w", STATE, "", BOB, "", SYSTEM};
    it.send("charge of nothing", op(1), "sw", BOB, "w", STATE);
    it.send("subscribe", subscribe, accounts);
    it.send("subscribe again", subscribe, accounts);
    it.send("charge by another", op(1), "sw", ALICE, "w", STATE);
    it.send("charge", op(1), "sw", BOB, "w", STATE);
    it.send("not due", op(1), "sw", BOB, "w", STATE);
    it.send("cancel by another", op(2), "sw", BOB, "w", STATE);
    it.send("cancel", op(2), "sw", ALICE, "w", STATE);
    assertThat(it.word(STATE, 32)).isZero();
    it.send("subscribe to little", op(0, 300_000, 50, 100), accounts);
    it.send("used up", op(1), "sw", BOB, "w", STATE);
    it.send("read only", op(2), "sw", ALICE, "", STATE);
    it.send("unknown", op(7), "sw", BOB, "w", STATE);
    assertThat(it.ledger().successes()).isEqualTo(4);
    it.ledger().compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void raffle(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it =
        ExistingPrograms.of("raffle", version, vm, ALICE)
            .wallet(BOB, CAROL)
            .data(STATE, 352)
            .data(OTHER, 352);
    it.send("buy of nothing", op(1), "sw", BOB, "w", STATE, "", SYSTEM);
    it.send("open", op(0, 1_000_000, PAST), "s", ALICE, "w", STATE);
    it.send("no players", op(2), "", BOB, "w", STATE, "w", BOB);
    for (int i = 0; i < 11; i++) {
      it.send("buy " + i, op(1), "sw", i % 2 == 0 ? BOB : CAROL, "w", STATE, "", SYSTEM);
    }
    long drawn = SLOT * 2_654_435_761L % 10;
    Pubkey winner = drawn % 2 == 0 ? BOB : CAROL;
    it.send("wrong winner", op(2), "", ALICE, "w", STATE, "w", ALICE);
    it.send("draw", op(2), "", ALICE, "w", STATE, "w", winner);
    it.send("draw again", op(2), "", ALICE, "w", STATE, "w", winner);
    it.send("open for later", op(0, 1, FUTURE), "s", ALICE, "w", OTHER);
    it.send("too early", op(2), "", ALICE, "w", OTHER, "w", BOB);
    it.send("unknown", op(3), "", ALICE, "w", OTHER);
    assertThat(it.ledger().successes()).isEqualTo(13);
    it.ledger().compare(comparisons);
  }
}
