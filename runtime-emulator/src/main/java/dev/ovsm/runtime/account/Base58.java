package dev.ovsm.runtime.account;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Base 58 in Bitcoin's alphabet; a leading zero byte is a leading {@code 1}. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private Base58() {}

  /** The text of some bytes; quadratic in their number, meant for keys and signatures. */
  public static String encode(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    // log(256) / log(58) is a little under 138 / 100
    byte[] digits = new byte[(bytes.length - zeros) * 138 / 100 + 1];
    int used = 0;
    for (int i = zeros; i < bytes.length; i++) {
      int carry = bytes[i] & 0xff;
      for (int j = 0; j < used || carry != 0; j++) {
        carry += digits[j] << 8;
        digits[j] = (byte) (carry % 58);
        carry /= 58;
        used = Math.max(used, j + 1);
      }
    }
    byte[] text = new byte[zeros + used];
    Arrays.fill(text, 0, zeros, (byte) '1');
    for (int i = 0; i < used; i++) {
      text[zeros + i] = (byte) ALPHABET.charAt(digits[used - 1 - i]);
    }
    return new String(text, StandardCharsets.US_ASCII);
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
    byte[] reversed = new byte[most];
    int used = 0;
    for (int i = zeros; i < text.length(); i++) {
      int carry = ALPHABET.indexOf(text.charAt(i));
      if (carry < 0) {
        return Optional.empty();
      }
      for (int j = 0; j < used || carry != 0; j++) {
        if (j == most) {
          return Optional.empty();
        }
        carry += (reversed[j] & 0xff) * 58;
        reversed[j] = (byte) carry;
        carry >>>= 8;
        used = Math.max(used, j + 1);
      }
    }
    if (zeros + used > most) {
      return Optional.empty();
    }
    byte[] bytes = new byte[zeros + used];
    for (int i = 0; i < used; i++) {
      bytes[zeros + i] = reversed[used - 1 - i];
    }
    return Optional.of(bytes);
  }
}
