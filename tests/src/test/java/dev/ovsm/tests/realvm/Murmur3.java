package dev.ovsm.tests.realvm;

import java.nio.charset.StandardCharsets;

/** MurmurHash3 of 32 bits with seed 0: how sBPF names a syscall. */
final class Murmur3 {
  private Murmur3() {}

  static int hash(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int hash = 0;
    int whole = bytes.length / 4 * 4;
    for (int i = 0; i < bytes.length; i += 4) {
      int word = 0;
      for (int k = Math.min(i + 3, bytes.length - 1); k >= i; k--) {
        word = (word << 8) | (bytes[k] & 0xff);
      }
      hash ^= Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
      if (i < whole) {
        hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
      }
    }
    hash ^= bytes.length;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
