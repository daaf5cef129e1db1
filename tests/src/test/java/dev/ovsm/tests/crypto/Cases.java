package dev.ovsm.tests.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeded inputs: random ones, and the edges of numbers below a modulus. */
final class Cases {
  private final Random random;

  Cases(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  BigInteger numberBelow(BigInteger bound) {
    return new BigInteger(bound.bitLength() + 64, random).mod(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Numbers around zero, the modulus and the end of the bytes, big-endian. */
  static List<byte[]> edges(BigInteger modulus, int length) {
    BigInteger end = BigInteger.ONE.shiftLeft(8 * length);
    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 0; i <= 3; i++) {
      BigInteger offset = BigInteger.valueOf(i);
      numbers.add(offset);
      numbers.add(modulus.subtract(offset));
      numbers.add(modulus.add(offset));
      numbers.add(modulus.shiftRight(1).add(offset));
      numbers.add(end.subtract(offset));
    }
    return numbers.stream()
        .filter(number -> number.compareTo(end) < 0)
        .map(number -> bigEndian(number, length))
        .toList();
  }

  static byte[] bigEndian(BigInteger number, int length) {
    byte[] magnitude = number.toByteArray();
    int from = Math.max(0, magnitude.length - length);
    byte[] bytes = new byte[length];
    int size = magnitude.length - from;
    System.arraycopy(magnitude, from, bytes, length - size, size);
    return bytes;
  }

  static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** A copy with one random bit turned over. */
  byte[] damaged(byte[] bytes) {
    byte[] copy = bytes.clone();
    if (copy.length > 0) {
      copy[below(copy.length)] ^= (byte) (1 << below(8));
    }
    return copy;
  }
}
