package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The integers modulo a prime that is 3 modulo 4.
 *
 * <p>An element is a number of 56-bit limbs, low limb first, in Montgomery form: {@code x} stands
 * as {@code x · 2^(56n) mod p}, fully reduced, so equal elements have equal limbs. The spare bits
 * of a limb let carries wait until a product is complete.
 */
final class PrimeField implements CoordinateField<long[]> {
  private static final int LIMB = 56;
  private static final long MASK = (1L << LIMB) - 1;
  // The product of two numbers shifted by 1 and by 7 has the high part of a 56-bit product for its
  // high half, and both stay positive.
  private static final int LEFT_SHIFT = 63 - LIMB;
  private static final int RIGHT_SHIFT = 1;

  private final BigInteger prime;
  private final BigInteger half;
  private final int limbs;
  private final long[] modulus;
  private final long[] shiftedModulus;
  private final long inverse;
  private final long[] radixSquared;
  private final long[] zero;
  private final long[] one;
  private final long[] plainOne;
  private final BigInteger rootExponent;

  PrimeField(BigInteger prime) {
    this.prime = prime;
    half = prime.shiftRight(1);
    limbs = prime.bitLength() / LIMB + 1;
    modulus = limbsOf(prime);
    shiftedModulus = shifted(modulus);
    inverse = negatedInverse(modulus[0]);
    BigInteger radix = BigInteger.ONE.shiftLeft(LIMB * limbs);
    radixSquared = limbsOf(radix.multiply(radix).mod(prime));
    zero = new long[limbs];
    plainOne = limbsOf(BigInteger.ONE);
    one = limbsOf(radix.mod(prime));
    rootExponent = prime.add(BigInteger.ONE).shiftRight(2);
  }

  BigInteger prime() {
    return prime;
  }

  @Override
  public int byteLength() {
    return (prime.bitLength() + 7) / 8;
  }

  @Override
  public long @Nullable [] decode(byte[] littleEndian) {
    BigInteger number = Bits.littleEndian(littleEndian);
    return number.compareTo(prime) < 0 ? of(number) : null;
  }

  @Override
  public byte[] encode(long[] a) {
    return Bits.littleEndian(numberOf(a), byteLength());
  }

  /** The element of a number, which is reduced. */
  long[] of(BigInteger number) {
    return multiply(limbsOf(number.mod(prime)), radixSquared);
  }

  long[] of(long number) {
    return of(BigInteger.valueOf(number));
  }

  private BigInteger numberOf(long[] element) {
    long[] plain = multiply(element, plainOne);
    BigInteger number = BigInteger.ZERO;
    for (int i = limbs - 1; i >= 0; i--) {
      number = number.shiftLeft(LIMB).add(BigInteger.valueOf(plain[i]));
    }
    return number;
  }

  @Override
  public long[] zero() {
    return zero;
  }

  @Override
  public long[] one() {
    return one;
  }

  @Override
  public boolean equal(long[] a, long[] b) {
    return Arrays.equals(a, b);
  }

  @Override
  public long[] add(long[] a, long[] b) {
    long[] sum = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      sum[i] = a[i] + b[i];
    }
    return reduce(sum);
  }

  @Override
  public long[] subtract(long[] a, long[] b) {
    long[] sum = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      sum[i] = a[i] + modulus[i] - b[i];
    }
    return reduce(sum);
  }

  @Override
  public long[] negate(long[] a) {
    return subtract(zero, a);
  }

  @Override
  public long[] square(long[] a) {
    return multiply(a, a);
  }

  /**
   * Montgomery's product: limb by limb of {@code a}, its multiple of {@code b} is added and the
   * multiple of the modulus that clears the lowest limb, which then drops out.
   */
  @Override
  public long[] multiply(long[] a, long[] b) {
    int n = limbs;
    long[] shiftedB = shifted(b);
    long[] sum = new long[n];
    for (int i = 0; i < n; i++) {
      long factor = a[i];
      long high = factor << LEFT_SHIFT;
      long lowest = sum[0] + (factor * b[0] & MASK);
      long clear = lowest * inverse & MASK;
      long clearHigh = clear << LEFT_SHIFT;
      long carry = (lowest + (clear * modulus[0] & MASK)) >>> LIMB;
      carry += Math.multiplyHigh(high, shiftedB[0]);
      carry += Math.multiplyHigh(clearHigh, shiftedModulus[0]);
      for (int j = 1; j < n; j++) {
        sum[j - 1] = sum[j] + carry + (factor * b[j] & MASK) + (clear * modulus[j] & MASK);
        carry = Math.multiplyHigh(high, shiftedB[j]);
        carry += Math.multiplyHigh(clearHigh, shiftedModulus[j]);
      }
      sum[n - 1] = carry;
    }
    return reduce(sum);
  }

  @Override
  public long[] invert(long[] a) {
    return power(a, prime.subtract(BigInteger.TWO));
  }

  @Override
  public long @Nullable [] squareRoot(long[] a) {
    long[] root = power(a, rootExponent);
    return equal(square(root), a) ? root : null;
  }

  @Override
  public boolean isSmaller(long[] a) {
    return numberOf(a).compareTo(half) <= 0;
  }

  /** Limbs with their carries done, of a number in {@code [0, 2p)}; less the modulus if need be. */
  private long[] reduce(long[] sum) {
    long[] less = new long[limbs];
    long carry = 0;
    long borrow = 0;
    for (int i = 0; i < limbs; i++) {
      long limb = sum[i] + carry;
      carry = limb >> LIMB;
      sum[i] = limb & MASK;
      long difference = sum[i] - modulus[i] + borrow;
      borrow = difference >> LIMB;
      less[i] = difference & MASK;
    }
    return borrow == 0 ? less : sum;
  }

  private long[] limbsOf(BigInteger number) {
    long[] result = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      result[i] = number.shiftRight(LIMB * i).longValue() & MASK;
    }
    return result;
  }

  private long[] shifted(long[] a) {
    long[] result = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      result[i] = a[i] << RIGHT_SHIFT;
    }
    return result;
  }

  /** Newton's iteration doubles the correct low bits: 3, 6, … 96 of 64. */
  private static long negatedInverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse;
    }
    return -inverse;
  }
}
