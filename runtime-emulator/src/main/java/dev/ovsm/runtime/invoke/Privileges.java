package dev.ovsm.runtime.invoke;

/** What an instruction may do with each of its accounts, by their positions; does not change. */
public final class Privileges {
  private static final int SIGNER = 1;
  private static final int WRITABLE = 2;

  private final byte[] flags;

  private Privileges(byte[] flags) {
    this.flags = flags;
  }

  /** Privileges by position; both arrays have the same length. */
  public static Privileges of(boolean[] signers, boolean[] writable) {
    byte[] flags = new byte[signers.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = (byte) ((signers[i] ? SIGNER : 0) | (writable[i] ? WRITABLE : 0));
    }
    return new Privileges(flags);
  }

  boolean signs(int position) {
    return (flags[position] & SIGNER) != 0;
  }

  boolean writes(int position) {
    return (flags[position] & WRITABLE) != 0;
  }
}
