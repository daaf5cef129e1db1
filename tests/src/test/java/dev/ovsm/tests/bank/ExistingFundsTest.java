package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Dialect.ALICE;
import static dev.ovsm.tests.bank.Dialect.BOB;
import static dev.ovsm.tests.bank.Dialect.CAROL;
import static dev.ovsm.tests.bank.Dialect.SYSTEM;
import static dev.ovsm.tests.bank.Dialect.WALLET;
import static dev.ovsm.tests.bank.ExistingPrograms.bytes;
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

/** Programs that people have written to hold money, by the bank as on the real VM. */
@ComparedWithRealVm(minimum = 1500)
class ExistingFundsTest {
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey LATE = key(12);
  private static final long PAST = SLOT - 1;
  private static final long FUTURE = SLOT + 100;

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void vesting(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("vesting", version, vm).data(STATE, 120).data(OTHER, 120);
    Object[] create = {"sw", ALICE, "w", STATE, "", BOB, "", SYSTEM};
    byte[] quarter = op(0, 1_000_000, SLOT - 250, 100, 1000, bytes(1));
    it.bad(2, "claim from nothing", op(1, 0), "sw", BOB, "w", STATE)
        .bad(2, "show nothing", op(4), "", BOB, "", STATE)
        .bad(5, "no duration", op(0, 5, SLOT, 0, 0, bytes(1)), create)
        .bad(5, "a cliff beyond the end", op(0, 5, SLOT, 11, 10, bytes(1)), create)
        .bad(5, "a start out of reach", op(0, 5, -1L, 1, 10, bytes(1)), create)
        .bad("\"Custom\":1}", "more than one has", op(0, WALLET + 1, 0, 0, 1, bytes(1)), create)
        .good("create", quarter, create)
        .bad(2, "create again", quarter, create)
        .good("show", op(4), "", BOB, "", STATE)
        .bad(4, "claim of another", op(1, 0), "sw", ALICE, "w", STATE)
        .good("claim some", op(1, 50_000), "sw", BOB, "w", STATE)
        .good("claim the rest", op(1, 0), "sw", BOB, "w", STATE);
    assertThat(it.word(STATE, 32)).isEqualTo(250_000);
    Object[] revoke = {"sw", ALICE, "w", STATE, "w", CAROL};
    it.bad(3, "nothing more", op(1, 0), "sw", BOB, "w", STATE)
        .bad(4, "assign another's", op(3), "s", ALICE, "w", STATE, "", CAROL)
        .good("assign", op(3), "s", BOB, "w", STATE, "", CAROL)
        .bad(4, "revoke by another", op(2), "sw", BOB, "w", STATE, "w", CAROL)
        .bad(4, "revoke for another", op(2), "sw", ALICE, "w", STATE, "w", BOB)
        .bad(2, "close early", op(5), "sw", ALICE, "w", STATE);
    Image more = Image.of(120).u64(0, 1_000_000).u64(8, SLOT - 500).u64(16, 0).u64(24, 1000);
    more.u64(32, 100_000).key(40, CAROL).key(72, ALICE).u8(104, 1).u8(105, 1);
    revoke[3] = LATE;
    it.data(LATE, more, 900_000)
        .good("revoke", op(2), revoke)
        .bad(2, "revoke again", op(2), revoke);
    assertThat(it.lamports(CAROL)).isEqualTo(WALLET + 400_000);
    assertThat(it.lamports(ALICE)).isEqualTo(WALLET - 1_000_000 + 500_000);
    it.bad(4, "close another's", op(5), "sw", BOB, "w", LATE)
        .good("close", op(5), "sw", ALICE, "w", LATE);
    Image fixed = Image.of(120).u64(0, -1L).u64(8, SLOT - 5).u64(24, 10).key(40, BOB);
    Object[] forever = {"sw", ALICE, "w", OTHER, "w", BOB};
    it.data(key(13), fixed.key(72, ALICE).u8(104, 1), 0)
        .bad(5000, "more than there is", op(1, 0), "sw", BOB, "w", key(13))
        .good(
            "create for good",
            op(0, 1000, SLOT - 50, 100, 1000, bytes(0)),
            "sw",
            ALICE,
            "w",
            OTHER,
            "",
            BOB,
            "",
            SYSTEM)
        .bad(6, "revoke for good", op(2), forever)
        .bad(3, "before the cliff", op(1, 0), "sw", BOB, "w", OTHER)
        .bad(1, "unknown", op(6), "s", BOB, "w", OTHER)
        .finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void crowdfund(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it =
        Dialect.of("crowdfund", version, vm).data(STATE, 64).data(OTHER, 72).data(key(13), 64);
    Object[] pledge = {"sw", BOB, "w", STATE, "w", OTHER, "", SYSTEM};
    it.bad(102, "no goal", op(0, 0, FUTURE), "s", ALICE, "w", STATE)
        .good("start", op(0, 1_000_000, FUTURE), "s", ALICE, "w", STATE)
        .bad(101, "start again", op(0, 1_000_000, FUTURE), "s", ALICE, "w", STATE)
        .good("pledge", op(1, 400_000), pledge)
        .bad(104, "another's receipt", op(1, 4), "sw", CAROL, "w", STATE, "w", OTHER, "", SYSTEM)
        .bad("\"Custom\":1}", "more than one has", op(1, WALLET), pledge)
        .good("more", op(1, 100_000), pledge)
        .bad(105, "collect early", op(2), "sw", ALICE, "w", STATE)
        .bad(105, "refund early", op(3), "sw", BOB, "w", STATE, "w", OTHER)
        .good("start over", op(0, 1_000_000, PAST), "s", ALICE, "w", key(13))
        .bad(103, "too late", op(1, 5), "sw", CAROL, "w", key(13), "w", OTHER, "", SYSTEM)
        .bad(106, "goal missed", op(2), "sw", ALICE, "w", key(13));
    assertThat(it.word(STATE, 16)).isEqualTo(500_000);
    it.data(LATE, Image.of(64).u64(0, 100).u64(8, PAST).u64(16, 50), 50)
        .data(key(14), Image.of(72).u64(0, 50).key(8, CAROL).key(40, LATE), 0)
        .data(key(15), Image.of(72).u64(0, 50).key(8, CAROL).key(40, STATE), 0)
        .bad(104, "refund of another", op(3), "sw", BOB, "w", LATE, "w", key(14))
        .bad(104, "refund of another campaign", op(3), "sw", CAROL, "w", LATE, "w", key(15))
        .good("refund", op(3), "sw", CAROL, "w", LATE, "w", key(14))
        .bad(104, "refund again", op(3), "sw", CAROL, "w", LATE, "w", key(14));
    Object[] collect = {"sw", ALICE, "w", key(16)};
    it.data(key(16), Image.of(64).u64(0, 100).u64(8, PAST).u64(16, 120).key(32, ALICE), 120)
        .bad(107, "collect another's", op(2), "sw", BOB, "w", key(16))
        .good("collect", op(2), collect)
        .bad(108, "collect again", op(2), collect)
        .bad(109, "refund what succeeded", op(3), "sw", CAROL, "w", key(16), "w", key(15))
        .bad(1, "unknown", op(4), "s", ALICE, "w", STATE);
    assertThat(it.lamports(ALICE)).isEqualTo(WALLET + 120);
    it.data(key(17), Image.of(64).u64(0, 1).u64(8, FUTURE).u64(16, -1L), 0)
        .data(key(18), 72)
        .bad(
            5100,
            "pledges that overflow",
            op(1, 1),
            "sw",
            BOB,
            "w",
            key(17),
            "w",
            key(18),
            "",
            SYSTEM)
        .finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void staking(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("staking", version, vm).data(STATE, 8).data(OTHER, 96);
    Object[] stake = {"sw", ALICE, "w", STATE, "w", OTHER, "", SYSTEM};
    Image old = Image.of(96).u64(0, 0xff_ffff_ffff_ffffL).u64(8, 1).key(32, BOB).key(64, STATE);
    it.bad(2, "points of nobody", op(2), "", BOB, "", STATE, "", OTHER)
        .bad("\"Custom\":1}", "more than one has", op(0, WALLET + 1), stake)
        .good("stake", op(0, 1_000_000), stake)
        .bad(2, "of another", op(0, 5), "sw", BOB, "w", STATE, "w", OTHER, "", SYSTEM)
        .bad(2, "unstake another's", op(1, 5), "sw", BOB, "w", STATE, "w", OTHER)
        .bad(3, "unstake too much", op(1, 1_000_001), "sw", ALICE, "w", STATE, "w", OTHER)
        .good("unstake", op(1, 400_000), "sw", ALICE, "w", STATE, "w", OTHER)
        .good("points", op(2), "", BOB, "", STATE, "", OTHER)
        .data(LATE, old, 0)
        .good("points until now", op(2), "", BOB, "", STATE, "", LATE)
        .good("many points", op(1, 0), "s", BOB, "w", STATE, "w", LATE)
        .good("many points", op(2), "", BOB, "", STATE, "", LATE)
        .data(key(13), Image.of(96).u64(0, -1L).u64(8, SLOT).key(32, BOB).key(64, STATE), 0)
        .bad(
            5000,
            "a stake that overflows",
            op(0, 1),
            "sw",
            BOB,
            "w",
            STATE,
            "w",
            key(13),
            "",
            SYSTEM)
        .bad(5, "a position as a pool", op(0, 1), "sw", ALICE, "w", OTHER, "w", LATE, "", SYSTEM)
        .bad(5, "a pool as a position", op(1, 1), "sw", ALICE, "w", STATE, "w", STATE)
        .bad(1, "unknown", op(3), "s", ALICE, "w", STATE, "w", OTHER);
    assertThat(it.word(STATE, 0)).isEqualTo(600_000);
    assertThat(it.word(LATE, 16)).isEqualTo(((SLOT - 1) << 56) - (SLOT - 1));
    it.finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void subscription(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("subscription", version, vm).data(STATE, 104).data(OTHER, 104);
    byte[] subscribe = op(0, 300_000, 50, 400_000);
    Object[] accounts = {"sw", ALICE, "w", STATE, "", BOB, "", SYSTEM};
    it.bad(6000, "charge of nothing", op(1), "sw", BOB, "w", STATE)
        .bad("\"Custom\":1}", "more than one has", op(0, 5, 50, WALLET + 1), accounts)
        .good("subscribe", subscribe, accounts)
        .bad(6000, "subscribe again", subscribe, accounts)
        .bad(6002, "charge by another", op(1), "sw", ALICE, "w", STATE)
        .good("charge", op(1), "sw", BOB, "w", STATE)
        .bad(6001, "not due", op(1), "sw", BOB, "w", STATE)
        .bad(6002, "cancel by another", op(2), "sw", BOB, "w", STATE)
        .good("cancel", op(2), "sw", ALICE, "w", STATE)
        .bad(6000, "cancel again", op(2), "sw", ALICE, "w", STATE)
        .good("subscribe to little", op(0, 300_000, 50, 100), accounts)
        .bad(6003, "used up", op(1), "sw", BOB, "w", STATE)
        .bad(1, "unknown", op(7), "sw", BOB, "w", STATE);
    assertThat(it.lamports(BOB)).isEqualTo(WALLET + 300_000);
    it.data(
            LATE,
            Image.of(104).u8(0, 1).u64(8, 1).u64(16, -1L).u64(24, 5).u64(32, 9).key(72, BOB),
            9)
        .bad(5000, "a period that overflows", op(1), "sw", BOB, "w", LATE)
        .finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void raffle(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it =
        Dialect.of("raffle", version, vm).data(STATE, 352).data(LATE, 352).data(key(15), 352);
    it.data(key(14), 351);
    it.bad(2, "buy of nothing", op(1), "sw", BOB, "w", STATE, "", SYSTEM)
        .bad(7, "too small", op(0, 1_000_000, SLOT), "s", ALICE, "w", key(14))
        .good("open", op(0, 1_000_000, SLOT), "s", ALICE, "w", STATE)
        .bad(2, "open again", op(0, 1_000_000, SLOT), "s", ALICE, "w", STATE);
    for (int i = 0; i < 10; i++) {
      it.good("buy " + i, op(1), "sw", i % 2 == 0 ? BOB : CAROL, "w", STATE, "", SYSTEM);
    }
    Image sold = Image.of(352).u8(0, 1).u64(8, 1_000_000).u64(16, PAST).u64(24, 10);
    for (int i = 0; i < 10; i++) {
      sold = sold.key(32 + 32 * i, i % 2 == 0 ? BOB : CAROL);
    }
    long drawn = SLOT * 2_654_435_761L % 10;
    Pubkey winner = drawn % 2 == 0 ? BOB : CAROL;
    it.bad(3, "sold out", op(1), "sw", BOB, "w", STATE, "", SYSTEM)
        .bad(4, "too early", op(2), "", ALICE, "w", STATE, "w", winner)
        .data(OTHER, sold, 10_000_000)
        .bad(5, "wrong winner", op(2), "", ALICE, "w", OTHER, "w", ALICE)
        .good("draw", op(2), "", ALICE, "w", OTHER, "w", winner)
        .bad(2, "draw again", op(2), "", ALICE, "w", OTHER, "w", winner)
        .good("open for later", op(0, 2 * WALLET, FUTURE), "s", ALICE, "w", LATE)
        .bad("\"Custom\":1}", "more than one has", op(1), "sw", BOB, "w", LATE, "", SYSTEM)
        .good("open for nobody", op(0, 1, PAST), "s", ALICE, "w", key(15))
        .bad(8, "too late", op(1), "sw", BOB, "w", key(15), "", SYSTEM)
        .bad(6, "no players", op(2), "", BOB, "w", key(15), "w", BOB)
        .bad(1, "unknown", op(3), "", ALICE, "w", LATE);
    assertThat(it.lamports(winner)).isEqualTo(WALLET + 5_000_000);
    it.data(key(13), Image.of(352).u8(0, 1).u64(8, -1L).u64(24, 2).key(32, BOB).key(64, BOB), 0)
        .bad(5000, "a prize that overflows", op(2), "", ALICE, "w", key(13), "w", BOB)
        .finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void medianOracle(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("median_oracle", version, vm).data(STATE, 240);
    it.bad(3, "nothing posted", op(1), "", BOB, "", STATE)
        .data(LATE, 239)
        .bad(6, "no feed", op(0, bytes(4), 1L), "s", ALICE, "w", LATE);
    long[] prices = {500, 100, 900, 300, 700};
    for (int i = 0; i < prices.length; i++) {
      it.good("post " + i, op(0, bytes(i), prices[i]), "s", ALICE, "w", STATE)
          .good("read " + i, op(1), "", BOB, "", STATE);
    }
    assertThat(it.ledger().lastLog()).contains("median price=500 of=5");
    it.good("post again", op(0, bytes(2), 5), "s", ALICE, "w", STATE)
        .good("read", op(1), "", BOB, "", STATE)
        .bad(4, "another's place", op(0, bytes(1), 1), "s", BOB, "w", STATE)
        .bad(2, "no such place", op(0, bytes(5), 1), "s", ALICE, "w", STATE)
        .data(OTHER, Image.of(240).u64(0, 9).u64(40, SLOT - 151), 0)
        .bad(3, "stale", op(1), "", BOB, "", OTHER)
        .bad(1, "unknown", op(2), "", BOB, "", OTHER)
        .finish(comparisons);
  }
}
