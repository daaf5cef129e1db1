package dev.ovsm.elf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Appends little-endian numbers, LEB128 numbers and byte strings. */
final class ByteWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  int size() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  ByteWriter u8(int value) {
    bytes.write(value);
    return this;
  }

  ByteWriter u16(int value) {
    return number(value, 2);
  }

  ByteWriter u32(long value) {
    return number(value, 4);
  }

  ByteWriter u64(long value) {
    return number(value, 8);
  }

  ByteWriter raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  /** A byte of 1 or 0. */
  ByteWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** A Borsh string: its length in UTF-8 bytes as u32, then the bytes. */
  ByteWriter string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return u32(utf8.length).raw(utf8);
  }

  /** Zeros up to the next multiple of {@code alignment}. */
  ByteWriter align(int alignment) {
    while (bytes.size() % alignment != 0) {
      bytes.write(0);
    }
    return this;
  }

  /** Unsigned LEB128. */
  ByteWriter uleb(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return u8((int) rest);
  }

  /** Signed numbers as unsigned LEB128 of their zigzag form: small magnitudes stay short. */
  ByteWriter zigzag(long value) {
    return uleb((value << 1) ^ (value >> 63));
  }

  private ByteWriter number(long value, int size) {
    for (int i = 0; i < size; i++) {
      bytes.write((int) (value >>> (8 * i)) & 0xFF);
    }
    return this;
  }
}
