package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** Recovery of the key that made an ECDSA signature over secp256k1 (SEC 1, section 4.1.6). */
public final class Secp256k1 {
  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  private static final ECCurve CURVE = PARAMETERS.getCurve();
  private static final BigInteger ORDER = PARAMETERS.getN();

  private Secp256k1() {}

  /**
   * The key as x and y, 32 bytes each, big-endian; null when the signature has none.
   *
   * @param hash of the message, 32 bytes; a number beyond the order is reduced
   * @param recoveryId 0 to 3: bit 0 is the parity of the y of the signature's point, bit 1 tells
   *     that its x was beyond the order
   * @param signature r and s, 32 bytes each, big-endian; s may be high
   */
  public static byte @Nullable [] recover(byte[] hash, int recoveryId, byte[] signature) {
    BigInteger r = Bits.bigEndian(Bits.slice(signature, 0, 32));
    BigInteger s = Bits.bigEndian(Bits.slice(signature, 32, 32));
    if (!isScalar(r) || !isScalar(s)) {
      return null;
    }
    BigInteger x = (recoveryId & 2) == 0 ? r : r.add(ORDER);
    ECPoint point = CompressedPoint.decode(CURVE, x, (recoveryId & 1) != 0);
    if (point == null) {
      return null;
    }
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger ofBase = Bits.bigEndian(hash).negate().multiply(inverse).mod(ORDER);
    BigInteger ofPoint = s.multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(PARAMETERS.getG(), ofBase, point, ofPoint);
    // An uncompressed point is a byte 4 before its coordinates, infinity a single byte 0.
    return key.isInfinity() ? null : Arrays.copyOfRange(key.getEncoded(false), 1, 65);
  }

  /** Whether r and s of a signature are below the order; neither need be above zero. */
  public static boolean isInRange(byte[] signature) {
    return Bits.bigEndian(Bits.slice(signature, 0, 32)).compareTo(ORDER) < 0
        && Bits.bigEndian(Bits.slice(signature, 32, 32)).compareTo(ORDER) < 0;
  }

  private static boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(ORDER) < 0;
  }
}
