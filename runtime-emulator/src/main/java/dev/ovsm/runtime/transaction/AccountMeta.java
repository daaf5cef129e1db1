package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;

/** An account an instruction names, and what the instruction may do with it. */
public record AccountMeta(Pubkey key, boolean signer, boolean writable) {
  public static AccountMeta writable(Pubkey key, boolean signer) {
    return new AccountMeta(key, signer, true);
  }

  public static AccountMeta readonly(Pubkey key, boolean signer) {
    return new AccountMeta(key, signer, false);
  }
}
