package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Dialect.ALICE;
import static dev.ovsm.tests.bank.Dialect.BOB;
import static dev.ovsm.tests.bank.Dialect.CAROL;
import static dev.ovsm.tests.bank.Dialect.SYSTEM;
import static dev.ovsm.tests.bank.Dialect.WALLET;
import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.Ledger.SLOT;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that people have written to trade, by the bank as on the real VM. */
@ComparedWithRealVm(minimum = 2000)
class ExistingTradesTest {
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey LATE = key(12);
  private static final long FUTURE = SLOT + 100;

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void escrow(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it =
        Dialect.of("escrow", version, vm).data(STATE, 128).data(OTHER, 128).data(key(13), 64);
    Object[] make = {"sw", ALICE, "w", STATE, "", SYSTEM};
    Object[] take = {"sw", BOB, "w", STATE, "w", ALICE, "", SYSTEM};
    it.bad(2, "take what is not open", op(1, 900_000), take)
        .bad(2, "cancel what is not open", op(2), "sw", ALICE, "w", STATE)
        .bad(2, "expire what is not open", op(3), "", BOB, "w", STATE, "w", ALICE)
        .bad(6012, "nothing", op(0, 0, 5, FUTURE), make)
        .bad(6012, "free of charge", op(0, 5, 0, FUTURE), make)
        .bad(6013, "over before it begins", op(0, 5, 5, SLOT - 1), make)
        .bad("\"Custom\":1}", "more than one has", op(0, WALLET + 1, 5, FUTURE), make)
        .bad(6011, "too small", op(0, 5, 5, FUTURE), "sw", ALICE, "w", key(13), "", SYSTEM)
        .bad("IncorrectProgramId", "an account twice", op(0, 5, 5, FUTURE), "sw", ALICE, "w", ALICE)
        .good("make", op(0, 7_000_000, 500_000, FUTURE), make)
        .bad(2, "make again", op(0, 7_000_000, 500_000, FUTURE), make)
        .bad(3, "reprice by another", op(4, 1), "s", BOB, "w", STATE)
        .bad(6012, "reprice to nothing", op(4, 0), "s", ALICE, "w", STATE)
        .good("reprice", op(4, 600_000), "s", ALICE, "w", STATE)
        .bad(3, "another is paid", op(1, 900_000), "sw", BOB, "w", STATE, "w", CAROL, "", SYSTEM)
        .bad(6015, "dearer than thought", op(1, 500_000), take)
        .bad(6014, "expire early", op(3), "", BOB, "w", STATE, "w", ALICE)
        .bad(3, "cancelled by another", op(2), "sw", BOB, "w", STATE)
        .good("take", op(1, 600_000), take);
    assertThat(it.lamports(BOB)).isEqualTo(WALLET - 600_000 + 7_000_000);
    assertThat(it.lamports(ALICE)).isEqualTo(WALLET - 7_000_000 + 600_000);
    it.good("make once more", op(0, 9, 9, SLOT), make)
        .good("cancel", op(2), "sw", ALICE, "w", STATE)
        .bad(2, "cancel again", op(2), "sw", ALICE, "w", STATE)
        .good("make for oneself", op(0, 9, 9, SLOT), make)
        .good("take one's own", op(1, 9), "sw", ALICE, "w", STATE, "w", ALICE, "", SYSTEM)
        .bad(1, "unknown", op(9), "sw", ALICE, "w", STATE);
    Image over = Image.of(128).u8(0, 1).u64(8, 4000).u64(16, 5).u64(24, SLOT - 1).key(32, ALICE);
    it.data(LATE, over, 4000)
        .bad(6013, "too late", op(1, 5), "sw", BOB, "w", LATE, "w", ALICE, "", SYSTEM)
        .bad(3, "expire for another", op(3), "", BOB, "w", LATE, "w", CAROL)
        .good("expire", op(3), "", BOB, "w", LATE, "w", ALICE);
    assertThat(it.octet(LATE, 0)).isEqualTo(4);
    it.finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void marketplace(Version version, RealVm vm, Comparisons comparisons) {
    Pubkey offer = key(14);
    Pubkey market = key(15);
    Dialect it =
        Dialect.of("marketplace", version, vm)
            .data(market, 64)
            .data(STATE, 120)
            .data(OTHER, 120)
            .data(key(13), 120)
            .data(offer, 80);
    Object[] buy = {"sw", BOB, "w", market, "w", STATE, "w", ALICE, "w", CAROL, "", SYSTEM};
    Object[] seller = {"s", ALICE, "", market, "w", STATE};
    Object[] accept = {"sw", ALICE, "w", market, "w", OTHER, "w", offer, "w", CAROL};
    Object[] bid = {"sw", BOB, "", market, "", OTHER, "w", offer, "", SYSTEM};
    it.bad(6004, "no market yet", op(0, 7, 5), seller)
        .bad(6005, "a fee too high", op(7, 1001), "s", CAROL, "w", market)
        .good("open", op(7, 250), "s", CAROL, "w", market)
        .bad(6001, "open again", op(7, 250), "s", CAROL, "w", market)
        .bad(6003, "free of charge", op(0, 7, 0), seller)
        .good("list", op(0, 7, 1_000_000), seller)
        .bad(6001, "list again", op(0, 7, 1_000_000), seller)
        .bad(6002, "reprice by another", op(2, 5), "s", BOB, "", market, "w", STATE)
        .bad(6003, "reprice to nothing", op(2, 0), seller)
        .good("reprice", op(2, 2_000_000), seller)
        .bad(6006, "dearer than thought", op(1, 1_000_000), buy);
    buy[7] = CAROL;
    it.bad(6002, "wrong seller", op(1, 2_000_000), buy);
    buy[7] = ALICE;
    buy[9] = BOB;
    it.bad(6007, "wrong house", op(1, 2_000_000), buy);
    buy[9] = CAROL;
    it.good("buy", op(1, 2_000_000), buy).bad(6001, "sold out", op(1, 2_000_000), buy);
    assertThat(it.lamports(CAROL)).isEqualTo(WALLET + 50_000);
    assertThat(it.word(market, 56)).isEqualTo(2_000_000);
    it.good("list", op(0, 8, 900), "s", ALICE, "", market, "w", OTHER)
        .bad(6003, "offer nothing", op(4, 0), bid)
        .bad("\"Custom\":1}", "offer what one lacks", op(4, WALLET), bid)
        .good("offer", op(4, 800_000), bid)
        .bad(6004, "offer again", op(4, 800_000), bid)
        .bad(6002, "withdraw another's", op(6), "sw", CAROL, "", market, "", OTHER, "w", offer)
        .bad(6006, "too little", op(5, 900_000), accept)
        .good("withdraw", op(6), "sw", BOB, "", market, "", OTHER, "w", offer)
        .bad(6004, "withdraw again", op(6), "sw", BOB, "", market, "", OTHER, "w", offer)
        .good("offer", op(4, 600_000), bid)
        .good("accept", op(5, 500_000), accept)
        .bad(6001, "accept again", op(5, 0), accept);
    assertThat(it.lamports(ALICE)).isEqualTo(WALLET + 1_950_000 + 585_000);
    Object[] gone = {"s", ALICE, "", market, "w", key(13)};
    it.good("list", op(0, 9, -1L), gone)
        .bad(
            "\"Custom\":5000}",
            "a fee that overflows",
            op(1, -1L),
            "sw",
            BOB,
            "w",
            market,
            "w",
            key(13),
            "w",
            ALICE,
            "w",
            CAROL,
            "",
            SYSTEM)
        .bad(6002, "delist by another", op(3), "s", BOB, "", market, "w", key(13))
        .good("delist", op(3), gone)
        .bad(6001, "delist again", op(3), gone)
        .bad(1, "unknown", op(8), gone)
        .finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void auction(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("auction", version, vm).data(STATE, 104).data(OTHER, 104);
    Object[] seller = {"s", ALICE, "w", STATE};
    Object[] first = {"sw", BOB, "w", STATE, "", ALICE, "", SYSTEM};
    Object[] outbid = {"sw", CAROL, "w", STATE, "w", BOB, "", SYSTEM};
    it.bad(6001, "bid on nothing", op(1, 5), first)
        .bad(6001, "show nothing", op(5), "", BOB, "", STATE)
        .bad(6003, "over before it begins", op(0, SLOT, 5, 5), seller)
        .bad(6006, "no reserve", op(0, FUTURE, 0, 5), seller)
        .bad(6006, "steps too high", op(0, FUTURE, 5, 10_001), seller)
        .good("open", op(0, SLOT + 5, 1_000_000, 500), seller)
        .bad(6001, "open again", op(0, SLOT + 5, 1_000_000, 500), seller)
        .bad(6006, "raise the reserve", op(4, 1_000_000), seller)
        .bad(6005, "lower by another", op(4, 1), "s", BOB, "w", STATE)
        .good("lower", op(4, 800_000), seller)
        .bad(6002, "below the reserve", op(1, 799_999), first)
        .good("show", op(5), "", BOB, "", STATE)
        .good("bid in the last slots", op(1, 800_000), first);
    assertThat(it.word(STATE, 8)).isEqualTo(SLOT + 10);
    it.bad(6002, "below the step", op(1, 839_999), outbid)
        .bad(
            6005,
            "another is paid back",
            op(1, 900_000),
            "sw",
            CAROL,
            "w",
            STATE,
            "w",
            ALICE,
            "",
            SYSTEM)
        .bad("\"Custom\":1}", "more than one has", op(1, WALLET + 1), outbid)
        .good("outbid", op(1, 840_000), outbid);
    assertThat(it.lamports(BOB)).isEqualTo(WALLET);
    it.good("raise one's own", op(1, 900_000), "sw", CAROL, "w", STATE, "w", CAROL, "", SYSTEM)
        .bad(6004, "settle early", op(2), "", BOB, "w", STATE, "w", ALICE)
        .bad(6001, "cancel with bids", op(3), seller)
        .bad(6001, "lower with bids", op(4, 5), seller)
        .good("open another", op(0, FUTURE, 1_000_000, 500), "s", ALICE, "w", OTHER)
        .bad(6005, "cancel by another", op(3), "s", BOB, "w", OTHER)
        .good("cancel", op(3), "s", ALICE, "w", OTHER)
        .bad(1, "unknown", op(8), "", BOB, "w", STATE);
    Image won = Image.of(104).u8(0, 2).u64(8, SLOT - 1).u64(32, 700).key(40, ALICE).key(72, BOB);
    it.data(LATE, won, 700)
        .bad(6003, "too late", op(1, 900), "sw", CAROL, "w", LATE, "w", BOB, "", SYSTEM)
        .bad(6005, "settle for another", op(2), "", BOB, "w", LATE, "w", CAROL)
        .good("settle", op(2), "", BOB, "w", LATE, "w", ALICE)
        .bad(6001, "settle again", op(2), "", BOB, "w", LATE, "w", ALICE);
    assertThat(it.lamports(ALICE)).isEqualTo(WALLET + 700);
    Image huge = Image.of(104).u8(0, 2).u64(8, FUTURE).u64(24, 10_000).u64(32, -1L).key(72, BOB);
    it.data(key(13), huge, 0)
        .bad(
            "\"Custom\":5000}",
            "a step that overflows",
            op(1, -1L),
            "sw",
            CAROL,
            "w",
            key(13),
            "w",
            BOB,
            "",
            SYSTEM)
        .finish(comparisons);
  }
}
