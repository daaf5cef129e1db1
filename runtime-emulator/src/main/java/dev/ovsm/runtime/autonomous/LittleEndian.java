package dev.ovsm.runtime.autonomous;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Fills an array of a known size with little-endian numbers, front to back. */
final class LittleEndian {
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle SHORT = view(short[].class);

  private final byte[] bytes;
  private int at;

  LittleEndian(int size) {
    bytes = new byte[size];
  }

  LittleEndian u8(int value) {
    bytes[at++] = (byte) value;
    return this;
  }

  LittleEndian u16(int value) {
    SHORT.set(bytes, at, (short) value);
    at += Short.BYTES;
    return this;
  }

  /** The low 32 bits of a number. */
  LittleEndian u32(long value) {
    INT.set(bytes, at, (int) value);
    at += Integer.BYTES;
    return this;
  }

  LittleEndian u64(long value) {
    LONG.set(bytes, at, value);
    at += Long.BYTES;
    return this;
  }

  LittleEndian raw(byte[] more) {
    System.arraycopy(more, 0, bytes, at, more.length);
    at += more.length;
    return this;
  }

  /** The array, which is full. */
  byte[] bytes() {
    if (at != bytes.length) {
      throw new IllegalStateException(at + " of " + bytes.length + " bytes written");
    }
    return bytes;
  }

  static long u64(byte[] from, int index) {
    return (long) LONG.get(from, index);
  }

  static long u32(byte[] from, int index) {
    return (int) INT.get(from, index) & 0xFFFF_FFFFL;
  }

  static int u16(byte[] from, int index) {
    return (short) SHORT.get(from, index) & 0xFFFF;
  }

  static int u8(byte[] from, int index) {
    return from[index] & 0xFF;
  }

  static void put64(byte[] to, int index, long value) {
    LONG.set(to, index, value);
  }

  static void put32(byte[] to, int index, long value) {
    INT.set(to, index, (int) value);
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }
}
