package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Pubkey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The data of an account, written place by place. */
record Image(byte[] bytes) {
  static Image of(int size) {
    return new Image(new byte[size]);
  }

  Image u8(int offset, int value) {
    bytes[offset] = (byte) value;
    return this;
  }

  Image u64(int offset, long value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, value);
    return this;
  }

  Image key(int offset, Pubkey key) {
    System.arraycopy(key.bytes(), 0, bytes, offset, Pubkey.BYTES);
    return this;
  }
}
