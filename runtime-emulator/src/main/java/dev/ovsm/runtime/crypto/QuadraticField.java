package dev.ovsm.runtime.crypto;

import java.util.function.UnaryOperator;

/** A field extended by the square root {@code s} of an element that has none in it. */
class QuadraticField<E> implements Field<Quadratic<E>> {
  private final Field<E> base;
  private final UnaryOperator<E> timesSquare;
  private final Quadratic<E> zero;
  private final Quadratic<E> one;

  /** {@code timesSquare} multiplies an element of the base by the square of {@code s}. */
  QuadraticField(Field<E> base, UnaryOperator<E> timesSquare) {
    this.base = base;
    this.timesSquare = timesSquare;
    zero = new Quadratic<>(base.zero(), base.zero());
    one = new Quadratic<>(base.one(), base.zero());
  }

  @Override
  public Quadratic<E> zero() {
    return zero;
  }

  @Override
  public Quadratic<E> one() {
    return one;
  }

  @Override
  public Quadratic<E> add(Quadratic<E> a, Quadratic<E> b) {
    return new Quadratic<>(base.add(a.c0(), b.c0()), base.add(a.c1(), b.c1()));
  }

  @Override
  public Quadratic<E> subtract(Quadratic<E> a, Quadratic<E> b) {
    return new Quadratic<>(base.subtract(a.c0(), b.c0()), base.subtract(a.c1(), b.c1()));
  }

  @Override
  public Quadratic<E> negate(Quadratic<E> a) {
    return new Quadratic<>(base.negate(a.c0()), base.negate(a.c1()));
  }

  /** Karatsuba: three products of the base. */
  @Override
  public Quadratic<E> multiply(Quadratic<E> a, Quadratic<E> b) {
    E low = base.multiply(a.c0(), b.c0());
    E high = base.multiply(a.c1(), b.c1());
    E both = base.multiply(base.add(a.c0(), a.c1()), base.add(b.c0(), b.c1()));
    E cross = base.subtract(base.subtract(both, low), high);
    return new Quadratic<>(base.add(low, timesSquare.apply(high)), cross);
  }

  /** Two products of the base: (c0 + c1)(c0 + s²c1) has the low part beside the cross terms. */
  @Override
  public Quadratic<E> square(Quadratic<E> a) {
    E cross = base.multiply(a.c0(), a.c1());
    E sum = base.add(a.c0(), a.c1());
    E mixed = base.multiply(sum, base.add(a.c0(), timesSquare.apply(a.c1())));
    E low = base.subtract(base.subtract(mixed, cross), timesSquare.apply(cross));
    return new Quadratic<>(low, base.twice(cross));
  }

  @Override
  public Quadratic<E> invert(Quadratic<E> a) {
    E inverse = base.invert(norm(a));
    return new Quadratic<>(
        base.multiply(a.c0(), inverse), base.negate(base.multiply(a.c1(), inverse)));
  }

  @Override
  public boolean equal(Quadratic<E> a, Quadratic<E> b) {
    return base.equal(a.c0(), b.c0()) && base.equal(a.c1(), b.c1());
  }

  /** The image under the automorphism that sends {@code s} to its negative. */
  Quadratic<E> conjugate(Quadratic<E> a) {
    return new Quadratic<>(a.c0(), base.negate(a.c1()));
  }

  /** The product of an element and its conjugate. */
  E norm(Quadratic<E> a) {
    return base.subtract(base.square(a.c0()), timesSquare.apply(base.square(a.c1())));
  }
}
