package dev.ovsm.runtime.crypto;

import static dev.ovsm.runtime.crypto.EdwardsCurve.FIELD;

import org.jspecify.annotations.Nullable;

/** RFC 8032: y in 255 bits and the sign of x in the last, read as leniently as dalek does. */
final class EdwardsEncoding {
  private static final int SIGN = 0x80;

  private EdwardsEncoding() {}

  static @Nullable EdwardsPoint decode(byte[] bytes) {
    int[] y = FIELD.decode(bytes);
    int[] yy = FIELD.square(y);
    int[] u = FIELD.subtract(yy, FIELD.one());
    int[] v = FIELD.add(FIELD.multiply(EdwardsCurve.D, yy), FIELD.one());
    int[] x = FIELD.rootOfQuotient(u, v);
    if (x == null) {
      return null;
    }
    return EdwardsCurve.affine((bytes[31] & SIGN) == 0 ? x : FIELD.negate(x), y);
  }

  static byte[] encode(EdwardsPoint point) {
    int[] inverse = FIELD.invert(point.z());
    byte[] bytes = FIELD.encode(FIELD.multiply(point.y(), inverse));
    if (FIELD.isNegative(FIELD.multiply(point.x(), inverse))) {
      bytes[31] |= (byte) SIGN;
    }
    return bytes;
  }
}
