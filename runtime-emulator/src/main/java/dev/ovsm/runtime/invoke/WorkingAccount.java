package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;

/**
 * One account of a running transaction: what it was and what it has become.
 *
 * <p>Its data array is never written to, only replaced; so the account before shares it until the
 * first change.
 */
public final class WorkingAccount {
  private final Pubkey key;
  private final Account before;
  private long lamports;
  private byte[] data;
  private Pubkey owner;
  private boolean executable;

  WorkingAccount(Pubkey key, Account before) {
    this.key = key;
    this.before = before;
    this.lamports = before.lamports();
    this.data = before.data();
    this.owner = before.owner();
    this.executable = before.executable();
  }

  public Pubkey key() {
    return key;
  }

  public long lamports() {
    return lamports;
  }

  /** The data; not to be written to. */
  public byte[] data() {
    return data;
  }

  public Pubkey owner() {
    return owner;
  }

  public boolean executable() {
    return executable;
  }

  /** The account as the transaction found it. */
  public Account before() {
    return before;
  }

  /** The account as it is now; the same object as before if nothing differs. */
  public Account after() {
    return lamports == before.lamports()
            && data == before.data()
            && executable == before.executable()
            && owner.equals(before.owner())
        ? before
        : new Account(lamports, data, owner, executable, before.rentEpoch());
  }

  void lamports(long value) {
    lamports = value;
  }

  void data(byte[] value) {
    data = value;
  }

  void owner(Pubkey value) {
    owner = value;
  }

  void executable(boolean value) {
    executable = value;
  }
}
