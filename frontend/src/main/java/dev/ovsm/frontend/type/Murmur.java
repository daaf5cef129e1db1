package dev.ovsm.frontend.type;

/** The hash of names that the runtime uses: MurmurHash3, 32 bits, x86, seed 0. */
final class Murmur {
  private Murmur() {}

  static int hash(byte[] data) {
    int hash = 0;
    int whole = data.length / 4 * 4;
    for (int i = 0; i < whole; i += 4) {
      int word =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      hash = Integer.rotateLeft(hash ^ mixed(word), 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int i = data.length - 1; i >= whole; i--) {
      tail = tail << 8 | (data[i] & 0xff);
    }
    if (whole < data.length) {
      hash ^= mixed(tail);
    }
    hash ^= data.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int mixed(int word) {
    return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
