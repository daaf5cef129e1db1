package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both memo programs. */
@ComparedWithRealVm(minimum = 55)
class MemoTest {
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);

  @ParameterizedTest
  @CsvSource({
    "memo-v1, Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
    "memo-v3, MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr"
  })
  void equalsTheRealVm(String name, String id, RealVm vm, Comparisons comparisons) {
    Pubkey program = Pubkey.of(id);
    Ledger ledger = new Ledger(vm, ALICE).standard(name);
    ledger.account(BOB, Account.wallet(1_000_000_000));
    Scenario story = new Scenario(ledger);
    story
        .does("nothing", Memos.memo(program, ""))
        .does("words", Memos.memo(program, "a few words"))
        .does("other letters", Memos.memo(program, "ça, 世界 🎉"))
        .does("two", Memos.memo(program, "one"), Memos.memo(program, "two"))
        .does("long", Memos.memo(program, "0123456789".repeat(56)))
        .does("odd characters", Memos.memo(program, "\u0000\n\"\\\u007f\u200b"))
        .refuses("no text", Memos.memo(program, new byte[] {'a', (byte) 0xff, 'b'}))
        .refuses("cut short", Memos.memo(program, new byte[] {(byte) 0xe2, (byte) 0x82}))
        .refuses("a surrogate", Memos.memo(program, new byte[] {(byte) 0xed, (byte) 0xa0, 0}));
    Instruction unsigned =
        new Instruction(
            program,
            List.of(AccountMeta.readonly(ALICE, true), AccountMeta.readonly(BOB, false)),
            new byte[] {'x'});
    if (name.equals("memo-v1")) {
      story.does("takes no notice of signers", unsigned);
    } else {
      story.refuses("one does not sign", unsigned);
    }
    story
        .does("signed", Memos.memo(program, "signed", ALICE))
        .does("signed by two", Memos.memo(program, "signed", ALICE, BOB))
        .does("signed twice by one", Memos.memo(program, "signed", BOB, BOB));
    story.compare(comparisons, 13, 3, 1);
  }
}
