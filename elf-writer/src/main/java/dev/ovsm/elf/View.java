package dev.ovsm.elf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of a file as little-endian numbers, with the checked arithmetic on unsigned 64-bit
 * offsets that reading hostile headers takes.
 */
final class View {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;

  View(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  int u8(long at) {
    return bytes[(int) at] & 0xFF;
  }

  int u16(long at) {
    return (short) SHORT.get(bytes, (int) at) & 0xFFFF;
  }

  long u32(long at) {
    return (int) INT.get(bytes, (int) at) & 0xFFFF_FFFFL;
  }

  long u64(long at) {
    return (long) LONG.get(bytes, (int) at);
  }

  void putU32(long at, long value) {
    INT.set(bytes, (int) at, (int) value);
  }

  void putU64(long at, long value) {
    LONG.set(bytes, (int) at, value);
  }

  /** Whether {@code [start, end)}, unsigned, is a range inside the file. */
  boolean holds(long start, long end) {
    return Long.compareUnsigned(start, end) <= 0 && Long.compareUnsigned(end, bytes.length) <= 0;
  }

  /** Whether {@code count} bytes from {@code start} on, saturating, lie inside the file. */
  boolean holdsBytes(long start, int count) {
    return holds(start, saturatingSum(start, count));
  }

  /**
   * The number of items of {@code size} bytes in {@code [start, end)}.
   *
   * @throws Refusal if the range is no multiple of the size, not in the file, or not 8-aligned
   */
  int items(long start, long end, int size) throws Refusal {
    long length = Long.compareUnsigned(start, end) < 0 ? end - start : 0;
    if (Long.remainderUnsigned(length, size) != 0) {
      throw Refusal.failedToParse("invalid size");
    }
    if (!holds(start, end)) {
      throw Refusal.outOfBounds();
    }
    if (start % 8 != 0) {
      throw Refusal.failedToParse("invalid alignment");
    }
    return (int) (length / size);
  }

  /** The unsigned sum. */
  static long sum(long a, long b) throws Refusal {
    if (Long.compareUnsigned(a + b, a) < 0) {
      throw Refusal.outOfBounds();
    }
    return a + b;
  }

  /** The unsigned sum, or the largest number. */
  static long saturatingSum(long a, long b) {
    return Long.compareUnsigned(a + b, a) < 0 ? -1 : a + b;
  }

  /** The unsigned difference, or 0. */
  static long saturatingDifference(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? 0 : a - b;
  }

  /** Whether {@code value} is in {@code [start, start + size)}, unsigned, saturating. */
  static boolean contains(long start, long size, long value) {
    return Long.compareUnsigned(value, start) >= 0
        && Long.compareUnsigned(value, saturatingSum(start, size)) < 0;
  }
}
