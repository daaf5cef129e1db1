package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The associated-token program, which calls the system program and either token program. */
@ComparedWithRealVm(minimum = 300)
class AssociatedTokenTest {
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey MINT = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey POOR = key(12);
  private static final long RENT = 5_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"token", "token-2022"})
  void equalsTheRealVm(String name, RealVm vm, Comparisons comparisons) {
    Tokens tokens = new Tokens(name.equals("token") ? Tokens.TOKEN : Tokens.TOKEN_2022);
    Ledger ledger =
        new Ledger(vm, ALICE).standard("associated-token").standard("token").standard("token-2022");
    ledger.account(BOB, Account.wallet(5_000_000_000L));
    ledger.account(POOR, Account.wallet(1_000_000));
    Scenario story = new Scenario(ledger);
    for (Pubkey mint : List.of(MINT, OTHER)) {
      story.does(
          "mint " + mint,
          Tokens.create(ALICE, mint, RENT, Tokens.MINT_BYTES, tokens.program()),
          tokens.initializeMint(mint, 6, ALICE, ALICE));
    }
    creation(story, tokens);
    nesting(story, tokens);
    story.compare(comparisons, 28, 14, 8);
  }

  private static void creation(Scenario story, Tokens tokens) {
    Instruction create = tokens.createAssociated(0, ALICE, ALICE, MINT);
    Pubkey alices = tokens.associated(ALICE, MINT);
    story
        .does("create", create)
        .refuses("create again", create)
        .does("create if missing", tokens.createAssociated(1, ALICE, ALICE, MINT))
        .does("create what is missing", tokens.createAssociated(1, BOB, BOB, MINT))
        .does("for nobody yet", tokens.createAssociated(0, BOB, key(60), MINT))
        .does("without a tag", changed(tokens.createAssociated(0, BOB, key(61), MINT), null))
        .does("with rent", changed(tokens.createAssociated(0, BOB, key(62), MINT), SysvarIds.RENT))
        .refuses("of no mint", tokens.createAssociated(0, ALICE, ALICE, key(70)))
        .refuses("of an account", tokens.createAssociated(0, ALICE, ALICE, alices))
        .refuses("payer too poor", tokens.createAssociated(0, POOR, POOR, MINT))
        .refuses("unknown tag", tokens.createAssociated(9, ALICE, ALICE, OTHER))
        .refuses(
            "another address",
            withAccount(1, alices, tokens.createAssociated(0, ALICE, BOB, OTHER)))
        .refuses(
            "another token program",
            withAccount(
                5,
                tokens.program().equals(Tokens.TOKEN) ? Tokens.TOKEN_2022 : Tokens.TOKEN,
                tokens.createAssociated(0, ALICE, BOB, OTHER)))
        .refuses(
            "no system program",
            withAccount(4, key(71), tokens.createAssociated(0, ALICE, BOB, OTHER)))
        .refuses("payer does not sign", unsigned(tokens.createAssociated(0, BOB, key(63), MINT)))
        .refuses("no accounts", new Instruction(Tokens.ASSOCIATED, List.of(), new byte[1]))
        .does(
            "lamports before",
            Tokens.transferLamports(ALICE, tokens.associated(key(64), MINT), 1_000_000),
            tokens.createAssociated(0, ALICE, key(64), MINT))
        .does(
            "more lamports than it needs",
            Tokens.transferLamports(ALICE, tokens.associated(key(65), MINT), 9_000_000),
            tokens.createAssociated(0, ALICE, key(65), MINT))
        .does("closed", tokens.close(tokens.associated(BOB, MINT), BOB, BOB))
        .does("created anew", tokens.createAssociated(1, ALICE, BOB, MINT));
  }

  /** An account that belongs to another associated account can be had back. */
  private static void nesting(Scenario story, Tokens tokens) {
    Pubkey outer = tokens.associated(ALICE, MINT);
    Pubkey nested = tokens.associated(outer, OTHER);
    story
        .does("nested", tokens.createAssociated(0, ALICE, outer, OTHER))
        .does("lost", tokens.mintTo(OTHER, nested, ALICE, 77))
        .refuses("nowhere to go", recover(tokens, nested, outer, ALICE))
        .does("somewhere to go", tokens.createAssociated(0, ALICE, ALICE, OTHER))
        .refuses("by another", recover(tokens, nested, outer, BOB))
        .refuses("not nested", recover(tokens, outer, outer, ALICE))
        .does("recovered", recover(tokens, nested, outer, ALICE))
        .refuses("recovered again", recover(tokens, nested, outer, ALICE));
  }

  private static Instruction recover(Tokens tokens, Pubkey nested, Pubkey outer, Pubkey wallet) {
    return Tokens.instruction(
        Tokens.ASSOCIATED,
        new ByteWriter().u8(2),
        AccountMeta.writable(nested, false),
        AccountMeta.readonly(OTHER, false),
        AccountMeta.writable(tokens.associated(ALICE, OTHER), false),
        AccountMeta.readonly(outer, false),
        AccountMeta.readonly(MINT, false),
        AccountMeta.writable(wallet, true),
        AccountMeta.readonly(tokens.program(), false));
  }

  /** The same without data, or with one more account. */
  private static Instruction changed(Instruction whole, @Nullable Pubkey more) {
    List<AccountMeta> metas = new ArrayList<>(whole.accounts());
    if (more != null) {
      metas.add(AccountMeta.readonly(more, false));
    }
    return new Instruction(whole.program(), metas, new byte[0]);
  }

  private static Instruction withAccount(int index, Pubkey key, Instruction whole) {
    List<AccountMeta> metas = new ArrayList<>(whole.accounts());
    AccountMeta before = metas.get(index);
    metas.set(index, new AccountMeta(key, before.signer(), before.writable()));
    return new Instruction(whole.program(), metas, whole.data());
  }

  private static Instruction unsigned(Instruction whole) {
    List<AccountMeta> metas = new ArrayList<>(whole.accounts());
    metas.replaceAll(meta -> new AccountMeta(meta.key(), false, meta.writable()));
    return new Instruction(whole.program(), metas, whole.data());
  }
}
