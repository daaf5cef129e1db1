package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/** Conversions between bytes in either order and numbers. */
final class Bits {
  private Bits() {}

  /** The bits {@code [at, at + width)} of a number that is not negative. */
  static int digit(BigInteger number, int at, int width) {
    int digit = 0;
    for (int i = width - 1; i >= 0; i--) {
      digit = 2 * digit + (number.testBit(at + i) ? 1 : 0);
    }
    return digit;
  }

  static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  static BigInteger bigEndian(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  static BigInteger littleEndian(byte[] bytes) {
    return new BigInteger(1, reversed(bytes));
  }

  /** A number below 256^length. */
  static byte[] bigEndian(BigInteger number, int length) {
    byte[] magnitude = number.toByteArray();
    int from = Math.max(0, magnitude.length - length);
    byte[] bytes = new byte[length];
    int size = magnitude.length - from;
    System.arraycopy(magnitude, from, bytes, length - size, size);
    return bytes;
  }

  static byte[] littleEndian(BigInteger number, int length) {
    return reversed(bigEndian(number, length));
  }

  static byte[] slice(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
