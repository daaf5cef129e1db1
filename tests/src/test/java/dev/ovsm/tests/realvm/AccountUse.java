package dev.ovsm.tests.realvm;

import org.jspecify.annotations.Nullable;

/**
 * An account of an instruction: its key and rights, and its state unless the machine has it already
 * (a sysvar, a program, an account of the request or of an earlier place in the same list).
 */
public record AccountUse(
    String key,
    boolean signer,
    boolean writable,
    @Nullable String lamports,
    @Nullable String owner,
    byte @Nullable [] data,
    boolean executable) {

  /** A read-only use of what the machine has under this key. */
  public static AccountUse reference(String key) {
    return new AccountUse(key, false, false, null, null, null, false);
  }

  /** A read-only use of an account with this state. */
  public static AccountUse of(Account account) {
    return new AccountUse(
        account.key(),
        false,
        false,
        Long.toUnsignedString(account.lamports()),
        account.owner(),
        account.data(),
        account.executable());
  }

  /** The same use with the right to write. */
  public AccountUse asWritable() {
    return new AccountUse(key, signer, true, lamports, owner, data, executable);
  }

  /** The same use with the account's signature. */
  public AccountUse asSigner() {
    return new AccountUse(key, true, writable, lamports, owner, data, executable);
  }
}
