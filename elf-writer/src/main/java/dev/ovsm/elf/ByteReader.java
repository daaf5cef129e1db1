package dev.ovsm.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote; whatever the bytes are, it stays inside them.
 *
 * <p>After the first thing that cannot be read every further read gives zero or nothing, and {@link
 * #failed} says so.
 */
final class ByteReader {
  private final ByteBuffer bytes;
  private boolean failed;

  ByteReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean failed() {
    return failed;
  }

  /** Whether everything was read, and nothing failed. */
  boolean isComplete() {
    return !failed && !bytes.hasRemaining();
  }

  void fail() {
    failed = true;
    bytes.position(bytes.limit());
  }

  int u8() {
    return has(1) ? bytes.get() & 0xFF : 0;
  }

  long u32() {
    return has(4) ? bytes.getInt() & 0xFFFF_FFFFL : 0;
  }

  long u64() {
    return has(8) ? bytes.getLong() : 0;
  }

  boolean bool() {
    int value = u8();
    if (value > 1) {
      fail();
    }
    return value == 1;
  }

  byte[] raw(long length) {
    if (!has(length)) {
      return new byte[0];
    }
    byte[] value = new byte[(int) length];
    bytes.get(value);
    return value;
  }

  String string() {
    return utf8(raw(u32()));
  }

  String utf8(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException malformed) {
      fail();
      return "";
    }
  }

  /** A number of items to follow, each of at least {@code least} bytes: it must be possible. */
  int count(long declared, int least) {
    return has(declared * least) ? (int) declared : 0;
  }

  long uleb() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (next & 0x7FL) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    fail();
    return 0;
  }

  long zigzag() {
    long value = uleb();
    return (value >>> 1) ^ -(value & 1);
  }

  private boolean has(long length) {
    if (length < 0 || length > bytes.remaining()) {
      fail();
      return false;
    }
    return !failed;
  }
}
