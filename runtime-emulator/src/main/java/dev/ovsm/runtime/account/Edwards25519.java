package dev.ovsm.runtime.account;

import java.math.BigInteger;

/**
 * Tells whether 32 bytes are the compressed form of a point, as the public half of a key pair is.
 */
final class Edwards25519 {
  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final BigInteger EULER = P.subtract(BigInteger.ONE).shiftRight(1);

  private Edwards25519() {}

  /**
   * Whether some x satisfies the curve's equation for the y in the low 255 bits.
   *
   * <p>x² is (y² − 1) / (d·y² + 1), which is a square exactly if the product of the two is. A y
   * beyond the field's order counts, as does a sign of zero.
   */
  static boolean isOnCurve(byte[] bytes) {
    byte[] bigEndian = new byte[Pubkey.BYTES];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = bytes[Pubkey.BYTES - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    BigInteger square = new BigInteger(1, bigEndian).modPow(BigInteger.TWO, P);
    BigInteger product =
        square.subtract(BigInteger.ONE).multiply(D.multiply(square).add(BigInteger.ONE)).mod(P);
    return product.signum() == 0 || product.modPow(EULER, P).equals(BigInteger.ONE);
  }
}
