package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups of BLS12-381 for {@code sol_curve_*} (SIMD-0388), points 96 or 192 bytes, scalars 32.
 */
public enum Bls12381 {
  G1 {
    @Override
    Bls12381Encoding<?> encoding() {
      return Constants.G1_ENCODING;
    }
  },
  G2 {
    @Override
    Bls12381Encoding<?> encoding() {
      return Constants.G2_ENCODING;
    }
  };

  /** More pairs than this have no pairing. */
  public static final int MAX_PAIRS = 8;

  abstract Bls12381Encoding<?> encoding();

  /** The number of bytes of a point; a compressed one has half of them. */
  public int pointLength() {
    return encoding().pointLength();
  }

  /** The group with points and scalars in an order of bytes. */
  public Bls12381Group<?> in(Endianness order) {
    return new Bls12381Group<>(encoding(), order);
  }

  /**
   * The product of the pairings of points of G1 and as many of G2, one after the other, 576 bytes:
   * the coefficients from the lowest to the highest, big-endian the other way round.
   *
   * <p>As in most implementations it is the cube of the reduced ate pairing.
   */
  public static byte @Nullable [] pairing(byte[] g1, byte[] g2, Endianness order) {
    int count = g1.length / G1.pointLength();
    if (count > MAX_PAIRS) {
      return null;
    }
    WeierstrassCurve<long[]> curve1 = Constants.G1_ENCODING.curve();
    WeierstrassCurve<Quadratic<long[]>> curve2 = Constants.G2_ENCODING.curve();
    List<Pairing.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WeierstrassPoint<long[]> p =
          Constants.G1_ENCODING.decodeMember(
              Bits.slice(g1, i * G1.pointLength(), G1.pointLength()), order);
      WeierstrassPoint<Quadratic<long[]>> q =
          Constants.G2_ENCODING.decodeMember(
              Bits.slice(g2, i * G2.pointLength(), G2.pointLength()), order);
      if (p == null || q == null) {
        return null;
      }
      if (!curve1.isInfinity(p) && !curve2.isInfinity(q)) {
        pairs.add(new Pairing.Pair(p, q));
      }
    }
    return order.little(encode(Constants.PAIRING.product(pairs)));
  }

  private static byte[] encode(Quadratic<Cubic<Quadratic<long[]>>> value) {
    byte[] bytes = new byte[12 * Constants.FIELD.byteLength()];
    int at = 0;
    for (Cubic<Quadratic<long[]>> half : List.of(value.c0(), value.c1())) {
      for (Quadratic<long[]> coefficient : List.of(half.c0(), half.c1(), half.c2())) {
        byte[] encoded = Constants.FIELD2.encode(coefficient);
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
        at += encoded.length;
      }
    }
    return bytes;
  }

  /** The curve's numbers; an enum's constants cannot use the statics of the enum itself. */
  private static final class Constants {
    static final PrimeField FIELD =
        new PrimeField(
            new BigInteger(
                "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf"
                    + "6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
                16));
    static final BigInteger ORDER =
        new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
    static final ComplexField FIELD2 = new ComplexField(FIELD);
    static final Quadratic<long[]> XI = FIELD2.of(1, 1);
    static final Bls12381Encoding<long[]> G1_ENCODING =
        new Bls12381Encoding<>(new WeierstrassCurve<>(FIELD, FIELD.of(4)), ORDER);
    static final Bls12381Encoding<Quadratic<long[]>> G2_ENCODING =
        new Bls12381Encoding<>(new WeierstrassCurve<>(FIELD2, FIELD2.of(4, 4)), ORDER);
    static final Pairing PAIRING =
        new Pairing(
            FIELD,
            FIELD2,
            XI,
            Pairing.Twist.MULTIPLIES,
            new BigInteger("-d201000000010000", 16),
            ORDER,
            3);

    private Constants() {}
  }
}
