package dev.ovsm.tests.bank;

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
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every instruction of both token programs, and every way in which each refuses. */
@ComparedWithRealVm(minimum = 1000)
class TokenStoryTest {
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey CAROL = key(3);
  private static final Pubkey MINT = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey A = key(20);
  private static final Pubkey B = key(21);
  private static final Pubkey C = key(22);
  private static final Pubkey D = key(23);
  private static final Pubkey MULTISIG = key(24);
  private static final Pubkey WRAPPED = key(25);
  private static final Pubkey FRESH = key(26);
  private static final long RENT = 5_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"token", "token-2022"})
  void equalsTheRealVm(String name, RealVm vm, Comparisons comparisons) {
    Tokens tokens = new Tokens(name.equals("token") ? Tokens.TOKEN : Tokens.TOKEN_2022);
    Ledger ledger = new Ledger(vm, ALICE).standard(name);
    ledger.account(BOB, Account.wallet(5_000_000_000L));
    ledger.account(CAROL, Account.wallet(5_000_000_000L));
    byte[] wrapped = new byte[Tokens.MINT_BYTES];
    wrapped[44] = 9;
    wrapped[45] = 1;
    ledger.account(tokens.nativeMint(), Account.of(RENT, wrapped, tokens.program()));
    Scenario story = new Scenario(ledger);
    mints(story, tokens);
    accounts(story, tokens);
    supply(story, tokens);
    transfers(story, tokens);
    delegates(story, tokens);
    freezing(story, tokens);
    authorities(story, tokens);
    multisig(story, tokens);
    wrapping(story, tokens);
    amounts(story, tokens);
    closing(story, tokens);
    malformed(story, tokens);
    story.compare(comparisons, 110, 55, 20);
  }

  private static Instruction create(Tokens tokens, Pubkey to, long lamports, int bytes) {
    return Tokens.create(ALICE, to, lamports, bytes, tokens.program());
  }

  private static void mints(Scenario story, Tokens tokens) {
    Instruction room = create(tokens, MINT, RENT, Tokens.MINT_BYTES);
    story
        .does("create mint", room, tokens.initializeMint(MINT, 6, ALICE, ALICE))
        .refuses("create it again", room)
        .refuses("initialize it again", tokens.initializeMint(MINT, 6, ALICE, ALICE))
        .refuses(
            "mint without exemption",
            create(tokens, FRESH, 1000, Tokens.MINT_BYTES),
            tokens.initializeMint(FRESH, 0, ALICE, null))
        .refuses(
            "mint of another size",
            create(tokens, FRESH, RENT, Tokens.MINT_BYTES + 1),
            tokens.initializeMint(FRESH, 0, ALICE, null))
        .refuses(
            "mint of another program",
            Tokens.create(ALICE, FRESH, RENT, Tokens.MINT_BYTES, ProgramIds.SYSTEM),
            tokens.initializeMint(FRESH, 0, ALICE, null))
        .does(
            "create another mint that cannot freeze",
            create(tokens, OTHER, RENT, Tokens.MINT_BYTES),
            tokens.initializeMint(OTHER, 0, BOB, null));
  }

  private static void accounts(Scenario story, Tokens tokens) {
    for (Pubkey account : List.of(A, B, C, D)) {
      Pubkey owner = account.equals(A) ? ALICE : account.equals(B) ? BOB : CAROL;
      Pubkey mint = account.equals(D) ? OTHER : MINT;
      story.does(
          "create account " + account,
          create(tokens, account, RENT, Tokens.ACCOUNT_BYTES),
          tokens.initializeAccount(account, mint, owner));
    }
    Instruction room = create(tokens, FRESH, RENT, Tokens.ACCOUNT_BYTES);
    story
        .refuses("initialize account again", tokens.initializeAccount(A, MINT, BOB))
        .refuses("account of no mint", room, tokens.initializeAccount(FRESH, A, BOB))
        .refuses("account of nothing", room, tokens.initializeAccount(FRESH, key(99), BOB))
        .refuses(
            "account without exemption",
            create(tokens, FRESH, 100, Tokens.ACCOUNT_BYTES),
            tokens.initializeAccount(FRESH, MINT, BOB))
        .refuses(
            "account too small",
            create(tokens, FRESH, RENT, 100),
            tokens.initializeAccount(FRESH, MINT, BOB))
        .does(
            "immutable owner",
            tokens.program().equals(Tokens.TOKEN)
                ? room
                : create(tokens, FRESH, RENT, Extension.bytes(Extension.IMMUTABLE_OWNER)),
            tokens.plain(22, FRESH))
        .does("account in older form", tokens.initializeAccountWithRent(FRESH, MINT, BOB))
        .refuses("immutable owner too late", tokens.plain(22, FRESH))
        .does("close it", tokens.close(FRESH, ALICE, BOB));
  }

  private static void supply(Scenario story, Tokens tokens) {
    story
        .does("mint to", tokens.mintTo(MINT, A, ALICE, 1_000_000))
        .does("mint nothing", tokens.mintTo(MINT, A, ALICE, 0))
        .does("mint checked", tokens.checked(14, MINT, B, ALICE, 500, 6))
        .refuses("mint checked with wrong decimals", tokens.checked(14, MINT, B, ALICE, 500, 5))
        .refuses("mint by another", tokens.mintTo(MINT, A, BOB, 1))
        .refuses("mint to an account of another mint", tokens.mintTo(MINT, D, ALICE, 1))
        .refuses("mint beyond 64 bits", tokens.mintTo(MINT, A, ALICE, -1))
        .refuses("mint to a mint", tokens.mintTo(MINT, OTHER, ALICE, 1))
        .does("burn", tokens.burn(A, MINT, ALICE, 10))
        .does("burn checked", tokens.checked(15, A, MINT, ALICE, 10, 6))
        .refuses("burn checked with wrong decimals", tokens.checked(15, A, MINT, ALICE, 10, 7))
        .refuses("burn too much", tokens.burn(B, MINT, BOB, 501))
        .refuses("burn another's", tokens.burn(B, MINT, ALICE, 1))
        .refuses("burn of another mint", tokens.burn(A, OTHER, ALICE, 1));
  }

  private static void transfers(Scenario story, Tokens tokens) {
    story
        .does("transfer", tokens.transfer(A, B, ALICE, 250_000))
        .does("transfer nothing", tokens.transfer(A, B, ALICE, 0))
        .does("transfer to itself", tokens.transfer(A, A, ALICE, 1))
        .does("transfer checked", tokens.transferChecked(A, MINT, B, ALICE, 5, 6))
        .does(
            "two transfers at once",
            tokens.transfer(A, C, ALICE, 1),
            tokens.transfer(C, B, CAROL, 1))
        .refuses(
            "the second of two fails",
            tokens.transfer(A, C, ALICE, 1),
            tokens.transfer(C, B, CAROL, 2))
        .refuses("wrong decimals", tokens.transferChecked(A, MINT, B, ALICE, 5, 7))
        .refuses("wrong mint", tokens.transferChecked(A, OTHER, B, ALICE, 5, 0))
        .refuses("transfer too much", tokens.transfer(A, B, ALICE, 10_000_000))
        .refuses("transfer to itself too much", tokens.transfer(A, A, ALICE, 10_000_000))
        .refuses("transfer another's", tokens.transfer(A, B, BOB, 1))
        .refuses("transfer to another mint", tokens.transfer(A, D, ALICE, 1))
        .refuses("transfer from nowhere", tokens.transfer(key(98), B, ALICE, 1))
        .refuses("transfer to a wallet", tokens.transfer(A, BOB, ALICE, 1));
  }

  private static void delegates(Scenario story, Tokens tokens) {
    story
        .does("approve", tokens.approve(A, BOB, ALICE, 100))
        .does("delegate transfers", tokens.transfer(A, B, BOB, 60))
        .refuses("delegate exceeds", tokens.transfer(A, B, BOB, 60))
        .does("delegate burns", tokens.burn(A, MINT, BOB, 10))
        .does("delegate uses up", tokens.transfer(A, B, BOB, 30))
        .refuses("delegate no more", tokens.transfer(A, B, BOB, 1))
        .does("approve checked", tokens.approveChecked(A, MINT, CAROL, ALICE, 7, 6))
        .refuses("approve checked, wrong", tokens.approveChecked(A, MINT, CAROL, ALICE, 7, 1))
        .refuses("approve by another", tokens.approve(A, BOB, BOB, 1))
        .does("revoke", tokens.revoke(A, ALICE))
        .refuses("revoked", tokens.transfer(A, B, CAROL, 1))
        .refuses("revoke another's", tokens.revoke(A, BOB));
  }

  private static void freezing(Scenario story, Tokens tokens) {
    story
        .does("freeze", tokens.freeze(10, A, MINT, ALICE))
        .refuses("freeze twice", tokens.freeze(10, A, MINT, ALICE))
        .refuses("transfer frozen", tokens.transfer(A, B, ALICE, 1))
        .refuses("transfer to frozen", tokens.transfer(B, A, BOB, 1))
        .refuses("burn frozen", tokens.burn(A, MINT, ALICE, 1))
        .refuses("mint to frozen", tokens.mintTo(MINT, A, ALICE, 1))
        .refuses("approve frozen", tokens.approve(A, BOB, ALICE, 1))
        .refuses("owner of frozen", tokens.setAuthority(A, ALICE, 2, BOB))
        .does("thaw", tokens.freeze(11, A, MINT, ALICE))
        .refuses("thaw twice", tokens.freeze(11, A, MINT, ALICE))
        .refuses("freeze by another", tokens.freeze(10, A, MINT, BOB))
        .refuses("freeze without authority", tokens.freeze(10, D, OTHER, BOB));
  }

  private static void authorities(Scenario story, Tokens tokens) {
    story
        .does("give an account away", tokens.setAuthority(C, CAROL, 2, ALICE))
        .refuses("given away", tokens.transfer(C, B, CAROL, 0))
        .does("and back", tokens.setAuthority(C, ALICE, 2, CAROL))
        .refuses("owner to nobody", tokens.setAuthority(C, CAROL, 2, null))
        .does("who may close", tokens.setAuthority(C, CAROL, 3, BOB))
        .refuses("who may close, by another", tokens.setAuthority(C, ALICE, 3, ALICE))
        .does("close by authority", tokens.close(C, BOB, BOB))
        .refuses("mint authority of an account", tokens.setAuthority(A, ALICE, 0, BOB))
        .refuses("account owner of a mint", tokens.setAuthority(MINT, ALICE, 2, BOB))
        .refuses("an authority that is none", tokens.setAuthority(MINT, ALICE, 77, BOB))
        .does("mint authority", tokens.setAuthority(MINT, ALICE, 0, BOB))
        .refuses("old mint authority", tokens.mintTo(MINT, A, ALICE, 1))
        .does("new mint authority", tokens.mintTo(MINT, A, BOB, 1))
        .does("freeze authority to nobody", tokens.setAuthority(MINT, ALICE, 1, null))
        .refuses("no freeze authority", tokens.freeze(10, A, MINT, ALICE))
        .refuses("freeze authority again", tokens.setAuthority(MINT, ALICE, 1, ALICE))
        .does("fixed supply", tokens.setAuthority(MINT, BOB, 0, null))
        .refuses("supply is fixed", tokens.mintTo(MINT, A, BOB, 1));
  }

  private static void multisig(Scenario story, Tokens tokens) {
    Instruction room = create(tokens, MULTISIG, RENT, 355);
    story
        .refuses("twelve of one", room, tokens.initializeMultisig(MULTISIG, 12, ALICE))
        .refuses("none of one", room, tokens.initializeMultisig(MULTISIG, 0, ALICE))
        .does("two of three", room, tokens.initializeMultisig(MULTISIG, 2, ALICE, BOB, CAROL))
        .refuses("multisig again", tokens.initializeMultisig(MULTISIG, 1, ALICE))
        .does("account of a multisig", tokens.setAuthority(A, ALICE, 2, MULTISIG))
        .does("both sign", tokens.multisigTransfer(A, B, MULTISIG, 5, ALICE, CAROL))
        .does("all sign", tokens.multisigTransfer(A, B, MULTISIG, 5, ALICE, CAROL, BOB))
        .refuses("one signs", tokens.multisigTransfer(A, B, MULTISIG, 5, ALICE))
        .refuses("one signs twice", tokens.multisigTransfer(A, B, MULTISIG, 5, BOB, BOB))
        .refuses("a stranger signs", tokens.multisigTransfer(A, B, MULTISIG, 5, ALICE, key(4)))
        .refuses("nobody signs", tokens.multisigTransfer(A, B, MULTISIG, 5));
  }

  private static void wrapping(Scenario story, Tokens tokens) {
    Pubkey mint = tokens.nativeMint();
    story
        .does(
            "wrap",
            create(tokens, WRAPPED, RENT + 1_000, Tokens.ACCOUNT_BYTES),
            tokens.initializeAccount(WRAPPED, mint, ALICE))
        .does(
            "add and sync",
            Tokens.transferLamports(ALICE, WRAPPED, 500),
            tokens.syncNative(WRAPPED))
        .does("sync nothing new", tokens.syncNative(WRAPPED))
        .refuses("sync what is not native", tokens.syncNative(A))
        .refuses("sync a wallet", tokens.syncNative(BOB))
        .refuses("mint native", tokens.mintTo(mint, WRAPPED, ALICE, 1))
        .refuses("burn native", tokens.burn(WRAPPED, mint, ALICE, 1))
        .refuses("unwrap another's", tokens.close(WRAPPED, BOB, BOB))
        .does("give wrapped away", tokens.setAuthority(WRAPPED, ALICE, 2, BOB))
        .does("unwrap with a balance", tokens.close(WRAPPED, CAROL, BOB));
  }

  /** Instructions that return data. */
  private static void amounts(Scenario story, Tokens tokens) {
    AccountMeta mint = AccountMeta.readonly(MINT, false);
    ByteWriter words = new ByteWriter().u8(24).bytes(new byte[] {'1', '.', '2', '5'});
    ByteWriter wrong = new ByteWriter().u8(24).bytes(new byte[] {'1', '.', 'x'});
    story
        .does("size of an account", tokens.any(new ByteWriter().u8(21), mint))
        .does("amount as text", tokens.any(new ByteWriter().u8(23).u64(1_234_567), mint))
        .does("text as amount", tokens.any(words, mint))
        .refuses("text that is no amount", tokens.any(wrong, mint))
        .refuses("amount of no mint", tokens.any(words, AccountMeta.readonly(A, false)));
  }

  private static void closing(Scenario story, Tokens tokens) {
    story
        .refuses("close with balance", tokens.close(B, BOB, BOB))
        .refuses("close to itself", tokens.close(B, B, BOB))
        .does("close empty", tokens.close(D, CAROL, CAROL))
        .refuses("close again", tokens.close(D, CAROL, CAROL))
        .refuses("close a mint", tokens.close(OTHER, BOB, BOB))
        .refuses("use the closed", tokens.mintTo(OTHER, D, BOB, 1));
  }

  private static void malformed(Scenario story, Tokens tokens) {
    AccountMeta from = AccountMeta.writable(A, false);
    AccountMeta to = AccountMeta.writable(B, false);
    AccountMeta unsigned = AccountMeta.readonly(MULTISIG, false);
    ByteWriter transfer = new ByteWriter().u8(3).u64(1);
    story
        .refuses("no data", tokens.any(new ByteWriter()))
        .refuses("unknown tag", tokens.any(new ByteWriter().u8(200), from))
        .refuses("short amount", tokens.any(new ByteWriter().u8(3).u32(1), from, to, unsigned))
        .refuses("no accounts", tokens.any(transfer))
        .refuses("one account", tokens.any(transfer, from))
        .refuses("two accounts", tokens.any(transfer, from, to))
        .refuses("without a signature", tokens.any(transfer, from, to, unsigned))
        .refuses(
            "from a read-only account",
            tokens.any(
                new ByteWriter().u8(3).u64(1),
                AccountMeta.readonly(B, false),
                from,
                AccountMeta.readonly(BOB, true)))
        .refuses(
            "to a read-only account",
            tokens.any(
                new ByteWriter().u8(3).u64(1),
                to,
                AccountMeta.readonly(A, false),
                AccountMeta.readonly(BOB, true)));
  }
}
