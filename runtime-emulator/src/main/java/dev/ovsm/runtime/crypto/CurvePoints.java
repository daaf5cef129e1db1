package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The group operations of {@code sol_curve_*} over encoded points of curve25519; null when a point
 * does not decode or a scalar is not below the group's order.
 */
public enum CurvePoints implements PointGroup {
  /**
   * Edwards points of RFC 8032. As in dalek, a y beyond the modulus is reduced and a zero x may
   * have its sign bit set; results are canonical.
   */
  EDWARDS {
    @Override
    @Nullable EdwardsPoint decode(byte[] bytes) {
      return EdwardsEncoding.decode(bytes);
    }

    @Override
    byte[] encode(EdwardsPoint point) {
      return EdwardsEncoding.encode(point);
    }
  },
  /** ristretto255 of RFC 9496; only canonical encodings decode. */
  RISTRETTO {
    @Override
    @Nullable EdwardsPoint decode(byte[] bytes) {
      return RistrettoEncoding.decode(bytes);
    }

    @Override
    byte[] encode(EdwardsPoint point) {
      return RistrettoEncoding.encode(point);
    }
  };

  abstract @Nullable EdwardsPoint decode(byte[] bytes);

  abstract byte[] encode(EdwardsPoint point);

  @Override
  public int pointLength() {
    return 32;
  }

  /** Whether 32 bytes decode; of program addresses, none may as an Edwards point. */
  @Override
  public boolean isValid(byte[] point) {
    return decode(point) != null;
  }

  @Override
  public byte @Nullable [] add(byte[] left, byte[] right) {
    EdwardsPoint p = decode(left);
    EdwardsPoint q = decode(right);
    return p == null || q == null ? null : encode(EdwardsCurve.add(p, q));
  }

  @Override
  public byte @Nullable [] subtract(byte[] left, byte[] right) {
    EdwardsPoint p = decode(left);
    EdwardsPoint q = decode(right);
    return p == null || q == null ? null : encode(EdwardsCurve.add(p, EdwardsCurve.negate(q)));
  }

  @Override
  public byte @Nullable [] multiply(byte[] scalar, byte[] point) {
    return multiply(List.of(scalar), List.of(point));
  }

  /** The sum of {@code scalar · point}; as many of the one as of the other, perhaps none. */
  public byte @Nullable [] multiply(List<byte[]> scalars, List<byte[]> points) {
    List<BigInteger> numbers = new ArrayList<>();
    for (byte[] scalar : scalars) {
      BigInteger number = Bits.littleEndian(scalar);
      if (number.compareTo(EdwardsCurve.ORDER) >= 0) {
        return null;
      }
      numbers.add(number);
    }
    List<EdwardsPoint> decoded = new ArrayList<>();
    for (byte[] point : points) {
      EdwardsPoint p = decode(point);
      if (p == null) {
        return null;
      }
      decoded.add(p);
    }
    return encode(EdwardsCurve.multiply(numbers, decoded));
  }
}
