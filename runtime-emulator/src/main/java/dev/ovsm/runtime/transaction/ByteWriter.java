package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.io.ByteArrayOutputStream;

/** Appends little-endian fields, keys and short-vector lengths to a growing array. */
public final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public ByteWriter u8(int value) {
    out.write(value);
    return this;
  }

  public ByteWriter u16(int value) {
    return u8(value).u8(value >>> 8);
  }

  public ByteWriter u32(int value) {
    return u16(value).u16(value >>> 16);
  }

  public ByteWriter u64(long value) {
    return u32((int) value).u32((int) (value >>> 32));
  }

  public ByteWriter key(Pubkey key) {
    return bytes(key.bytes());
  }

  public ByteWriter bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** A length in seven-bit groups, low group first, the high bit set on all but the last. */
  public ByteWriter shortLength(int length) {
    int rest = length;
    while (rest > 0x7f) {
      u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return u8(rest);
  }

  public int length() {
    return out.size();
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
