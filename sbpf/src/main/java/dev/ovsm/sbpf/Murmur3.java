package dev.ovsm.sbpf;

import java.nio.charset.StandardCharsets;

/** The 32-bit murmur3 hash with seed 0, which names syscalls and functions in code. */
public final class Murmur3 {
  private Murmur3() {}

  /** The hash of a name's UTF-8 bytes. */
  public static int hash(String name) {
    return hash(name.getBytes(StandardCharsets.UTF_8));
  }

  public static int hash(byte[] bytes) {
    int hash = 0;
    int whole = bytes.length & ~3;
    for (int at = 0; at < whole; at += 4) {
      hash = Integer.rotateLeft(hash ^ scramble(word(bytes, at, 4)), 13) * 5 + 0xE654_6B64;
    }
    if (whole < bytes.length) {
      hash ^= scramble(word(bytes, whole, bytes.length - whole));
    }
    hash ^= bytes.length;
    hash = (hash ^ (hash >>> 16)) * 0x85EB_CA6B;
    hash = (hash ^ (hash >>> 13)) * 0xC2B2_AE35;
    return hash ^ (hash >>> 16);
  }

  private static int scramble(int word) {
    return Integer.rotateLeft(word * 0xCC9E_2D51, 15) * 0x1B87_3593;
  }

  private static int word(byte[] bytes, int at, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[at + i] & 0xFF) << (8 * i);
    }
    return word;
  }
}
