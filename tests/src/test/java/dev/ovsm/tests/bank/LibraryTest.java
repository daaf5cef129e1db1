package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.ExistingPrograms.SYSTEM;
import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.ExistingPrograms.rent;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Sha256;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The library's modules on accounts that real programs made, and their calls of those programs, by
 * the bank as on the real VM.
 */
@ComparedWithRealVm(minimum = 400)
class LibraryTest {
  private static final String FOLDER = "library/";
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey MINT = key(20);
  private static final Pubkey SOURCE = key(21);
  private static final Pubkey TARGET = key(22);
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey TOKEN = Tokens.TOKEN;

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void tokens(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of(FOLDER, "tokens", version, vm, ALICE).wallet(BOB);
    it.ledger().standard("token").standard("associated-token");
    Tokens tokens = new Tokens(TOKEN);
    Ledger ledger = it.ledger();
    ledger.send(
        "mint",
        Tokens.create(ALICE, MINT, 1_461_600, Tokens.MINT_BYTES, TOKEN),
        tokens.initializeMint(MINT, 6, ALICE, BOB));
    it.send("not yet", op(0), "", SOURCE);
    for (Pubkey account : new Pubkey[] {SOURCE, TARGET}) {
      ledger.send(
          "account",
          Tokens.create(ALICE, account, 2_039_280, Tokens.ACCOUNT_BYTES, TOKEN),
          tokens.initializeAccount(account, MINT, account.equals(SOURCE) ? ALICE : BOB));
    }
    ledger.send("make tokens", tokens.mintTo(MINT, SOURCE, ALICE, 1_000));
    it.send("read", op(0), "", SOURCE);
    assertThat(ledger.lastLog())
        .contains("amount=1000 owner=" + ALICE + " mint=" + MINT)
        .contains("delegate=null delegated=0 frozen=false native=false close=null");
    it.send("read the mint", op(1), "", MINT);
    assertThat(ledger.lastLog())
        .contains("supply=1000 decimals=6 authority=" + ALICE + " freeze=" + BOB);
    it.send("a mint is no token account", op(0), "", MINT);
    it.send("a token account is no mint", op(1), "", SOURCE);
    it.send("a wallet is neither", op(0), "", BOB);
    for (Pubkey account : new Pubkey[] {MINT, SOURCE, BOB, TOKEN}) {
      it.send("what is it", op(2), "", account);
    }
    Object[] transfer = {"w", SOURCE, "", MINT, "w", TARGET, "s", ALICE, "", TOKEN};
    it.send("transfer", op(3, 300), transfer);
    it.send("too much", op(3, 3_000), transfer);
    it.send("approve", op(4, 50), "w", SOURCE, "", BOB, "s", ALICE, "", TOKEN);
    it.send("read", op(0), "", SOURCE);
    assertThat(ledger.lastLog()).contains("delegate=" + BOB + " delegated=50");
    it.send("revoke", op(5), "w", SOURCE, "s", ALICE, "", TOKEN);
    it.send("freeze", op(6), "w", SOURCE, "", MINT, "s", BOB, "", TOKEN);
    it.send("read", op(0), "", SOURCE);
    assertThat(ledger.lastLog()).contains("amount=700").contains("frozen=true");
    it.send("frozen", op(3, 1), transfer);
    it.send("not its authority", op(7), "w", SOURCE, "", MINT, "s", ALICE, "", TOKEN);
    it.send("thaw", op(7), "w", SOURCE, "", MINT, "s", BOB, "", TOKEN);
    it.send("checked", op(11), "", SOURCE, "", MINT, "", ALICE);
    it.send("another owner", op(11), "", SOURCE, "", MINT, "", BOB);
    it.send("another mint", op(11), "", SOURCE, "", BOB, "", ALICE);
    it.send("not native", op(12), "w", SOURCE, "", TOKEN);
    it.send("no extensions", op(15, 7), "", SOURCE);
    Pubkey home = Ledger.derived(Tokens.ASSOCIATED, BOB.bytes(), TOKEN.bytes(), MINT.bytes());
    Object[] create = {
      "sw", ALICE, "w", home, "", BOB, "", MINT, "", SYSTEM, "", TOKEN, "", Tokens.ASSOCIATED
    };
    it.send("associate", op(9), create);
    it.send("again", op(9), create);
    it.send("if missing", op(8), create);
    it.send("is associated", op(10), "", home, "", BOB, "", MINT);
    assertThat(ledger.lastLog()).contains("true " + home);
    it.send("is not", op(10), "", SOURCE, "", BOB, "", MINT);
    ledger.send("room", Tokens.create(ALICE, key(30), 1_461_600, Tokens.MINT_BYTES, TOKEN));
    it.send("new mint", op(13), "w", key(30), "", TOKEN, "", BOB);
    it.send("read it", op(1), "", key(30));
    assertThat(ledger.lastLog()).contains("supply=0 decimals=9 authority=" + BOB + " freeze=null");
    ledger.send("room", Tokens.create(ALICE, key(31), 2_039_280, Tokens.ACCOUNT_BYTES, TOKEN));
    it.send("new account", op(14), "w", key(31), "", key(30), "", BOB, "", TOKEN);
    it.send("read it", op(0), "", key(31));
    assertThat(ledger.lastLog()).contains("amount=0 owner=" + BOB + " mint=" + key(30));
    it.send("unknown", op(50));
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void accounts(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of(FOLDER, "accounts", version, vm, ALICE).wallet(BOB);
    byte[] data = new byte[64];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (0x91 + 7 * i);
    }
    it.data(STATE, data).data(OTHER, 0);
    Ledger ledger = it.ledger();
    for (int offset : new int[] {0, 1, 32, 33, 57, 64}) {
      it.send("numbers at " + offset, op(0, offset), "", STATE);
    }
    it.send("numbers at the end of all", op(0, -1), "", STATE);
    it.send("no data", op(0, 0), "", BOB);
    it.send("set a word", op(1, 56, 0x1122_3344_5566_7788L), "w", STATE);
    assertThat(it.word(STATE, 56)).isEqualTo(0x1122_3344_5566_7788L);
    it.send("set a word behind", op(1, 57, 1), "w", STATE);
    it.send("set a byte", op(2, 63, 255), "w", STATE);
    it.send("too large", op(2, 63, 256), "w", STATE);
    it.send("set four bytes", op(3, 2, 0xffff_ffffL), "w", STATE);
    it.send("set a key", op(4, 8), "w", STATE, "", BOB);
    it.send("move", op(5, 100), "w", STATE, "w", BOB);
    it.send("move to itself", op(5, 100), "w", STATE, "w", STATE);
    it.send("move too much", op(5, 1L << 60), "w", STATE, "w", BOB);
    it.send("from another's", op(5, 100), "w", BOB, "w", STATE);
    it.send("shrink", op(6, 16), "w", STATE);
    it.send("grow", op(6, 10_256), "w", STATE);
    it.send("grow too far", op(6, 30_000), "w", STATE);
    for (Pubkey account : new Pubkey[] {STATE, OTHER, BOB, key(50)}) {
      it.send("what is it", op(8), "", account);
    }
    it.send("mine", op(9), "", STATE, "", TOKEN);
    it.send("not mine", op(9), "", BOB, "", TOKEN);
    it.send("not the key", op(9), "", STATE, "", BOB);
    Pubkey vault = Ledger.derived(it.id(), "vault".getBytes(StandardCharsets.US_ASCII));
    it.send("address", op(10), "", vault);
    assertThat(ledger.lastLog()).contains("again=true").contains("other=false");
    it.send("not the address", op(10), "", BOB);
    it.send("create at the address", op(11, 40), "sw", ALICE, "w", vault, "", SYSTEM);
    it.send("create again", op(11, 40), "sw", ALICE, "w", vault, "", SYSTEM);
    it.send("what is it", op(8), "", vault);
    assertThat(ledger.lastLog()).contains("false true true " + vault);
    it.send("from a cache", op(12));
    it.send("create", op(16, 24), "sw", ALICE, "sw", key(60), "", SYSTEM);
    it.send("close", op(7), "w", vault, "w", BOB);
    it.send("what is it", op(8), "", vault);
    it.send("no nonce", op(13), "", STATE);
    ledger.account(key(61), nonce(BOB, MINT));
    it.send("nonce", op(13), "", key(61));
    assertThat(ledger.lastLog()).contains("true " + BOB + " " + MINT);
    it.send("clock", op(14));
    assertThat(ledger.lastLog()).contains("true true 432000 true true");
    it.send("no hashes", op(15), "", STATE);
    it.send("no instructions", op(17), "", STATE);
    Pubkey instructions = Pubkey.of("Sysvar1nstructions1111111111111111111111111");
    it.send("instructions", op(17), "", BOB, "", instructions);
    assertThat(ledger.lastLog()).contains("log: 1 0 1", BOB + " 0", "log: 2 1 17");
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void calls(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of(FOLDER, "calls", version, vm, ALICE).wallet(BOB);
    it.ledger().standard("token").standard("associated-token");
    Ledger ledger = it.ledger();
    byte[] name = "vault".getBytes(StandardCharsets.US_ASCII);
    DerivedAddress.Found found = DerivedAddress.find(List.of(name), it.id()).orElseThrow();
    Pubkey vault = found.address();
    int bump = found.bump();
    it.send("create", op(0, rent(24)), "sw", ALICE, "sw", key(60), "", SYSTEM);
    it.send("create without a signature", op(0, rent(24)), "sw", ALICE, "w", key(61), "", SYSTEM);
    it.send("allocate", op(1, 40), "sw", key(62), "", SYSTEM);
    it.send("assign", op(2), "sw", key(62), "", SYSTEM);
    it.send("assign again", op(2), "sw", key(62), "", SYSTEM);
    it.wallet(vault);
    Object[] fromVault = {"w", vault, "w", BOB, "", SYSTEM};
    it.send("move from the vault", op(3, 1_000, bump), fromVault);
    it.send("another bump", op(3, 1_000, bump - 1), fromVault);
    Tokens tokens = new Tokens(TOKEN);
    ledger.send(
        "mints",
        Tokens.create(ALICE, MINT, 1_461_600, Tokens.MINT_BYTES, TOKEN),
        tokens.initializeMint(MINT, 6, ALICE, BOB),
        Tokens.create(ALICE, key(23), 1_461_600, Tokens.MINT_BYTES, TOKEN),
        tokens.initializeMint(key(23), 6, vault, BOB));
    for (Pubkey mint : new Pubkey[] {MINT, key(23)}) {
      Pubkey owner = mint.equals(MINT) ? ALICE : vault;
      Pubkey account = mint.equals(MINT) ? SOURCE : TARGET;
      ledger.send(
          "account",
          Tokens.create(ALICE, account, 2_039_280, Tokens.ACCOUNT_BYTES, TOKEN),
          tokens.initializeAccount(account, mint, owner));
    }
    ledger.send(
        "one more",
        Tokens.create(ALICE, key(24), 2_039_280, Tokens.ACCOUNT_BYTES, TOKEN),
        tokens.initializeAccount(key(24), key(23), BOB));
    it.send("mint", op(6, 500), "w", MINT, "w", SOURCE, "s", ALICE, "", TOKEN);
    it.send("mint by another", op(6, 500), "w", MINT, "w", SOURCE, "s", BOB, "", TOKEN);
    it.send("mint by the vault", op(7, 70, bump), "w", key(23), "w", TARGET, "", vault, "", TOKEN);
    it.send("burn", op(8, 200), "w", SOURCE, "w", MINT, "s", ALICE, "", TOKEN);
    it.send("burn too much", op(8, 2_000), "w", SOURCE, "w", MINT, "s", ALICE, "", TOKEN);
    it.send("close with tokens", op(9), "w", SOURCE, "w", BOB, "s", ALICE, "", TOKEN);
    it.send("burn the rest", op(8, 300), "w", SOURCE, "w", MINT, "s", ALICE, "", TOKEN);
    it.send("close", op(9), "w", SOURCE, "w", BOB, "s", ALICE, "", TOKEN);
    Object[] checked = {"w", TARGET, "", key(23), "w", key(24), "", vault, "", TOKEN};
    it.send("checked by the vault", op(11, 70, bump), checked);
    it.send("nothing left", op(11, 1, bump), checked);
    it.send("close by the vault", op(10, 0, bump), "w", TARGET, "w", BOB, "", vault, "", TOKEN);
    it.send("addresses", op(12), "", BOB, "", MINT);
    Pubkey home = Ledger.derived(Tokens.ASSOCIATED, BOB.bytes(), TOKEN.bytes(), MINT.bytes());
    assertThat(ledger.lastLog())
        .contains("bump=" + bump + " again=" + bump + " vault=" + vault + " ata=" + home);
    byte[] encoded = new byte[40];
    ByteBuffer reading = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    reading.putLong(-5).putLong(7).putLong(0).putInt(3).put(31, (byte) 200);
    it.data(STATE, encoded).data(OTHER, 7);
    it.send("read in order", op(15), "", STATE);
    assertThat(ledger.lastLog()).contains("log: -5 7 3 200 8");
    it.send("read too little", op(15), "", OTHER);
    it.send("a word", op(13, 32), "w", STATE);
    it.send("a word behind the end", op(13, 33), "w", STATE);
    it.send("no word", op(13, 0), "w", OTHER);
    it.send("flags", op(14), "s", BOB, "w", STATE);
    assertThat(ledger.lastLog()).contains("log: 1 0 0 1");
    it.send("kept address", op(16, 0, bump), "", vault);
    assertThat(ledger.lastLog()).contains("kept=null").contains("kept=254 address=" + vault);
    it.send("not the address", op(16, 0, bump), "", BOB);
    it.send("twice", op(17, 1_000), "sw", ALICE, "w", BOB, "", SYSTEM);
    it.send("by the C interface", op(19, 1_000), "sw", ALICE, "w", BOB, "", SYSTEM);
    assertThat(ledger.lastLog()).contains("called=0");
    it.send("unsigned", op(19, 1_000), fromVault);
    assertThat(ledger.lastError()).isNotEqualTo("null");
    it.send("by the C interface, signed", op(20, 1_000, bump), fromVault);
    assertThat(ledger.lastLog()).contains("called=0");
    it.send("signed with another bump", op(20, 1_000, bump - 1), fromVault);
    assertThat(ledger.lastError()).isNotEqualTo("null");
    it.send("bumps from the highest down", op(21));
    assertThat(ledger.lastLog()).contains("wrong=0 lowest=25").doesNotContain("lowest=255");
    it.send("clock", op(18));
    assertThat(ledger.lastLog()).contains("true true").contains("epochs and " + Ledger.SLOT);
    it.send("take room by the vault", op(4, 8, bump), "w", vault, "", SYSTEM);
    it.send("give the vault to the program", op(5, 0, bump), "w", vault, "", SYSTEM);
    assertThat(ledger.now(vault).owner()).isEqualTo(it.id());
    ledger.compare(comparisons);
  }

  private static Account nonce(Pubkey authority, Pubkey nonce) {
    byte[] data =
        ByteBuffer.allocate(80)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(1)
            .putInt(1)
            .put(authority.bytes())
            .put(nonce.bytes())
            .putLong(5_000)
            .array();
    return Account.of(rent(80), data, SYSTEM);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void feeds(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of(FOLDER, "feeds", version, vm, ALICE);
    Pubkey onDemand = Pubkey.of("SBondMDrcV3K4kxZR1HNVT7osZxAHVHgYXL5Ze1oMUv");
    Pubkey older = Pubkey.of("SW1TCH7qEPTdLsDHRgPuMQjbQxKdH2aBStViMFnt64f");
    ByteBuffer pull = ByteBuffer.allocate(3_208).order(ByteOrder.LITTLE_ENDIAN);
    pull.put(discriminator("PullFeedAccountData")).putLong(2_264, -5_000_000_000_000_000_000L);
    pull.putLong(2_272, -1).putLong(2_368, Ledger.SLOT - 10).putInt(2_392, 20);
    ByteBuffer old = ByteBuffer.allocate(3_851).order(ByteOrder.LITTLE_ENDIAN);
    old.put(discriminator("AggregatorAccountData"))
        .putInt(236, 3)
        .putInt(341, 3)
        .putLong(350, Ledger.SLOT - 5);
    old.putLong(366, 123_456).putInt(382, 3);
    Ledger ledger = it.ledger();
    ledger.account(STATE, Account.of(rent(3_208), pull.array().clone(), onDemand));
    ledger.account(OTHER, Account.of(rent(3_851), old.array().clone(), older));
    ledger.account(key(40), Account.of(rent(3_208), pull.array().clone(), older));
    ledger.account(
        key(41), Account.of(rent(3_208), pull.putInt(2_392, 5).array().clone(), onDemand));
    ledger.account(
        key(42), Account.of(rent(3_208), pull.putLong(2_368, 0).array().clone(), onDemand));
    ledger.account(key(43), Account.of(rent(3_851), old.putInt(341, 2).array().clone(), older));
    it.data(key(44), new byte[] {8, 7, 6, 5, 4, 3, 2, 1, 0});
    for (int number : new int[] {10, 11, 40, 41, 42, 43, 44}) {
      it.send("what is it", op(2), "", key(number));
      it.send("value", op(0), "", key(number));
      it.send("fresh", op(1, 10), "", key(number));
      it.send("fresher", op(1, 7), "", key(number));
      it.send("discriminator", op(4), "", key(number));
      it.send("check", op(3, 0x0102_0304_0506_0708L), "", key(number));
    }
    it.send("value", op(0), "", STATE);
    assertThat(ledger.lastLog()).contains("log: -5000000000000000000 18 " + (Ledger.SLOT - 10));
    it.send("value", op(0), "", OTHER);
    assertThat(ledger.lastLog()).contains("log: 123456 3 " + (Ledger.SLOT - 5));
    assertThat(ledger.successes()).isEqualTo(23);
    ledger.compare(comparisons);
  }

  /** What Anchor writes before the data of an account. */
  private static byte[] discriminator(String account) {
    byte[] name = ("account:" + account).getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(Sha256.of(name), 8);
  }
}
