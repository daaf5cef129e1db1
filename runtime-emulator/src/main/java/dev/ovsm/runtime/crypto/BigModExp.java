package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Modular exponentiation of little-endian numbers (SIMD-0529). */
public final class BigModExp {
  private BigModExp() {}

  /**
   * {@code base^exponent mod modulus} in as many bytes as the modulus has; null when that is even
   * or below 3. An empty number is zero.
   */
  public static byte @Nullable [] power(byte[] base, byte[] exponent, byte[] modulus) {
    BigInteger m = Bits.littleEndian(modulus);
    if (!m.testBit(0) || m.equals(BigInteger.ONE)) {
      return null;
    }
    BigInteger power = Bits.littleEndian(base).modPow(Bits.littleEndian(exponent), m);
    return Bits.littleEndian(power, modulus.length);
  }
}
