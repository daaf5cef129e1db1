package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** ECDSA signatures over secp256r1 (FIPS 186-5, P-256) of SHA-256, with a low s (SIMD-0075). */
public final class Secp256r1 {
  /** The bytes of a key: the parity of y as 2 or 3, then x, big-endian. */
  public static final int KEY_BYTES = 33;

  /** The bytes of a signature: r, then s, big-endian. */
  public static final int SIGNATURE_BYTES = 64;

  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256r1");
  private static final BigInteger ORDER = PARAMETERS.getN();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private Secp256r1() {}

  /** Whether r is within {@code [1, n - 1]} and s within {@code [1, n/2]}. */
  public static boolean isInRange(byte[] signature) {
    BigInteger r = r(signature);
    BigInteger s = s(signature);
    return r.signum() > 0
        && r.compareTo(ORDER) < 0
        && s.signum() > 0
        && s.compareTo(HALF_ORDER) <= 0;
  }

  /** Whether 33 bytes are a point of the curve. */
  public static boolean isKey(byte[] key) {
    return decode(key) != null;
  }

  /** Whether a signature, whose range is right, signs a message under a key. */
  public static boolean verify(byte[] signature, byte[] key, byte[] message) {
    ECPoint point = decode(key);
    if (point == null || !isInRange(signature)) {
      return false;
    }
    BigInteger hash = Bits.bigEndian(HashFunction.SHA256.hash(message));
    BigInteger inverse = s(signature).modInverse(ORDER);
    BigInteger ofBase = hash.multiply(inverse).mod(ORDER);
    BigInteger ofKey = r(signature).multiply(inverse).mod(ORDER);
    ECPoint sum =
        ECAlgorithms.sumOfTwoMultiplies(PARAMETERS.getG(), ofBase, point, ofKey).normalize();
    return !sum.isInfinity()
        && sum.getAffineXCoord().toBigInteger().mod(ORDER).equals(r(signature));
  }

  private static BigInteger r(byte[] signature) {
    return Bits.bigEndian(Bits.slice(signature, 0, 32));
  }

  private static BigInteger s(byte[] signature) {
    return Bits.bigEndian(Bits.slice(signature, 32, 32));
  }

  private static @Nullable ECPoint decode(byte[] key) {
    if (key.length != KEY_BYTES || (key[0] != 2 && key[0] != 3)) {
      return null;
    }
    return CompressedPoint.decode(
        PARAMETERS.getCurve(), Bits.bigEndian(Bits.slice(key, 1, 32)), key[0] == 3);
  }
}
