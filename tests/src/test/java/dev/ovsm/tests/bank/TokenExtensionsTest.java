package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Extension.on;
import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import org.junit.jupiter.api.Test;

/** Token-2022's extensions of mints and accounts. */
@ComparedWithRealVm(minimum = 480)
class TokenExtensionsTest {
  private static final Tokens TOKENS = new Tokens(Tokens.TOKEN_2022);
  private static final Pubkey MEMO = Pubkey.of("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey MINT = key(10);
  private static final Pubkey A = key(20);
  private static final Pubkey B = key(21);
  private static final long RENT = 20_000_000;

  private static Scenario begin(RealVm vm) {
    Ledger ledger = new Ledger(vm, ALICE).standard("token-2022").standard("memo-v3");
    ledger.account(BOB, Account.wallet(5_000_000_000L));
    return new Scenario(ledger);
  }

  private static Instruction create(Pubkey to, Extension... extensions) {
    return Tokens.create(ALICE, to, RENT, Extension.bytes(extensions), Tokens.TOKEN_2022);
  }

  private static Instruction initializeMint() {
    return TOKENS.initializeMint(MINT, 2, ALICE, ALICE);
  }

  /** Two accounts, of Alice and Bob, with room for what their mint wants of them. */
  private static void accounts(Scenario story, Extension... extensions) {
    story.does("account of Alice", create(A, extensions), TOKENS.initializeAccount(A, MINT, ALICE));
    story.does("account of Bob", create(B, extensions), TOKENS.initializeAccount(B, MINT, BOB));
  }

  @Test
  void transferFees(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    Extension config = Extension.TRANSFER_FEE_CONFIG;
    Instruction fee = Extension.transferFee(MINT, ALICE, 250, 40);
    Instruction unsuitable = Extension.transferFee(MINT, ALICE, 10_001, 40);
    story.refuses("more than all", create(MINT, config), unsuitable, initializeMint());
    story.refuses("no room", create(MINT), fee, initializeMint());
    story.does("mint", create(MINT, config), fee, initializeMint());
    story.refuses("configured too late", fee);
    accounts(story, Extension.TRANSFER_FEE_AMOUNT);
    story.does("supply", TOKENS.mintTo(MINT, A, ALICE, 10_000));
    story.does("checked", TOKENS.transferChecked(A, MINT, B, ALICE, 1000, 2));
    story.does("the highest fee", TOKENS.transferChecked(A, MINT, B, ALICE, 5000, 2));
    story.does("rounded up", TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2));
    story.refuses("unchecked", TOKENS.transfer(A, B, ALICE, 10));
    story.does("expected fee", withFee(100, 3));
    story.refuses("another fee", withFee(100, 2));
    story.does("harvest", on(MINT, new ByteWriter().u8(26).u8(4)), harvest(B));
    story.does("withdraw", withdraw(ALICE));
    story.refuses("withdraw by another", withdraw(BOB));
    story.refuses("close with a fee", TOKENS.close(B, BOB, BOB));
    story.does("some more", TOKENS.transferChecked(A, MINT, B, ALICE, 1000, 2));
    story.does("withdraw from accounts", withdrawFrom(B));
    ByteWriter next = new ByteWriter().u8(26).u8(5).u16(100).u64(9);
    story.does("fee of a later epoch", on(MINT, ALICE, next));
    story.refuses("fee by another", on(MINT, BOB, next));
    story.does("still the old fee", TOKENS.transferChecked(A, MINT, B, ALICE, 400, 2));
    story.does("who sets the fee", TOKENS.setAuthority(MINT, ALICE, 4, BOB));
    story.does("who withdraws", TOKENS.setAuthority(MINT, ALICE, 5, null));
    story.refuses("nobody withdraws", withdraw(ALICE));
    story.compare(comparisons, 24, 9, 6);
  }

  private static Instruction withFee(long amount, long fee) {
    return TOKENS.any(
        new ByteWriter().u8(26).u8(1).u64(amount).u8(2).u64(fee),
        AccountMeta.writable(A, false),
        AccountMeta.readonly(MINT, false),
        AccountMeta.writable(B, false),
        AccountMeta.readonly(ALICE, true));
  }

