package dev.ovsm.runtime.account;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Base 58 in Bitcoin's alphabet; a leading zero byte is a leading {@code 1}. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** The digits of a number are worked on in groups. */
  private static final int LIMB_DIGITS = 5;

  private static final long LIMB = 58L * 58 * 58 * 58 * 58;

  private Base58() {}

  /** The text of some bytes; quadratic in their number, meant for keys and signatures. */
  public static String encode(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    // log(256) / log(58) is a little under 138 / 100
    int[] limbs = new int[(bytes.length - zeros) * 138 / 100 / LIMB_DIGITS + 1];
    int used = 0;
    int next = zeros;
    while (next < bytes.length) {
      // a first word that may be short, then whole words of 32 bits
      int end = next + (bytes.length - next + 3) % 4 + 1;
      long carry = 0;
      while (next < end) {
        carry = (carry << 8) | (bytes[next++] & 0xff);
      }
      for (int i = 0; i < used || carry != 0; i++) {
        long sum = ((long) limbs[i] << 32) + carry;
        limbs[i] = (int) (sum % LIMB);
        carry = sum / LIMB;
        if (i == used) {
          used++;
        }
      }
    }
    return text(zeros, limbs, used);
  }

  private static String text(int zeros, int[] limbs, int used) {
    byte[] text = new byte[zeros + used * LIMB_DIGITS];
    int at = text.length;
    for (int i = 0; i < used; i++) {
      int limb = limbs[i];
      // the last limb is the number's head and has no zeros in front
      for (int digit = 0; i < used - 1 ? digit < LIMB_DIGITS : limb != 0; digit++) {
        text[--at] = (byte) ALPHABET.charAt(limb % 58);
        limb /= 58;
      }
    }
    Arrays.fill(text, at - zeros, at, (byte) '1');
    return new String(text, at - zeros, text.length - at + zeros, StandardCharsets.US_ASCII);
  }

  /**
   * The bytes of a text, or nothing if it has a foreign character or more than {@code most} bytes.
   */
  public static Optional<byte[]> decode(String text, int most) {
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    if (zeros > most) {
      return Optional.empty();
    }
    int[] words = new int[(most + 3) / 4];
    int used = 0;
    int next = zeros;
    while (next < text.length()) {
      // a first group that may be short, then whole groups of five digits
      int end = next + (text.length() - next + LIMB_DIGITS - 1) % LIMB_DIGITS + 1;
      long carry = 0;
      long scale = 1;
      while (next < end) {
        int digit = ALPHABET.indexOf(text.charAt(next++));
        if (digit < 0) {
          return Optional.empty();
        }
        carry = carry * 58 + digit;
        scale *= 58;
      }
      for (int i = 0; i < used || carry != 0; i++) {
        if (i == words.length) {
          return Optional.empty();
        }
        carry += (words[i] & 0xffffffffL) * scale;
        words[i] = (int) carry;
        carry >>>= 32;
        if (i == used) {
          used++;
        }
      }
    }
    return bytes(zeros, words, used, most);
  }

  private static Optional<byte[]> bytes(int zeros, int[] words, int used, int most) {
    int length =
        used == 0 ? 0 : used * 4 - Integer.numberOfLeadingZeros(words[used - 1]) / Byte.SIZE;
    if (zeros + length > most) {
      return Optional.empty();
    }
    byte[] bytes = new byte[zeros + length];
    for (int i = 0; i < length; i++) {
      bytes[bytes.length - 1 - i] = (byte) (words[i / 4] >>> (i % 4 * Byte.SIZE));
    }
    return Optional.of(bytes);
  }
}
