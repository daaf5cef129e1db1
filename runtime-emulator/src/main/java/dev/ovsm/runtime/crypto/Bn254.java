package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The curve alt_bn128 of {@code sol_alt_bn128_group_op} and {@code sol_alt_bn128_compression}
 * (EIP-196, EIP-197; SIMD-0284 for little-endian, SIMD-0302 for G2).
 *
 * <p>Points are x and y, scalars 32 bytes, of any size. Big-endian inputs of G1 may be shorter:
 * zeros follow.
 */
public final class Bn254 {
  static final PrimeField FIELD =
      new PrimeField(
          new BigInteger(
              "21888242871839275222246405745257275088696311157297823662689037894645226208583"));
  static final BigInteger ORDER =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  private static final BigInteger X = BigInteger.valueOf(4965661367192848881L);
  private static final ComplexField FIELD2 = new ComplexField(FIELD);
  private static final Quadratic<long[]> XI = FIELD2.of(9, 1);
  private static final Bn254Encoding<long[]> G1 =
      new Bn254Encoding<>(new WeierstrassCurve<>(FIELD, FIELD.of(3)));
  private static final Bn254Encoding<Quadratic<long[]>> G2 =
      new Bn254Encoding<>(
          new WeierstrassCurve<>(FIELD2, FIELD2.multiply(FIELD2.of(3, 0), FIELD2.invert(XI))));
  private static final Pairing PAIRING =
      new Pairing(
          FIELD,
          FIELD2,
          XI,
          Pairing.Twist.DIVIDES,
          X.multiply(X).multiply(BigInteger.valueOf(6)),
          ORDER,
          1);
  private static final int SCALAR = 32;

  private Bn254() {}

  /** The sum of two points of G1, 64 bytes each. */
  public static byte @Nullable [] addG1(byte[] input, Endianness order) {
    byte[] points = padded(input, 2 * G1.pointLength(), order);
    return points == null ? null : add(G1, points, order);
  }

  /** The product of a point of G1 and a scalar, which follows it. */
  public static byte @Nullable [] multiplyG1(byte[] input, Endianness order) {
    byte[] operands = padded(input, G1.pointLength() + SCALAR, order);
    return operands == null ? null : multiply(G1, operands, order);
  }

  /** The sum of two points of the twist, 128 bytes each, of whatever order. */
  public static byte @Nullable [] addG2(byte[] input, Endianness order) {
    return input.length == 2 * G2.pointLength() ? add(G2, input, order) : null;
  }

  /** The product of a point of G2 and a scalar, which follows it. */
  public static byte @Nullable [] multiplyG2(byte[] input, Endianness order) {
    boolean valid = input.length == G2.pointLength() + SCALAR && decodeG2(input, 0, order) != null;
    return valid ? multiply(G2, input, order) : null;
  }

  /**
   * 1 in 32 bytes when the product of the pairings of a point of G1 and the point of G2 that
   * follows it, 192 bytes each pair, is one; 0 when not.
   */
  public static byte @Nullable [] pairing(byte[] input, Endianness order) {
    int element = G1.pointLength() + G2.pointLength();
    if (input.length % element != 0) {
      return null;
    }
    List<Pairing.Pair> pairs = new ArrayList<>();
    for (int at = 0; at < input.length; at += element) {
      WeierstrassPoint<long[]> p = G1.decode(input, at, order);
      WeierstrassPoint<Quadratic<long[]>> q = decodeG2(input, at + G1.pointLength(), order);
      if (p == null || q == null) {
        return null;
      }
      if (!G1.curve().isInfinity(p) && !G2.curve().isInfinity(q)) {
        pairs.add(new Pairing.Pair(p, q));
      }
    }
    boolean one = PAIRING.target().equal(PAIRING.product(pairs), PAIRING.target().one());
    byte[] result = new byte[32];
    result[0] = (byte) (one ? 1 : 0);
    return order.little(result);
  }

  /** 32 bytes for the 64 of a point of G1. */
  public static byte @Nullable [] compressG1(byte[] point, Endianness order) {
    return G1.compress(point, order);
  }

  /** 64 bytes for the 32 of a compressed point of G1. */
  public static byte @Nullable [] decompressG1(byte[] point, Endianness order) {
    return G1.decompress(point, order);
  }

  /** 64 bytes for the 128 of a point of G2. */
  public static byte @Nullable [] compressG2(byte[] point, Endianness order) {
    return G2.compress(point, order);
  }

  /** 128 bytes for the 64 of a compressed point of G2. */
  public static byte @Nullable [] decompressG2(byte[] point, Endianness order) {
    return G2.decompress(point, order);
  }

  private static byte @Nullable [] padded(byte[] input, int length, Endianness order) {
    boolean valid = order == Endianness.BIG ? input.length <= length : input.length == length;
    return valid ? Arrays.copyOf(input, length) : null;
  }

  private static <E> byte @Nullable [] add(
      Bn254Encoding<E> group, byte[] points, Endianness order) {
    WeierstrassPoint<E> p = group.decode(points, 0, order);
    WeierstrassPoint<E> q = group.decode(points, group.pointLength(), order);
    return p == null || q == null ? null : group.encode(group.curve().add(p, q), order);
  }

  private static <E> byte @Nullable [] multiply(
      Bn254Encoding<E> group, byte[] operands, Endianness order) {
    WeierstrassPoint<E> p = group.decode(operands, 0, order);
    BigInteger scalar =
        Bits.littleEndian(order.little(Bits.slice(operands, group.pointLength(), SCALAR)));
    return p == null ? null : group.encode(group.curve().multiply(p, scalar), order);
  }

  /** A point of the twist that is in the group of order r. */
  private static @Nullable WeierstrassPoint<Quadratic<long[]>> decodeG2(
      byte[] input, int at, Endianness order) {
    WeierstrassPoint<Quadratic<long[]>> point = G2.decode(input, at, order);
    boolean member = point != null && G2.curve().isInfinity(G2.curve().multiply(point, ORDER));
    return member ? point : null;
  }
}
