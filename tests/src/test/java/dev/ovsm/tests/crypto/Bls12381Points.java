package dev.ovsm.tests.crypto;

import dev.ovsm.runtime.crypto.Bls12381;
import dev.ovsm.runtime.crypto.Endianness;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Big-endian points of BLS12-381 for tests: of the groups, and of the curves but not the groups.
 */
final class Bls12381Points {
  static final BigInteger PRIME =
      new BigInteger(
          "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf"
              + "6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
          16);
  static final BigInteger ORDER =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
  static final int LENGTH = 48;

  private static final BigInteger FOUR = BigInteger.valueOf(4);
  private static final byte[] G1_GENERATOR =
      Cases.join(
          hex(
              "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905"
                  + "a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"),
          hex(
              "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af6"
                  + "00db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1"));
  private static final byte[] G2_GENERATOR =
      Cases.join(
          hex(
              "13e02b6052719f607dacd3a088274f65596bd0d09920b61a"
                  + "b5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"),
          hex(
              "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02"
                  + "b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"),
          hex(
              "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af"
                  + "267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be"),
          hex(
              "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a7"
                  + "6d429a695160d12c923ac9cc3baca289e193548608b82801"));

  private Bls12381Points() {}

  private static byte[] hex(String digits) {
    return Cases.bigEndian(new BigInteger(digits, 16), LENGTH);
  }

  /** The generator, infinity and random multiples of the generator. */
  static List<byte[]> members(Bls12381 group, Cases cases, int number) {
    byte[] generator = group == Bls12381.G1 ? G1_GENERATOR : G2_GENERATOR;
    byte[] infinity = new byte[generator.length];
    infinity[0] = 0x40;
    List<byte[]> points = new ArrayList<>(List.of(generator, infinity));
    while (points.size() < number) {
      byte[] scalar = Cases.bigEndian(cases.numberBelow(ORDER), 32);
      byte[] point = group.in(Endianness.BIG).multiply(scalar, generator);
      if (point != null) {
        points.add(point);
      }
    }
    return points;
  }

  /** Points of the curve with a random x; such a one is as good as never in the group. */
  static List<byte[]> strangers(Bls12381 group, Cases cases, int number) {
    List<byte[]> points = new ArrayList<>();
    while (points.size() < number) {
      BigInteger[] x = {
        cases.numberBelow(PRIME), group == Bls12381.G1 ? BigInteger.ZERO : cases.numberBelow(PRIME)
      };
      BigInteger[] cube = product(product(x, x), x);
      BigInteger[] right = {
        cube[0].add(FOUR), group == Bls12381.G1 ? BigInteger.ZERO : cube[1].add(FOUR)
      };
      BigInteger[] y = root(right);
      if (y != null && (group == Bls12381.G2 || y[1].signum() == 0)) {
        byte[] point = Cases.join(encode(x), encode(y));
        points.add(
            group == Bls12381.G2
                ? point
                : Cases.join(
                    Arrays.copyOfRange(point, LENGTH, 2 * LENGTH),
                    Arrays.copyOfRange(point, 3 * LENGTH, 4 * LENGTH)));
      }
    }
    return points;
  }

  /** The x of a point with the flags of a compressed one. */
  static byte[] compressed(byte[] point) {
    byte[] x = Arrays.copyOf(point, point.length / 2);
    x[0] |= (byte) 0x80;
    byte[] y = Arrays.copyOfRange(point, point.length / 2, point.length);
    byte[] imaginary = Arrays.copyOf(y, LENGTH);
    BigInteger sign = new BigInteger(1, isZero(imaginary) ? y : imaginary);
    if (sign.shiftLeft(1).compareTo(PRIME) > 0) {
      x[0] |= 0x20;
    }
    return x;
  }

  private static boolean isZero(byte[] bytes) {
    return new BigInteger(1, bytes).signum() == 0;
  }

  private static byte[] encode(BigInteger[] a) {
    return Cases.join(Cases.bigEndian(a[1], LENGTH), Cases.bigEndian(a[0], LENGTH));
  }

  private static BigInteger[] product(BigInteger[] a, BigInteger[] b) {
    BigInteger real = a[0].multiply(b[0]).subtract(a[1].multiply(b[1]));
    BigInteger imaginary = a[0].multiply(b[1]).add(a[1].multiply(b[0]));
    return new BigInteger[] {real.mod(PRIME), imaginary.mod(PRIME)};
  }

  /** A root of a + b·u: x² is half of a plus or minus the norm's root, y is b over 2x. */
  private static BigInteger @Nullable [] root(BigInteger[] a) {
    BigInteger norm = realRoot(a[0].pow(2).add(a[1].pow(2)));
    if (norm == null) {
      return null;
    }
    BigInteger half = BigInteger.TWO.modInverse(PRIME);
    BigInteger x = realRoot(a[0].add(norm).multiply(half));
    if (x == null || x.signum() == 0) {
      x = realRoot(a[0].subtract(norm).multiply(half));
    }
    if (x == null || x.signum() == 0) {
      return null;
    }
    BigInteger y = a[1].multiply(half).multiply(x.modInverse(PRIME)).mod(PRIME);
    return new BigInteger[] {x, y};
  }

  private static @Nullable BigInteger realRoot(BigInteger a) {
    BigInteger root = a.modPow(PRIME.add(BigInteger.ONE).shiftRight(2), PRIME);
    return root.pow(2).subtract(a).mod(PRIME).signum() == 0 ? root : null;
  }
}