  private static Instruction harvest(Pubkey from) {
    return TOKENS.any(
        new ByteWriter().u8(26).u8(4),
        AccountMeta.writable(MINT, false),
        AccountMeta.writable(from, false));
  }

  private static Instruction withdraw(Pubkey authority) {
    return TOKENS.any(
        new ByteWriter().u8(26).u8(2),
        AccountMeta.writable(MINT, false),
        AccountMeta.writable(A, false),
        AccountMeta.readonly(authority, true));
  }

  private static Instruction withdrawFrom(Pubkey from) {
    return TOKENS.any(
        new ByteWriter().u8(26).u8(3).u8(1),
        AccountMeta.readonly(MINT, false),
        AccountMeta.writable(A, false),
        AccountMeta.readonly(ALICE, true),
        AccountMeta.writable(from, false));
  }

  @Test
  void mintsThatClose(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    story.does(
        "mint",
        create(MINT, Extension.MINT_CLOSE_AUTHORITY),
        Extension.closeAuthority(MINT, BOB),
        initializeMint());
    accounts(story);
    story.does("supply", TOKENS.mintTo(MINT, A, ALICE, 5));
    story.refuses("close with supply", TOKENS.close(MINT, BOB, BOB));
    story.does("burn all", TOKENS.burn(A, MINT, ALICE, 5));
    story.refuses("close by another", TOKENS.close(MINT, ALICE, ALICE));
    story.does("close", TOKENS.close(MINT, BOB, BOB));
    story.refuses("mint is gone", TOKENS.mintTo(MINT, A, ALICE, 5));
    story.compare(comparisons, 9, 3, 3);
  }

  @Test
  void frozenFromTheStart(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    Extension state = Extension.DEFAULT_ACCOUNT_STATE;
    Instruction frozen = Extension.defaultState(MINT, 2);
    Instruction without = TOKENS.initializeMint(MINT, 2, ALICE, null);
    story.refuses("nobody could thaw", create(MINT, state), frozen, without);
    Instruction unknown = Extension.defaultState(MINT, 7);
    story.refuses("no such state", create(MINT, state), unknown, initializeMint());
    story.does("mint", create(MINT, state), frozen, initializeMint());
    accounts(story);
    story.refuses("mint to frozen", TOKENS.mintTo(MINT, A, ALICE, 5));
    story.does("thaw", TOKENS.freeze(11, A, MINT, ALICE));
    story.does("mint to thawed", TOKENS.mintTo(MINT, A, ALICE, 5));
    ByteWriter usable = new ByteWriter().u8(28).u8(1).u8(1);
    story.refuses("usable by another", on(MINT, BOB, usable));
    story.does("usable from now on", on(MINT, ALICE, usable));
    story.does("new account", create(key(22)), TOKENS.initializeAccount(key(22), MINT, BOB));
    story.does("transfer to it", TOKENS.transferChecked(A, MINT, key(22), ALICE, 5, 2));
    story.compare(comparisons, 12, 4, 4);
  }

