package dev.ovsm.runtime.sysvar;

import dev.ovsm.runtime.transaction.ByteWriter;

/**
 * What it costs to keep an account: a balance in proportion to its size.
 *
 * @param lamportsPerByte the balance that one byte requires (SIMD-0194)
 */
public record Rent(long lamportsPerByte) {
  public static final Rent MAINNET = new Rent(6960);

  /** Bytes that every account is charged for besides its data. */
  private static final long OVERHEAD = 128;

  private static final int BURN_PERCENT = 50;

  /** The least balance that exempts an account with so many bytes of data. */
  public long minimumBalance(long dataLength) {
    return (OVERHEAD + dataLength) * lamportsPerByte;
  }

  public boolean isExempt(long lamports, long dataLength) {
    return Long.compareUnsigned(lamports, minimumBalance(dataLength)) >= 0;
  }

  /** The account's 17 bytes. */
  public byte[] bytes() {
    return new ByteWriter()
        .u64(lamportsPerByte)
        .u64(Double.doubleToLongBits(1.0))
        .u8(BURN_PERCENT)
        .toBytes();
  }

  /** The C struct's 24 bytes: the account's and padding. */
  public byte[] struct() {
    return new ByteWriter().bytes(bytes()).bytes(new byte[7]).toBytes();
  }
}
