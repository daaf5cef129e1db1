package dev.ovsm.runtime.crypto;

import java.math.BigInteger;

/** Modular exponentiation of little-endian numbers (SIMD-0529). */
public final class BigModExp {
  private BigModExp() {}

  /** Whether a number may be a modulus: an odd one from 3 on. */
  public static boolean isModulus(byte[] number) {
    BigInteger modulus = Bits.littleEndian(number);
    return modulus.testBit(0) && !modulus.equals(BigInteger.ONE);
  }

  /**
   * {@code base^exponent mod modulus} in as many bytes as the modulus has. An empty number is zero.
   *
   * @param modulus one that {@link #isModulus}
   */
  public static byte[] power(byte[] base, byte[] exponent, byte[] modulus) {
    BigInteger m = Bits.littleEndian(modulus);
    BigInteger power = Bits.littleEndian(base).modPow(Bits.littleEndian(exponent), m);
    return Bits.littleEndian(power, modulus.length);
  }
}
