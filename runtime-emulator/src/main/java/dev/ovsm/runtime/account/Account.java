package dev.ovsm.runtime.account;

import java.util.Arrays;

/**
 * The state of one address, immutable: whoever hands over {@code data} never writes to it again.
 *
 * <p>An account without lamports is one that does not exist.
 *
 * @param lamports balance, unsigned
 * @param data at most 10 MiB
 * @param rentEpoch unsigned; all ones for a rent-exempt account
 */
public record Account(
    long lamports, byte[] data, Pubkey owner, boolean executable, long rentEpoch) {
  /** The largest data an account may hold, in bytes. */
  public static final int MAX_DATA = 10 * 1024 * 1024;

  /** The rent epoch of an account that never pays rent. */
  public static final long EXEMPT_EPOCH = -1;

  /** What is found at an address nobody has written to. */
  public static final Account EMPTY =
      new Account(0, new byte[0], ProgramIds.SYSTEM, false, EXEMPT_EPOCH);

  /** An account that is no program and pays no rent. */
  public static Account of(long lamports, byte[] data, Pubkey owner) {
    return new Account(lamports, data, owner, false, EXEMPT_EPOCH);
  }

  /** A wallet: lamports owned by the system program. */
  public static Account wallet(long lamports) {
    return of(lamports, EMPTY.data, ProgramIds.SYSTEM);
  }

  public Account withLamports(long other) {
    return new Account(other, data, owner, executable, rentEpoch);
  }

  public Account withData(byte[] other) {
    return new Account(lamports, other, owner, executable, rentEpoch);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Account that
            && lamports == that.lamports
            && executable == that.executable
            && rentEpoch == that.rentEpoch
            && owner.equals(that.owner)
            && Arrays.equals(data, that.data));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(lamports) + owner.hashCode()) + Arrays.hashCode(data);
  }
}
