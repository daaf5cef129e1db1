package dev.ovsm.runtime.crypto;

import static dev.ovsm.runtime.crypto.EdwardsCurve.FIELD;

import org.jspecify.annotations.Nullable;

/** ristretto255 (RFC 9496, sections 4.3.1 and 4.3.2): one encoding for four Edwards points. */
final class RistrettoEncoding {
  private static final int[] ONE = FIELD.one();
  private static final int[] ROOT_OF_MINUS_ONE = requireRoot(FIELD.of(-1), ONE);
  private static final int[] ROOT_OF_A_MINUS_D_INVERSE =
      requireRoot(ONE, FIELD.subtract(FIELD.negate(ONE), EdwardsCurve.D));

  private RistrettoEncoding() {}

  static @Nullable EdwardsPoint decode(byte[] bytes) {
    int[] s = FIELD.decode(bytes);
    if (!FIELD.isCanonical(bytes) || FIELD.isNegative(s)) {
      return null;
    }
    int[] ss = FIELD.square(s);
    int[] u1 = FIELD.subtract(ONE, ss);
    int[] u2 = FIELD.add(ONE, ss);
    int[] u2u2 = FIELD.square(u2);
    int[] v = FIELD.subtract(FIELD.negate(FIELD.multiply(EdwardsCurve.D, FIELD.square(u1))), u2u2);
    int[] inverse = FIELD.rootOfQuotient(ONE, FIELD.multiply(v, u2u2));
    if (inverse == null) {
      return null;
    }
    int[] denominatorX = FIELD.multiply(inverse, u2);
    int[] denominatorY = FIELD.multiply(FIELD.multiply(inverse, denominatorX), v);
    int[] x = FIELD.absolute(FIELD.multiply(FIELD.twice(s), denominatorX));
    int[] y = FIELD.multiply(u1, denominatorY);
    EdwardsPoint point = EdwardsCurve.affine(x, y);
    return FIELD.isNegative(point.t()) || FIELD.isZero(y) ? null : point;
  }

  static byte[] encode(EdwardsPoint p) {
    int[] u1 = FIELD.multiply(FIELD.add(p.z(), p.y()), FIELD.subtract(p.z(), p.y()));
    int[] u2 = FIELD.multiply(p.x(), p.y());
    // u1·u2² always has a root, or is zero, whose root is zero.
    int[] product = FIELD.multiply(u1, FIELD.square(u2));
    int[] inverse = FIELD.isZero(product) ? FIELD.zero() : requireRoot(ONE, product);
    int[] first = FIELD.multiply(inverse, u1);
    int[] second = FIELD.multiply(inverse, u2);
    int[] zInverse = FIELD.multiply(FIELD.multiply(first, second), p.t());
    boolean rotate = FIELD.isNegative(FIELD.multiply(p.t(), zInverse));
    int[] x = rotate ? FIELD.multiply(p.y(), ROOT_OF_MINUS_ONE) : p.x();
    int[] y = rotate ? FIELD.multiply(p.x(), ROOT_OF_MINUS_ONE) : p.y();
    int[] denominator = rotate ? FIELD.multiply(first, ROOT_OF_A_MINUS_D_INVERSE) : second;
    if (FIELD.isNegative(FIELD.multiply(x, zInverse))) {
      y = FIELD.negate(y);
    }
    int[] s = FIELD.multiply(denominator, FIELD.subtract(p.z(), y));
    return FIELD.encode(FIELD.absolute(s));
  }

  private static int[] requireRoot(int[] u, int[] v) {
    int[] root = FIELD.rootOfQuotient(u, v);
    if (root == null) {
      throw new IllegalStateException("a quotient that is a square has no root");
    }
    return root;
  }
}
