package dev.ovsm.verifier.domain;

import org.jspecify.annotations.Nullable;

/**
 * The words, as unsigned numbers, that leave {@code residue} when divided by {@code modulus}; a
 * modulus of 0 means the one word {@code residue}, 1 means every word.
 */
record Stride(long modulus, long residue) {
  static final Stride ANY = new Stride(1, 0);

  /** Larger moduli say little and would overflow. */
  private static final long LARGEST = 1L << 31;

  static Stride of(long modulus, long residue) {
    if (modulus == 0) {
      return new Stride(0, residue);
    }
    return Long.compareUnsigned(modulus, LARGEST) > 0
        ? ANY
        : new Stride(modulus, Long.remainderUnsigned(residue, modulus));
  }

  boolean contains(long word) {
    return modulus == 0 ? word == residue : Long.remainderUnsigned(word, modulus) == residue;
  }

  Stride join(Stride other) {
    long apart =
        Long.compareUnsigned(residue, other.residue) > 0
            ? residue - other.residue
            : other.residue - residue;
    return of(gcd(gcd(modulus, other.modulus), apart), residue);
  }

  /** The stride of sums that do not wrap around. */
  Stride add(Stride other) {
    return of(gcd(modulus, other.modulus), residue + other.residue);
  }

  /** The stride of differences that do not go below zero. */
  Stride subtract(Stride other) {
    long common = gcd(modulus, other.modulus);
    if (common == 0) {
      return of(0, residue - other.residue);
    }
    if (Long.compareUnsigned(common, LARGEST) > 0) {
      return ANY;
    }
    long left = Long.remainderUnsigned(residue, common);
    long right = Long.remainderUnsigned(other.residue, common);
    return of(common, left + common - right);
  }

  /** The stride of products with a constant that do not wrap around. */
  Stride multiply(long factor) {
    if (modulus == 0 || factor == 0) {
      return new Stride(0, residue * factor);
    }
    return Long.compareUnsigned(factor, LARGEST) > 0 ? ANY : of(modulus * factor, residue * factor);
  }

  /** The least member that is at least {@code low}; wraps around if there is none. */
  long ceiling(long low) {
    return low
        + Long.remainderUnsigned(residue + modulus - Long.remainderUnsigned(low, modulus), modulus);
  }

  /** The greatest member that is at most {@code high}; wraps around if there is none. */
  long floor(long high) {
    return high
        - Long.remainderUnsigned(
            Long.remainderUnsigned(high, modulus) + modulus - residue, modulus);
  }

  /** The greatest common divisor, unsigned; 0 divides only 0. */
  static long gcd(long a, long b) {
    while (b != 0) {
      long rest = Long.remainderUnsigned(a, b);
      a = b;
      b = rest;
    }
    return a;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stride stride && modulus == stride.modulus && residue == stride.residue;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(modulus) + Long.hashCode(residue);
  }
}
