package dev.ovsm.tests.realvm;

import java.math.BigInteger;

/** Base58 in Bitcoin's alphabet, as Solana writes keys; leading zero bytes are leading ones. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(58);

  private Base58() {}

  /** The text of some bytes. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() != 0) {
      BigInteger[] parts = rest.divideAndRemainder(RADIX);
      text.append(ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(ALPHABET.charAt(0));
    }
    return text.reverse().toString();
  }

  /** The 32 bytes of a key; an {@link IllegalArgumentException} when the text is not one. */
  public static byte[] decodeKey(String text) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("not base58: " + text);
      }
      value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
    }
    byte[] magnitude = value.toByteArray();
    byte[] key = new byte[32];
    int from = magnitude[0] == 0 ? 1 : 0;
    int length = magnitude.length - from;
    if (length > key.length) {
      throw new IllegalArgumentException("longer than a key: " + text);
    }
    System.arraycopy(magnitude, from, key, key.length - length, length);
    return key;
  }
}
