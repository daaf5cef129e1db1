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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that people have written to decide together, by the bank as on the real VM. */
@ComparedWithRealVm(minimum = 2000)
class ExistingGovernanceTest {
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey ANNA = key(16);
  private static final Pubkey BEN = key(17);

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] name(String text) {
    return Arrays.copyOf(ascii(text), 32);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void dao(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it =
        Dialect.of("dao", version, vm)
            .data(STATE, Image.of(72), 900_000)
            .data(ANNA, 80)
            .data(BEN, 80)
            .data(OTHER, 136)
            .data(key(18), 136)
            .data(key(19), 72);
    byte[] seed = ascii("ballot");
    Pubkey annas = Ledger.derived(it.id(), seed, OTHER.bytes(), ALICE.bytes());
    Pubkey bens = Ledger.derived(it.id(), seed, OTHER.bytes(), BOB.bytes());
    Object[] admit = {"s", CAROL, "w", STATE, "w", ANNA, "", ALICE};
    Object[] propose = {"s", ALICE, "w", STATE, "", ANNA, "w", OTHER, "", CAROL};
    Object[] vote = {"sw", ALICE, "", STATE, "", ANNA, "w", OTHER, "w", annas, "", SYSTEM};
    Object[] against = {"sw", BOB, "", STATE, "", BEN, "w", OTHER, "w", bens, "", SYSTEM};
    it.bad(6001, "admit to nothing", op(1, 5), admit)
        .bad(6005, "no quorum", op(0, 0, 5), "s", CAROL, "w", STATE)
        .good("found", op(0, 100, 50), "s", CAROL, "w", STATE)
        .bad(6001, "found again", op(0, 100, 50), "s", CAROL, "w", STATE)
        .bad(6003, "admit oneself", op(1, 5), "s", ALICE, "w", STATE, "w", ANNA, "", ALICE)
        .bad(6005, "a weight too high", op(1, 1_000_001), admit)
        .good("admit", op(1, 70), admit)
        .bad(6001, "admit again", op(1, 70), admit)
        .good("admit", op(1, 40), "s", CAROL, "w", STATE, "w", BEN, "", BOB)
        .bad(
            6002,
            "propose as another",
            op(2, 5),
            "s",
            BOB,
            "w",
            STATE,
            "",
            ANNA,
            "w",
            OTHER,
            "",
            CAROL)
        .good("propose", op(2, 500_000), propose)
        .bad(6001, "propose again", op(2, 500_000), propose)
        .bad(
            6001,
            "a ballot elsewhere",
            op(3, bytes(1)),
            "sw",
            ALICE,
            "",
            STATE,
            "",
            ANNA,
            "w",
            OTHER,
            "w",
            bens,
            "",
            SYSTEM)
        .good("vote", op(3, bytes(1)), vote)
        .bad("\"Custom\":5}", "vote twice", op(3, bytes(1)), vote)
        .bad(
            6002,
            "vote as another",
            op(3, bytes(0)),
            "sw",
            BOB,
            "",
            STATE,
            "",
            ANNA,
            "w",
            OTHER,
            "w",
            bens,
            "",
            SYSTEM)
        .good("vote against", op(3, bytes(0)), against);
    assertThat(it.word(OTHER, 24)).isEqualTo(70);
    assertThat(it.word(OTHER, 32)).isEqualTo(40);
    it.bad(4, "execute early", op(4), "", BOB, "w", STATE, "w", OTHER, "w", CAROL)
        .bad(6004, "cancel another's", op(5), "s", BOB, "", STATE, "w", OTHER)
        .good("cancel", op(5), "s", ALICE, "", STATE, "w", OTHER)
        .bad(2, "cancel again", op(5), "s", ALICE, "", STATE, "w", OTHER)
        .bad(
            2,
            "vote late",
            op(3, bytes(0)),
            "sw",
            ALICE,
            "",
            STATE,
            "",
            ANNA,
            "w",
            OTHER,
            "w",
            annas,
            "",
            SYSTEM);
    Image passed = proposal(500_000).u64(24, 70).u64(32, 40);
    it.data(key(20), passed, 0)
        .bad(
            3,
            "vote after the deadline",
            op(3, bytes(1)),
            "sw",
            ALICE,
            "",
            STATE,
            "",
            ANNA,
            "w",
            key(20),
            "w",
            annas,
            "",
            SYSTEM)
        .bad(6001, "pay another", op(4), "", BOB, "w", STATE, "w", key(20), "w", BOB)
        .good("execute", op(4), "", BOB, "w", STATE, "w", key(20), "w", CAROL)
        .bad(2, "execute again", op(4), "", BOB, "w", STATE, "w", key(20), "w", CAROL);
    assertThat(it.lamports(CAROL)).isEqualTo(WALLET + 500_000);
    Object[] rejected = {"", BOB, "w", STATE, "w", key(21), "w", CAROL};
    it.data(key(21), proposal(5).u64(24, 99), 0).bad(6, "below the quorum", op(4), rejected);
    rejected[5] = key(22);
    it.data(key(22), proposal(5).u64(24, 50).u64(32, 60), 0).bad(6, "outvoted", op(4), rejected);
    rejected[5] = key(23);
    it.data(key(23), proposal(400_001).u64(24, 110), 0).bad(6006, "too much", op(4), rejected);
    rejected[5] = key(24);
    it.data(key(24), proposal(1).u64(24, -1L).u64(32, 1), 0)
        .bad(5000, "votes that overflow", op(4), rejected)
        .bad(1, "unknown", op(6), "", BOB, "w", STATE)
        .finish(comparisons);
  }

  /** A proposal of the dao to pay Carol, whose deadline is over. */
  private static Image proposal(long lamports) {
    Image image = Image.of(136).u8(0, 3).u8(1, 1).u64(8, lamports).u64(16, SLOT - 1);
    return image.key(40, ALICE).key(72, CAROL).key(104, STATE);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void multisig(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it =
        Dialect.of("multisig", version, vm).data(STATE, Image.of(168), 1_000_000).data(OTHER, 168);
    Object[] owners = {"s", ALICE, "w", STATE, "", ALICE, "", BOB, "", CAROL};
    it.bad(6002, "pay from nothing", op(1, 5), "w", BOB, "w", STATE, "s", ALICE)
        .bad(6000, "more needed than there are", op(0, bytes(4, 3)), owners)
        .bad(6000, "none needed", op(0, bytes(0, 3)), owners)
        .good("init", op(0, bytes(2, 3)), owners)
        .bad(6001, "init again", op(0, bytes(1, 3)), owners)
        .bad(5007, "owners missing", op(0, bytes(2, 5)), "s", ALICE, "w", OTHER, "", ALICE)
        .bad(6002, "one twice", op(1, 5), "w", BOB, "w", STATE, "s", ALICE, "s", ALICE)
        .bad(6002, "a stranger", op(1, 5), "w", BOB, "w", STATE, "s", ALICE, "s", Dialect.PAYER)
        .good("two", op(1, 500_000), "w", BOB, "w", STATE, "s", ALICE, "s", CAROL)
        .bad(5000, "too much", op(1, 5_000_000), "w", BOB, "w", STATE, "s", ALICE, "s", CAROL)
        .bad(1, "unknown", op(2), "w", BOB, "w", STATE);
    assertThat(it.lamports(BOB)).isEqualTo(WALLET + 500_000);
    it.finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void registry(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("registry", version, vm).data(STATE, 896).data(OTHER, 895);
    Object[] alice = {"sw", ALICE, "w", STATE, "", SYSTEM};
    Object[] bob = {"s", BOB, "w", STATE};
    it.bad(6, "not open", op(0, name("alpha"), 1), alice)
        .bad(6001, "too small", op(7, 500), "s", CAROL, "w", OTHER)
        .good("open", op(7, 500), "s", CAROL, "w", STATE)
        .bad(6, "open again", op(7, 500), "s", CAROL, "w", STATE)
        .bad(4, "nothing there", op(1, name("alpha")), "", BOB, "", STATE)
        .bad(7, "for no time", op(0, name("name-0"), 0), alice)
        .bad(7, "for all time", op(0, name("name-0"), 1001), alice);
    for (int i = 0; i < 8; i++) {
      it.good("register " + i, op(0, name("name-" + i), 2), alice);
    }
    it.bad(2, "taken", op(0, name("name-3"), 1), alice)
        .bad(3, "full", op(0, name("alpha"), 1), alice)
        .good("resolve", op(1, name("name-5")), "", BOB, "", STATE)
        .bad(4, "transfer of nothing", op(2, name("alpha")), "s", ALICE, "w", STATE, "", BOB)
        .bad(5, "transfer by another", op(2, name("name-5")), "s", BOB, "w", STATE, "", BOB)
        .good("transfer", op(2, name("name-5")), "s", ALICE, "w", STATE, "", BOB)
        .bad(5, "point by another", op(5, name("name-5"), name("value")), "s", ALICE, "w", STATE)
        .good("point", op(5, name("name-5"), name("value")), bob)
        .bad(4, "renew nothing", op(4, name("alpha"), 1), alice)
        .bad(7, "renew for no time", op(4, name("name-5"), 0), alice)
        .good("renew another's", op(4, name("name-5"), 3), alice)
        .bad(5, "remove another's", op(3, name("name-0")), bob)
        .good("remove", op(3, name("name-5")), bob)
        .bad(4, "remove again", op(3, name("name-5")), bob)
        .good("again", op(0, name("alpha"), 1), alice)
        .bad(5, "collect by another", op(6), "sw", ALICE, "w", STATE)
        .good("collect", op(6), "sw", CAROL, "w", STATE)
        .bad(6, "collect again", op(6), "sw", CAROL, "w", STATE)
        .bad(1, "unknown", op(8), bob);
    assertThat(it.lamports(CAROL)).isEqualTo(WALLET + 500 * (8 * 2 + 3 + 1));
    Image dear = Image.of(896).u8(0, 1).u64(8, -1L);
    Image over = Image.of(896).u8(0, 1);
    over.u8(56, 1).key(57 + 32, ALICE).u64(56 + 97, SLOT - 1);
    System.arraycopy(name("old"), 0, over.bytes(), 57, 32);
    it.data(key(12), dear, 0)
        .data(key(13), over, 0)
        .bad(
            5000,
            "a fee that overflows",
            op(0, name("x"), 2),
            "sw",
            ALICE,
            "w",
            key(12),
            "",
            SYSTEM)
        .bad(4, "a lease that is over", op(1, name("old")), "", BOB, "", key(13))
        .good("free again", op(0, name("old"), 1), "sw", BOB, "w", key(13), "", SYSTEM)
        .finish(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void reputation(Version version, RealVm vm, Comparisons comparisons) {
    Dialect it = Dialect.of("reputation", version, vm).data(STATE, 88).data(OTHER, 87);
    byte[] seed = ascii("rating");
    Pubkey bobs = Ledger.derived(it.id(), seed, STATE.bytes(), BOB.bytes());
    Pubkey carols = Ledger.derived(it.id(), seed, STATE.bytes(), CAROL.bytes());
    Pubkey own = Ledger.derived(it.id(), seed, STATE.bytes(), ALICE.bytes());
    Object[] bob = {"sw", BOB, "w", STATE, "w", bobs, "", SYSTEM};
    Object[] carol = {"sw", CAROL, "w", STATE, "w", carols, "", SYSTEM};
    it.bad(5, "show nothing", op(4), "", BOB, "", STATE)
        .bad(6, "too small", op(0), "s", ALICE, "w", OTHER)
        .good("open", op(0), "s", ALICE, "w", STATE)
        .bad(5, "open again", op(0), "s", ALICE, "w", STATE)
        .bad(2, "no stars", op(1, bytes(0)), bob)
        .bad(2, "six stars", op(1, bytes(6)), bob)
        .bad(
            6, "another's receipt", op(1, bytes(5)), "sw", BOB, "w", STATE, "w", carols, "", SYSTEM)
        .bad(4, "oneself", op(1, bytes(5)), "sw", ALICE, "w", STATE, "w", own, "", SYSTEM)
        .bad(5, "revise nothing", op(2, bytes(2)), "s", BOB, "w", STATE, "w", bobs)
        .bad(5, "retract nothing", op(3), "s", BOB, "w", STATE, "w", bobs)
        .good("four stars", op(1, bytes(4)), bob)
        .bad(3, "twice", op(1, bytes(4)), bob)
        .good("one star", op(1, bytes(1)), carol)
        .good("show", op(4), "", BOB, "", STATE);
    assertThat(it.ledger().lastLog()).contains("reputation count=2 hundredths=250 ever=2");
    it.bad(2, "revise to six", op(2, bytes(6)), "s", CAROL, "w", STATE, "w", carols)
        .bad(6, "revise another's", op(2, bytes(5)), "s", CAROL, "w", STATE, "w", bobs)
        .good("revise", op(2, bytes(3)), "s", CAROL, "w", STATE, "w", carols)
        .bad(6, "retract another's", op(3), "s", CAROL, "w", STATE, "w", bobs)
        .good("retract", op(3), "s", BOB, "w", STATE, "w", bobs)
        .bad(5, "retract again", op(3), "s", BOB, "w", STATE, "w", bobs)
        .good("rate after retracting", op(1, bytes(5)), bob);
    assertThat(it.word(STATE, 8)).isEqualTo(3 + 5);
    it.bad(8, "fade at once", op(5), "", BOB, "w", STATE)
        .bad(1, "unknown", op(6), "", BOB, "w", STATE);
    it.data(key(12), Image.of(88).u8(0, 1).u64(8, 9).u64(16, 3), 0)
        .good("fade", op(5), "", BOB, "w", key(12));
    assertThat(it.word(key(12), 8)).isEqualTo(4);
    it.data(key(14), Image.of(88).u8(0, 1).u64(8, 5).u64(16, 1), 0)
        .good("fade to nothing", op(5), "", BOB, "w", key(14))
        .good("show nothing", op(4), "", BOB, "", key(14));
    assertThat(it.word(key(14), 8)).isZero();
    Image full = Image.of(88).u8(0, 1).u64(8, -1L).u64(16, 3).u64(24, SLOT);
    Pubkey receipt = Ledger.derived(it.id(), seed, key(13).bytes(), BOB.bytes());
    it.data(key(13), full, 0)
        .bad(
            5000,
            "stars that overflow",
            op(1, bytes(1)),
            "sw",
            BOB,
            "w",
            key(13),
            "w",
            receipt,
            "",
            SYSTEM)
        .bad(5000, "a mean that overflows", op(4), "", BOB, "", key(13))
        .finish(comparisons);
  }
}
