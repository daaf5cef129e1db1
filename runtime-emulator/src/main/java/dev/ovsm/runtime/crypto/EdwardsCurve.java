package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The curve {@code -x² + y² = 1 + d·x²y²} modulo 2^255 - 19 (RFC 8032) with its group law, which
 * has no exceptional cases.
 */
final class EdwardsCurve {
  static final Field25519 FIELD = new Field25519();

  /** The order of the base point's group, a prime; the curve has eight times as many points. */
  static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  static final int[] D = FIELD.multiply(FIELD.of(-121665), FIELD.invert(FIELD.of(121666)));
  static final EdwardsPoint IDENTITY =
      new EdwardsPoint(FIELD.zero(), FIELD.one(), FIELD.one(), FIELD.zero());
  private static final int[] TWICE_D = FIELD.twice(D);

  private EdwardsCurve() {}

  static EdwardsPoint affine(int[] x, int[] y) {
    return new EdwardsPoint(x, y, FIELD.one(), FIELD.multiply(x, y));
  }

  static EdwardsPoint negate(EdwardsPoint p) {
    return new EdwardsPoint(FIELD.negate(p.x()), p.y(), p.z(), FIELD.negate(p.t()));
  }

  static EdwardsPoint add(EdwardsPoint p, EdwardsPoint q) {
    int[] a = FIELD.multiply(FIELD.subtract(p.y(), p.x()), FIELD.subtract(q.y(), q.x()));
    int[] b = FIELD.multiply(FIELD.add(p.y(), p.x()), FIELD.add(q.y(), q.x()));
    int[] c = FIELD.multiply(FIELD.multiply(p.t(), TWICE_D), q.t());
    int[] d = FIELD.twice(FIELD.multiply(p.z(), q.z()));
    return combine(FIELD.subtract(b, a), FIELD.subtract(d, c), FIELD.add(d, c), FIELD.add(b, a));
  }

  static EdwardsPoint twice(EdwardsPoint p) {
    int[] a = FIELD.square(p.x());
    int[] b = FIELD.square(p.y());
    int[] h = FIELD.add(a, b);
    int[] e = FIELD.subtract(h, FIELD.square(FIELD.add(p.x(), p.y())));
    int[] g = FIELD.subtract(a, b);
    return combine(e, FIELD.add(FIELD.twice(FIELD.square(p.z())), g), g, h);
  }

  private static EdwardsPoint combine(int[] e, int[] f, int[] g, int[] h) {
    return new EdwardsPoint(
        FIELD.multiply(e, f), FIELD.multiply(g, h), FIELD.multiply(f, g), FIELD.multiply(e, h));
  }

  static boolean equal(EdwardsPoint p, EdwardsPoint q) {
    return FIELD.equal(FIELD.multiply(p.x(), q.z()), FIELD.multiply(q.x(), p.z()))
        && FIELD.equal(FIELD.multiply(p.y(), q.z()), FIELD.multiply(q.y(), p.z()));
  }

  /** Whether eight times the point is the identity. */
  static boolean hasSmallOrder(EdwardsPoint p) {
    return equal(twice(twice(twice(p))), IDENTITY);
  }

  /** The sum of multiples; all scalars share the doublings, four bits at a time. */
  static EdwardsPoint multiply(List<BigInteger> scalars, List<EdwardsPoint> points) {
    List<List<EdwardsPoint>> tables = new ArrayList<>();
    int bits = 0;
    for (int i = 0; i < points.size(); i++) {
      tables.add(multiples(points.get(i)));
      bits = Math.max(bits, scalars.get(i).bitLength());
    }
    EdwardsPoint sum = IDENTITY;
    for (int at = (bits + 3) / 4 * 4 - 4; at >= 0; at -= 4) {
      sum = twice(twice(twice(twice(sum))));
      for (int i = 0; i < tables.size(); i++) {
        int digit = Bits.digit(scalars.get(i), at, 4);
        if (digit != 0) {
          sum = add(sum, tables.get(i).get(digit));
        }
      }
    }
    return sum;
  }

  private static List<EdwardsPoint> multiples(EdwardsPoint point) {
    List<EdwardsPoint> multiples = new ArrayList<>(List.of(IDENTITY, point));
    while (multiples.size() < 16) {
      multiples.add(add(multiples.get(multiples.size() - 1), point));
    }
    return multiples;
  }
}
