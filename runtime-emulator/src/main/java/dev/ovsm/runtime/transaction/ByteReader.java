package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Arrays;

/**
 * Takes little-endian fields off an array; a read past the end yields zeros and is remembered.
 *
 * <p>So a parser reads straight through and asks {@link #failed} once at the end.
 */
public final class ByteReader {
  private final byte[] bytes;
  private int at;
  private boolean failed;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether anything so far was missing or malformed. */
  public boolean failed() {
    return failed;
  }

  /** Bytes not yet read. */
  public int remaining() {
    return bytes.length - at;
  }

  /** Remembers that what was read makes no sense. */
  public void fail() {
    failed = true;
  }

  public int u8() {
    return take(1) ? bytes[at - 1] & 0xff : 0;
  }

  /** One byte that must be 0 or 1. */
  public boolean bool() {
    int value = u8();
    failed |= value > 1;
    return value == 1;
  }

  public int u16() {
    return u8() | u8() << 8;
  }

  public int u32() {
    return u16() | u16() << 16;
  }

  public long u64() {
    return (u32() & 0xffff_ffffL) | ((long) u32() << 32);
  }

  public Pubkey key() {
    return take(Pubkey.BYTES) ? Pubkey.read(bytes, at - Pubkey.BYTES) : new Pubkey(0, 0, 0, 0);
  }

  /** So many bytes; an empty array if there are fewer left. */
  public byte[] bytes(long count) {
    return take(count) ? Arrays.copyOfRange(bytes, at - (int) count, at) : new byte[0];
  }

  /** A short-vector length: at most three bytes, no needless one, below 65,536. */
  public int shortLength() {
    int value = 0;
    for (int shift = 0; shift < 21; shift += 7) {
      int part = u8();
      value |= (part & 0x7f) << shift;
      if (part < 0x80) {
        failed |= (part == 0 && shift > 0) || value > 0xffff;
        return failed ? 0 : value;
      }
    }
    failed = true;
    return 0;
  }

  private boolean take(long count) {
    if (failed || count < 0 || count > bytes.length - at) {
      failed = true;
      return false;
    }
    at += (int) count;
    return true;
  }
}
