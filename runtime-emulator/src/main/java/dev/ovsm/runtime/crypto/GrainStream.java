package dev.ovsm.runtime.crypto;

import java.math.BigInteger;

/**
 * The Grain LFSR that makes Poseidon's parameters (Poseidon paper, appendix E): 80 bits of state
 * that begin as the instance's description, and every second output bit kept if the one before it
 * is 1.
 */
final class GrainStream {
  private static final int STATE_BITS = 80;
  private static final int DISCARDED = 160;

  private final boolean[] state = new boolean[STATE_BITS];
  private final int fieldBits;
  private int start;

  GrainStream(int fieldBits, int width, int fullRounds, int partialRounds) {
    this.fieldBits = fieldBits;
    int at = 0;
    // A prime field, and x^a with a positive exponent for the S-box.
    at = describe(at, 1, 2);
    at = describe(at, 0, 4);
    at = describe(at, fieldBits, 12);
    at = describe(at, width, 12);
    at = describe(at, fullRounds, 10);
    at = describe(at, partialRounds, 10);
    describe(at, (1 << 30) - 1, 30);
    for (int i = 0; i < DISCARDED; i++) {
      shift();
    }
  }

  /** The next number of as many bits as the field's modulus. */
  BigInteger next() {
    byte[] bytes = new byte[(fieldBits + 7) / 8];
    for (int bit = fieldBits - 1; bit >= 0; bit--) {
      if (nextBit()) {
        bytes[bytes.length - 1 - bit / 8] |= (byte) (1 << (bit % 8));
      }
    }
    return new BigInteger(1, bytes);
  }

  /** The next number that is below a bound; others are dropped. */
  BigInteger nextBelow(BigInteger bound) {
    BigInteger number = next();
    while (number.compareTo(bound) >= 0) {
      number = next();
    }
    return number;
  }

  private int describe(int at, int value, int bits) {
    for (int i = 0; i < bits; i++) {
      state[at + i] = (value >> (bits - 1 - i) & 1) != 0;
    }
    return at + bits;
  }

  private boolean nextBit() {
    while (!shift()) {
      shift();
    }
    return shift();
  }

  private boolean shift() {
    boolean bit = at(62) ^ at(51) ^ at(38) ^ at(23) ^ at(13) ^ at(0);
    state[start] = bit;
    start = (start + 1) % STATE_BITS;
    return bit;
  }

  private boolean at(int index) {
    return state[(start + index) % STATE_BITS];
  }
}
