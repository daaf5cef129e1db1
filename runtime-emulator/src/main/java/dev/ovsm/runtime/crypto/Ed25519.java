package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.List;

/** Ed25519 signatures as transactions and the precompile check them: strictly, per RFC 8032. */
public final class Ed25519 {
  /** The bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** The bytes of a signature: R, then s, little-endian. */
  public static final int SIGNATURE_BYTES = 64;

  private static final EdwardsPoint BASE = base();

  private Ed25519() {}

  /**
   * Whether 64 bytes sign a message under a key of 32 bytes: s is below the group's order, neither
   * the key nor R has small order, and {@code R = s·B - k·A} without a cofactor.
   */
  public static boolean verify(byte[] signature, byte[] publicKey, byte[] message) {
    byte[] encodedR = Bits.slice(signature, 0, 32);
    BigInteger s = Bits.littleEndian(Bits.slice(signature, 32, 32));
    EdwardsPoint key = EdwardsEncoding.decode(publicKey);
    EdwardsPoint r = EdwardsEncoding.decode(encodedR);
    if (s.compareTo(EdwardsCurve.ORDER) >= 0
        || key == null
        || r == null
        || EdwardsCurve.hasSmallOrder(key)
        || EdwardsCurve.hasSmallOrder(r)) {
      return false;
    }
    byte[] challenge = HashFunction.SHA512.hash(List.of(encodedR, publicKey, message));
    BigInteger k = Bits.littleEndian(challenge).mod(EdwardsCurve.ORDER);
    EdwardsPoint expected =
        EdwardsCurve.multiply(List.of(s, k), List.of(BASE, EdwardsCurve.negate(key)));
    return EdwardsCurve.equal(expected, r);
  }

  /** The point with y = 4/5 and an even x. */
  private static EdwardsPoint base() {
    Field25519 field = EdwardsCurve.FIELD;
    int[] y = field.multiply(field.of(4), field.invert(field.of(5)));
    EdwardsPoint base = EdwardsEncoding.decode(field.encode(y));
    if (base == null) {
      throw new IllegalStateException("the base point is on the curve");
    }
    return base;
  }
}
