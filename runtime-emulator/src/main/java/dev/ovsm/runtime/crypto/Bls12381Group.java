package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A group of BLS12-381 with points and scalars in one order of bytes. Validation, multiplication
 * and decompression want points of the group of prime order, the other operations any of the curve.
 */
public final class Bls12381Group<E> implements PointGroup {
  private final Bls12381Encoding<E> encoding;
  private final WeierstrassCurve<E> curve;
  private final Endianness order;

  Bls12381Group(Bls12381Encoding<E> encoding, Endianness order) {
    this.encoding = encoding;
    this.order = order;
    curve = encoding.curve();
  }

  @Override
  public int pointLength() {
    return encoding.pointLength();
  }

  @Override
  public boolean isValid(byte[] point) {
    return encoding.decodeMember(point, order) != null;
  }

  @Override
  public byte @Nullable [] add(byte[] left, byte[] right) {
    WeierstrassPoint<E> p = encoding.decode(left, order);
    WeierstrassPoint<E> q = encoding.decode(right, order);
    return p == null || q == null ? null : encoding.encode(curve.add(p, q), order);
  }

  @Override
  public byte @Nullable [] subtract(byte[] left, byte[] right) {
    WeierstrassPoint<E> p = encoding.decode(left, order);
    WeierstrassPoint<E> q = encoding.decode(right, order);
    return p == null || q == null ? null : encoding.encode(curve.add(p, curve.negate(q)), order);
  }

  @Override
  public byte @Nullable [] multiply(byte[] scalar, byte[] point) {
    BigInteger number = Bits.littleEndian(order.little(scalar));
    WeierstrassPoint<E> p = encoding.decodeMember(point, order);
    return p == null || number.compareTo(encoding.groupOrder()) >= 0
        ? null
        : encoding.encode(curve.multiply(p, number), order);
  }

  /** The whole point for half as many bytes of a compressed one. */
  public byte @Nullable [] decompress(byte[] compressed) {
    WeierstrassPoint<E> point = encoding.decompress(compressed, order);
    return point == null ? null : encoding.encode(point, order);
  }
}
