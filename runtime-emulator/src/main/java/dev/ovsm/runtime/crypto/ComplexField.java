package dev.ovsm.runtime.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A prime field where -1 has no root, extended by one; it holds the coordinates of G2. */
final class ComplexField extends QuadraticField<long[]>
    implements CoordinateField<Quadratic<long[]>> {
  private final PrimeField base;
  private final long[] half;

  ComplexField(PrimeField base) {
    super(base, base::negate);
    this.base = base;
    half = base.invert(base.of(2));
  }

  /** {@code c0 + c1·u} of two small numbers. */
  Quadratic<long[]> of(long c0, long c1) {
    return new Quadratic<>(base.of(c0), base.of(c1));
  }

  /**
   * The root {@code x + y·u} has {@code x² - y²} and {@code 2xy} for coordinates, and the root of
   * the norm for {@code x² + y²}.
   */
  @Override
  public @Nullable Quadratic<long[]> squareRoot(Quadratic<long[]> a) {
    if (base.isZero(a.c1())) {
      long[] real = base.squareRoot(a.c0());
      if (real != null) {
        return new Quadratic<>(real, base.zero());
      }
      long[] imaginary = base.squareRoot(base.negate(a.c0()));
      return imaginary == null ? null : new Quadratic<>(base.zero(), imaginary);
    }
    long[] norm = base.squareRoot(norm(a));
    if (norm == null) {
      return null;
    }
    long[] real = base.squareRoot(base.multiply(half, base.add(a.c0(), norm)));
    if (real == null) {
      real = base.squareRoot(base.multiply(half, base.subtract(a.c0(), norm)));
    }
    if (real == null) {
      return null;
    }
    long[] imaginary = base.multiply(a.c1(), base.invert(base.twice(real)));
    return new Quadratic<>(real, imaginary);
  }

  @Override
  public boolean isSmaller(Quadratic<long[]> a) {
    return base.isSmaller(base.isZero(a.c1()) ? a.c0() : a.c1());
  }

  @Override
  public int byteLength() {
    return 2 * base.byteLength();
  }

  @Override
  public @Nullable Quadratic<long[]> decode(byte[] littleEndian) {
    int length = base.byteLength();
    long[] c0 = base.decode(Bits.slice(littleEndian, 0, length));
    long[] c1 = base.decode(Bits.slice(littleEndian, length, length));
    return c0 == null || c1 == null ? null : new Quadratic<>(c0, c1);
  }

  @Override
  public byte[] encode(Quadratic<long[]> a) {
    byte[] bytes = Arrays.copyOf(base.encode(a.c0()), byteLength());
    System.arraycopy(base.encode(a.c1()), 0, bytes, base.byteLength(), base.byteLength());
    return bytes;
  }
}
