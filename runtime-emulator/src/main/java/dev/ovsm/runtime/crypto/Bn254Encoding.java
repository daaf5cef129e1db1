package dev.ovsm.runtime.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Points of BN254 as arkworks encodes them: two spare bits above the last coordinate tell infinity
 * and the sign of y; Solana adds that a point of zeros is infinity.
 */
final class Bn254Encoding<E> {
  private static final int INFINITY = 0x40;
  private static final int NEGATIVE = 0x80;
  private static final int FLAGS = INFINITY | NEGATIVE;

  private final WeierstrassCurve<E> curve;
  private final CoordinateField<E> field;
  private final int length;

  Bn254Encoding(WeierstrassCurve<E> curve) {
    this.curve = curve;
    field = curve.field();
    length = field.byteLength();
  }

  WeierstrassCurve<E> curve() {
    return curve;
  }

  /** The number of bytes of a point. */
  int pointLength() {
    return 2 * length;
  }

  /** The point at some offset with z = 1 or infinity, or null when it is not on the curve. */
  @Nullable WeierstrassPoint<E> decode(byte[] input, int at, Endianness order) {
    WeierstrassPoint<E> point = read(Bits.slice(input, at, 2 * length), order);
    boolean onCurve =
        point != null && (curve.isInfinity(point) || curve.contains(point.x(), point.y()));
    return onCurve ? point : null;
  }

  byte[] encode(WeierstrassPoint<E> point, Endianness order) {
    byte[] bytes = new byte[2 * length];
    if (!curve.isInfinity(point)) {
      WeierstrassPoint<E> affine = curve.normalize(point);
      System.arraycopy(order.little(field.encode(affine.x())), 0, bytes, 0, length);
      System.arraycopy(order.little(field.encode(affine.y())), 0, bytes, length, length);
    }
    return bytes;
  }

  /** The x of a point, which need not be on the curve, with its flags. */
  byte @Nullable [] compress(byte[] input, Endianness order) {
    if (input.length != 2 * length) {
      return null;
    }
    if (Bits.isZero(input)) {
      return new byte[length];
    }
    WeierstrassPoint<E> point = read(input, order);
    if (point == null) {
      return null;
    }
    boolean infinity = curve.isInfinity(point);
    byte[] bytes = infinity ? new byte[length] : field.encode(point.x());
    if (infinity) {
      bytes[length - 1] |= INFINITY;
    } else if (!field.isSmaller(point.y())) {
      bytes[length - 1] |= (byte) NEGATIVE;
    }
    return order.little(bytes);
  }

  /** The point on the curve, of whatever order, that a compressed one stands for. */
  byte @Nullable [] decompress(byte[] input, Endianness order) {
    if (input.length != length) {
      return null;
    }
    if (Bits.isZero(input)) {
      return new byte[2 * length];
    }
    byte[] bytes = order.little(input);
    int flags = bytes[length - 1] & FLAGS;
    E x = field.decode(withoutFlags(bytes));
    if (x == null || flags == FLAGS) {
      return null;
    }
    if (flags == INFINITY) {
      return encode(curve.infinity(), order);
    }
    E y = field.squareRoot(curve.right(x));
    if (y == null) {
      return null;
    }
    boolean asWanted = field.isSmaller(y) == (flags != NEGATIVE);
    return encode(curve.affine(x, asWanted ? y : field.negate(y)), order);
  }

  /** Coordinates below the modulus, whether on the curve or not. */
  private @Nullable WeierstrassPoint<E> read(byte[] input, Endianness order) {
    if (Bits.isZero(input)) {
      return curve.infinity();
    }
    byte[] bytes = order.little(Bits.slice(input, length, length));
    int flags = bytes[length - 1] & FLAGS;
    E x = field.decode(order.little(Bits.slice(input, 0, length)));
    E y = field.decode(withoutFlags(bytes));
    if (x == null || y == null || flags == FLAGS) {
      return null;
    }
    return flags == INFINITY ? curve.infinity() : curve.affine(x, y);
  }

  private byte[] withoutFlags(byte[] bytes) {
    byte[] plain = Arrays.copyOf(bytes, length);
    plain[length - 1] &= ~FLAGS;
    return plain;
  }
}
