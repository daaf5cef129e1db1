package dev.ovsm.runtime.account;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A 32-byte address, held as four big-endian words so that comparing and hashing touch no array.
 *
 * <p>The order is that of the bytes, unsigned, first byte first.
 */
public record Pubkey(long word0, long word1, long word2, long word3) implements Comparable<Pubkey> {
  /** Length in bytes. */
  public static final int BYTES = 32;

  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The key of 32 bytes that start at an index; the array must hold them. */
  public static Pubkey read(byte[] bytes, int at) {
    return new Pubkey(
        (long) WORD.get(bytes, at),
        (long) WORD.get(bytes, at + 8),
        (long) WORD.get(bytes, at + 16),
        (long) WORD.get(bytes, at + 24));
  }

  /** The key of exactly 32 bytes. */
  public static Pubkey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
    }
    return read(bytes, 0);
  }

  /** A key written in base 58 in our own code; use {@link #parse} for what a user wrote. */
  public static Pubkey of(String base58) {
    return parse(base58)
        .orElseThrow(() -> new IllegalArgumentException("not a base 58 key: " + base58));
  }

  /** The key a user wrote in base 58, if it is one. */
  public static Optional<Pubkey> parse(String base58) {
    return Base58.decode(base58, BYTES).filter(key -> key.length == BYTES).map(Pubkey::of);
  }

  /** Whether the 32 bytes at an index are this key; the array must hold them. */
  public boolean matches(byte[] bytes, int at) {
    return word0 == (long) WORD.get(bytes, at)
        && word1 == (long) WORD.get(bytes, at + 8)
        && word2 == (long) WORD.get(bytes, at + 16)
        && word3 == (long) WORD.get(bytes, at + 24);
  }

  /** Writes the 32 bytes at an index. */
  public void write(byte[] bytes, int at) {
    WORD.set(bytes, at, word0);
    WORD.set(bytes, at + 8, word1);
    WORD.set(bytes, at + 16, word2);
    WORD.set(bytes, at + 24, word3);
  }

  /** A fresh array of the 32 bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    write(bytes, 0);
    return bytes;
  }

  @Override
  public int compareTo(Pubkey other) {
    int order = Long.compareUnsigned(word0, other.word0);
    if (order == 0) {
      order = Long.compareUnsigned(word1, other.word1);
    }
    if (order == 0) {
      order = Long.compareUnsigned(word2, other.word2);
    }
    return order == 0 ? Long.compareUnsigned(word3, other.word3) : order;
  }

  /** Written out, as {@link #hashCode} is: a record's own is slow until it is compiled. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pubkey key
        && word0 == key.word0
        && word1 == key.word1
        && word2 == key.word2
        && word3 == key.word3;
  }

  @Override
  public int hashCode() {
    // a product carries upwards only, so what is on top comes down before the last one
    long sum = word0 * MIX + word1 * (MIX + 2) + word2 * (MIX + 4) + word3 * (MIX + 6);
    return (int) (((sum ^ (sum >>> 32)) * MIX) >>> 32);
  }

  /** Base 58. */
  @Override
  public String toString() {
    return Base58.encode(bytes());
  }
}
