package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Instructions of the memo programs. */
final class Memos {
  private Memos() {}

  /** A text that some sign. */
  static Instruction memo(Pubkey program, String text, Pubkey... signers) {
    return memo(program, text.getBytes(StandardCharsets.UTF_8), signers);
  }

  /** Bytes that some sign. */
  static Instruction memo(Pubkey program, byte[] bytes, Pubkey... signers) {
    List<AccountMeta> metas = new ArrayList<>();
    for (Pubkey signer : signers) {
      metas.add(AccountMeta.readonly(signer, true));
    }
    return new Instruction(program, metas, bytes);
  }
}