  @Test
  void accountsThatWantMore(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    story.does(
        "mint",
        Tokens.create(ALICE, MINT, RENT, Tokens.MINT_BYTES, Tokens.TOKEN_2022),
        initializeMint());
    accounts(story);
    story.does("supply", TOKENS.mintTo(MINT, A, ALICE, 100));
    story.refuses("no room for memos", on(B, BOB, new ByteWriter().u8(30).u8(0)));
    story.does("room", Extension.reallocate(B, BOB, Extension.MEMO_TRANSFER, Extension.CPI_GUARD));
    story.does("room again", Extension.reallocate(B, BOB, Extension.MEMO_TRANSFER));
    story.refuses("room for a mint's", Extension.reallocate(B, BOB, Extension.PAUSABLE));
    story.refuses("room by another", Extension.reallocate(B, ALICE, Extension.MEMO_TRANSFER));
    story.does("memos wanted", on(B, BOB, new ByteWriter().u8(30).u8(0)));
    Instruction transfer = TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2);
    Instruction memo = Memos.memo(MEMO, "thanks", ALICE);
    story.refuses("no memo", transfer);
    story.does("memo before", memo, transfer);
    story.refuses("memo after", transfer, memo);
    story.does("memos not wanted", on(B, BOB, new ByteWriter().u8(30).u8(1)));
    story.does("without a memo", transfer);
    story.does("guarded", on(B, BOB, new ByteWriter().u8(34).u8(0)));
    story.does("guarded transfer", TOKENS.transferChecked(B, MINT, A, BOB, 1, 2));
    story.refuses("guarded owner", TOKENS.setAuthority(B, BOB, 2, ALICE));
    story.does("unguarded", on(B, BOB, new ByteWriter().u8(34).u8(1)));
    story.does("owner", TOKENS.setAuthority(B, BOB, 2, ALICE));
    story.compare(comparisons, 20, 6, 5);
  }

  @Test
  void soulsAndPowers(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    story.does(
        "mint",
        create(MINT, Extension.NON_TRANSFERABLE, Extension.PERMANENT_DELEGATE),
        on(MINT, new ByteWriter().u8(32)),
        Extension.permanentDelegate(MINT, BOB),
        initializeMint());
    story.refuses("account too small", create(A), TOKENS.initializeAccount(A, MINT, ALICE));
    accounts(story, Extension.NON_TRANSFERABLE_ACCOUNT, Extension.IMMUTABLE_OWNER);
    story.does("supply", TOKENS.mintTo(MINT, A, ALICE, 100));
    story.refuses("transfer", TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2));
    story.refuses("another owner", TOKENS.setAuthority(A, ALICE, 2, BOB));
    story.does("the delegate burns", TOKENS.burn(A, MINT, BOB, 30));
    story.refuses("a stranger burns", TOKENS.burn(A, MINT, key(3), 30));
    story.refuses("delegate to nobody, by another", TOKENS.setAuthority(MINT, ALICE, 8, null));
    story.does("delegate to nobody", TOKENS.setAuthority(MINT, BOB, 8, null));
    story.refuses("the delegate is none", TOKENS.burn(A, MINT, BOB, 30));
    story.compare(comparisons, 11, 6, 4);
  }

  @Test
  void amountsThatLookLarger(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    story.does(
        "bearing interest",
        create(MINT, Extension.INTEREST_BEARING),
        Extension.interest(MINT, ALICE, 500),
        initializeMint());
    AccountMeta mint = AccountMeta.readonly(MINT, false);
    story.does("with interest", TOKENS.any(new ByteWriter().u8(23).u64(123_456), mint));
    ByteWriter words = new ByteWriter().u8(24).bytes(new byte[] {'9', '.', '5'});
    story.does("without interest", TOKENS.any(words, mint));
    ByteWriter rate = new ByteWriter().u8(33).u8(1).u16(-300);
    story.refuses("rate by another", on(MINT, BOB, rate));
    story.does("rate", on(MINT, ALICE, rate));
    story.does("size of accounts", TOKENS.any(new ByteWriter().u8(21), mint));
    Pubkey scaled = key(11);
    Instruction initialize = TOKENS.initializeMint(scaled, 3, ALICE, null);
    Instruction room = create(scaled, Extension.SCALED_UI_AMOUNT);
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      story.refuses("scaled " + bad, room, Extension.scaledAmount(scaled, ALICE, bad), initialize);
    }
    story.does("scaled", room, Extension.scaledAmount(scaled, ALICE, 2.5), initialize);
    AccountMeta other = AccountMeta.readonly(scaled, false);
    story.does("scaled amount", TOKENS.any(new ByteWriter().u8(23).u64(-1), other));
    long bits = Double.doubleToLongBits(1e-3);
    ByteWriter multiplier = new ByteWriter().u8(43).u8(1).u64(bits).u64(0);
    story.does("another scale", on(scaled, ALICE, multiplier));
    story.refuses("scale by another", on(scaled, BOB, multiplier));
    story.does("amount in that scale", TOKENS.any(new ByteWriter().u8(23).u64(7_777), other));
    story.compare(comparisons, 15, 6, 2);
  }

  @Test
  void pausesAndHooks(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    story.does(
        "mint",
        create(MINT, Extension.PAUSABLE, Extension.TRANSFER_HOOK),
        Extension.pausable(MINT, ALICE),
        Extension.transferHook(MINT, ALICE, key(50)),
        initializeMint());
    accounts(story, Extension.PAUSABLE_ACCOUNT, Extension.TRANSFER_HOOK_ACCOUNT);
    story.does("supply", TOKENS.mintTo(MINT, A, ALICE, 100));
    story.refuses("the hook is missing", TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2));
    ByteWriter none = new ByteWriter().u8(36).u8(1).bytes(new byte[32]);
    story.does("no hook", on(MINT, ALICE, none));
    story.does("transfer", TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2));
    story.refuses("pause by another", on(MINT, BOB, new ByteWriter().u8(44).u8(1)));
    story.does("pause", on(MINT, ALICE, new ByteWriter().u8(44).u8(1)));
    story.refuses("paused transfer", TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2));
    story.refuses("paused supply", TOKENS.mintTo(MINT, A, ALICE, 1));
    story.refuses("paused burn", TOKENS.burn(A, MINT, ALICE, 1));
    story.does("resume", on(MINT, ALICE, new ByteWriter().u8(44).u8(2)));
    story.does("transfer again", TOKENS.transferChecked(A, MINT, B, ALICE, 1, 2));
    story.compare(comparisons, 14, 5, 3);
  }

  @Test
  void descriptions(RealVm vm, Comparisons comparisons) {
    Scenario story = begin(vm);
    story.does(
        "mint that points",
        create(
            MINT,
            Extension.METADATA_POINTER,
            Extension.GROUP_POINTER,
            Extension.GROUP_MEMBER_POINTER),
        Extension.pointer(39, MINT, ALICE, MINT),
        Extension.pointer(40, MINT, ALICE, MINT),
        Extension.pointer(41, MINT, ALICE, MINT),
        initializeMint());
    Instruction metadata = Extension.metadata(MINT, ALICE, "Coin", "https://example.org/coin");
    story.refuses("by another", Extension.metadata(MINT, BOB, "Coin", "uri"));
    story.does("metadata", metadata);
    story.refuses("metadata again", metadata);
    story.does("name", Extension.metadataField(MINT, ALICE, 0, null, "A longer name of a coin"));
    story.does("shorter name", Extension.metadataField(MINT, ALICE, 0, null, "C"));
    story.does("another field", Extension.metadataField(MINT, ALICE, 3, "colour", "grün"));
    story.refuses("field by another", Extension.metadataField(MINT, BOB, 3, "colour", "red"));
    ByteWriter emit = Extension.interfaceTag("spl_token_metadata_interface:emitter").u8(0).u8(0);
    AccountMeta mint = AccountMeta.readonly(MINT, false);
    story.does("emitted", TOKENS.any(emit, mint));
    ByteWriter part = Extension.interfaceTag("spl_token_metadata_interface:emitter");
    story.does("emitted in part", TOKENS.any(part.u8(1).u64(3).u8(1).u64(40), mint));
    ByteWriter remove = Extension.interfaceTag("spl_token_metadata_interface:remove_key_ix");
    story.does("removed", on(MINT, ALICE, Extension.text(remove.u8(1), "colour")));
    ByteWriter strict = Extension.interfaceTag("spl_token_metadata_interface:remove_key_ix");
    story.refuses("nothing to remove", on(MINT, ALICE, Extension.text(strict.u8(0), "colour")));
    ByteWriter group = Extension.interfaceTag("spl_token_group_interface:initialize_token_group");
    Instruction initialize =
        TOKENS.any(
            group.key(ALICE).u64(2),
            AccountMeta.writable(MINT, false),
            mint,
            AccountMeta.readonly(ALICE, true));
    story.does("group", initialize);
    story.refuses("group again", initialize);
    ByteWriter size = Extension.interfaceTag("spl_token_group_interface:update_group_max_size");
    story.does("size of the group", on(MINT, ALICE, size.u64(5)));
    ByteWriter pointer = new ByteWriter().u8(39).u8(1).key(ProgramIds.SYSTEM);
    story.does("points nowhere", on(MINT, ALICE, pointer));
    story.compare(comparisons, 16, 5, 4);
  }
}
