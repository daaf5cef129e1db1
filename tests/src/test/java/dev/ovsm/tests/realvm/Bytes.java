package dev.ovsm.tests.realvm;

import java.io.ByteArrayOutputStream;

/** Bytes written one after the other, numbers little-endian. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Bytes u8(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  Bytes u16(int... values) {
    for (int value : values) {
      number(value, 2);
    }
    return this;
  }

  Bytes u32(long... values) {
    for (long value : values) {
      number(value, 4);
    }
    return this;
  }

  Bytes u64(long... values) {
    for (long value : values) {
      number(value, 8);
    }
    return this;
  }

  Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Zeros up to an offset. */
  Bytes upTo(int offset) {
    while (out.size() < offset) {
      out.write(0);
    }
    return this;
  }

  /** Zeros up to a multiple of 8. */
  Bytes align() {
    return upTo((out.size() + 7) / 8 * 8);
  }

  int size() {
    return out.size();
  }

  byte[] toArray() {
    return out.toByteArray();
  }

  private void number(long value, int length) {
    for (int i = 0; i < length; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
