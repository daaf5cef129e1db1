package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Points of BLS12-381 as Zcash encodes them: three spare bits above the first coordinate tell
 * compression, infinity and the sign of y; little-endian, those bits end the x.
 */
final class Bls12381Encoding<E> {
  private static final int COMPRESSED = 0x80;
  private static final int INFINITY = 0x40;
  private static final int LARGER = 0x20;
  private static final int FLAGS = COMPRESSED | INFINITY | LARGER;

  private final WeierstrassCurve<E> curve;
  private final CoordinateField<E> field;
  private final BigInteger groupOrder;
  private final int length;

  Bls12381Encoding(WeierstrassCurve<E> curve, BigInteger groupOrder) {
    this.curve = curve;
    this.groupOrder = groupOrder;
    field = curve.field();
    length = field.byteLength();
  }

  WeierstrassCurve<E> curve() {
    return curve;
  }

  BigInteger groupOrder() {
    return groupOrder;
  }

  /** The number of bytes of a point. */
  int pointLength() {
    return 2 * length;
  }

  /** A point of the curve, of whatever order, with z = 1 or infinity; null when it is not one. */
  @Nullable WeierstrassPoint<E> decode(byte[] bytes, Endianness order) {
    byte[] xBytes = order.little(Bits.slice(bytes, 0, length));
    byte[] yBytes = order.little(Bits.slice(bytes, length, length));
    int flags = xBytes[length - 1] & FLAGS;
    if (flags == INFINITY) {
      return isPlainInfinity(xBytes) && Bits.isZero(yBytes) ? curve.infinity() : null;
    }
    E x = field.decode(xBytes);
    E y = field.decode(yBytes);
    return flags == 0 && x != null && y != null && curve.contains(x, y) ? curve.affine(x, y) : null;
  }

  /** A point of the group of order r; null when it is not one. */
  @Nullable WeierstrassPoint<E> decodeMember(byte[] bytes, Endianness order) {
    return member(decode(bytes, order));
  }

  /** The point of the group that a compressed one stands for; null when there is none. */
  @Nullable WeierstrassPoint<E> decompress(byte[] compressed, Endianness order) {
    byte[] bytes = order.little(compressed).clone();
    int flags = bytes[length - 1] & FLAGS;
    if ((flags & COMPRESSED) == 0) {
      return null;
    }
    if ((flags & INFINITY) != 0) {
      bytes[length - 1] &= ~COMPRESSED;
      return isPlainInfinity(bytes) ? curve.infinity() : null;
    }
    bytes[length - 1] &= ~FLAGS;
    E x = field.decode(bytes);
    E y = x == null ? null : field.squareRoot(curve.right(x));
    if (x == null || y == null) {
      return null;
    }
    boolean asWanted = field.isSmaller(y) == ((flags & LARGER) == 0);
    return member(curve.affine(x, asWanted ? y : field.negate(y)));
  }

  byte[] encode(WeierstrassPoint<E> point, Endianness order) {
    byte[] bytes = new byte[2 * length];
    if (curve.isInfinity(point)) {
      bytes[order == Endianness.BIG ? 0 : length - 1] = INFINITY;
      return bytes;
    }
    WeierstrassPoint<E> affine = curve.normalize(point);
    System.arraycopy(order.little(field.encode(affine.x())), 0, bytes, 0, length);
    System.arraycopy(order.little(field.encode(affine.y())), 0, bytes, length, length);
    return bytes;
  }

  private @Nullable WeierstrassPoint<E> member(@Nullable WeierstrassPoint<E> point) {
    return point != null && curve.isInfinity(curve.multiply(point, groupOrder)) ? point : null;
  }

  /** Whether the x of infinity has its one flag and nothing else. */
  private boolean isPlainInfinity(byte[] xBytes) {
    byte[] rest = xBytes.clone();
    rest[length - 1] ^= INFINITY;
    return Bits.isZero(rest);
  }
}
