package dev.ovsm.sbpf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The fields of an eight-byte instruction slot, packed in a {@code long} as they lie in memory:
 * code, dst and src nibbles, 16-bit offset, 32-bit immediate, little-endian.
 */
public final class Slot {
  /** The size of a slot in bytes. */
  public static final int BYTES = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Slot() {}

  /** Reads slot {@code pc}, which lies wholly inside {@code text}. */
  public static long read(byte[] text, int pc) {
    return (long) LONG.get(text, pc * BYTES);
  }

  /** Writes slot {@code pc}, which lies wholly inside {@code text}. */
  public static void write(byte[] text, int pc, long slot) {
    LONG.set(text, pc * BYTES, slot);
  }

  /** Packs fields; each is cut to its width. */
  public static long of(int code, int dst, int src, int off, int imm) {
    return (code & 0xFFL)
        | ((dst & 0xFL) << 8)
        | ((src & 0xFL) << 12)
        | ((off & 0xFFFFL) << 16)
        | ((long) imm << 32);
  }

  public static int code(long slot) {
    return (int) slot & 0xFF;
  }

  public static int dst(long slot) {
    return (int) (slot >>> 8) & 0xF;
  }

  public static int src(long slot) {
    return (int) (slot >>> 12) & 0xF;
  }

  public static int off(long slot) {
    return (short) (slot >>> 16);
  }

  public static int imm(long slot) {
    return (int) (slot >>> 32);
  }

  public static long withImm(long slot, int imm) {
    return (slot & 0xFFFF_FFFFL) | ((long) imm << 32);
  }
}
