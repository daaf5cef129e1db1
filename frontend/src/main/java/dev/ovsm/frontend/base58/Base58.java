package dev.ovsm.frontend.base58;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Decodes and encodes public keys in the base58 alphabet of Bitcoin and Solana. */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);

  private Base58() {}

  /** The 32 bytes that {@code text} stands for, or nothing if it is not a public key. */
  public static Optional<List<Byte>> publicKey(String text) {
    if (text.length() < 32 || text.length() > 44) {
      return Optional.empty();
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    int significant = (number.bitLength() + 7) / 8;
    if (zeros + significant != 32) {
      return Optional.empty();
    }
    List<Byte> bytes = new ArrayList<>(Collections.nCopies(32, (byte) 0));
    for (int i = 31; number.signum() > 0; i--) {
      bytes.set(i, number.byteValue());
      number = number.shiftRight(8);
    }
    return Optional.of(bytes);
  }

  /** The notation of these bytes. */
  public static String encode(List<Byte> bytes) {
    BigInteger number = BigInteger.ZERO;
    int zeros = 0;
    for (byte b : bytes) {
      if (number.signum() == 0 && b == 0) {
        zeros++;
      }
      number = number.shiftLeft(8).or(BigInteger.valueOf(b & 0xff));
    }
    StringBuilder digits = new StringBuilder();
    while (number.signum() > 0) {
      BigInteger[] parts = number.divideAndRemainder(BASE);
      digits.append(ALPHABET.charAt(parts[1].intValue()));
      number = parts[0];
    }
    return "1".repeat(zeros) + digits.reverse();
  }
}
