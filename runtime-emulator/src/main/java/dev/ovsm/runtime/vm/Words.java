package dev.ovsm.runtime.vm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian words in byte arrays; an index outside the array is the caller's mistake. */
final class Words {
  static final VarHandle SHORT = view(short[].class);
  static final VarHandle INT = view(int[].class);
  static final VarHandle LONG = view(long[].class);

  private Words() {}

  /** Reads 1, 2, 4 or 8 bytes, zero-extended. */
  static long get(byte[] array, int at, int bytes) {
    return switch (bytes) {
      case 1 -> array[at] & 0xFFL;
      case 2 -> (short) SHORT.get(array, at) & 0xFFFFL;
      case 4 -> (int) INT.get(array, at) & 0xFFFF_FFFFL;
      case 8 -> (long) LONG.get(array, at);
      default -> throw new IllegalArgumentException("no access of " + bytes + " bytes");
    };
  }

  /** Writes the low 1, 2, 4 or 8 bytes of a value. */
  static void set(byte[] array, int at, int bytes, long value) {
    switch (bytes) {
      case 1 -> array[at] = (byte) value;
      case 2 -> SHORT.set(array, at, (short) value);
      case 4 -> INT.set(array, at, (int) value);
      case 8 -> LONG.set(array, at, value);
      default -> throw new IllegalArgumentException("no access of " + bytes + " bytes");
    }
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }
}
