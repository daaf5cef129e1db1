package dev.ovsm.runtime.crypto;

/** A field extended by the cube root {@code v} of an element that has none in it. */
final class CubicField<E> implements Field<Cubic<E>> {
  private final Field<E> base;
  private final E cube;
  private final Cubic<E> zero;
  private final Cubic<E> one;

  CubicField(Field<E> base, E cube) {
    this.base = base;
    this.cube = cube;
    zero = new Cubic<>(base.zero(), base.zero(), base.zero());
    one = new Cubic<>(base.one(), base.zero(), base.zero());
  }

  @Override
  public Cubic<E> zero() {
    return zero;
  }

  @Override
  public Cubic<E> one() {
    return one;
  }

  @Override
  public Cubic<E> add(Cubic<E> a, Cubic<E> b) {
    return new Cubic<>(
        base.add(a.c0(), b.c0()), base.add(a.c1(), b.c1()), base.add(a.c2(), b.c2()));
  }

  @Override
  public Cubic<E> subtract(Cubic<E> a, Cubic<E> b) {
    return new Cubic<>(
        base.subtract(a.c0(), b.c0()),
        base.subtract(a.c1(), b.c1()),
        base.subtract(a.c2(), b.c2()));
  }

  @Override
  public Cubic<E> negate(Cubic<E> a) {
    return subtract(zero, a);
  }

  /** Karatsuba: six products of the base. */
  @Override
  public Cubic<E> multiply(Cubic<E> a, Cubic<E> b) {
    E t0 = base.multiply(a.c0(), b.c0());
    E t1 = base.multiply(a.c1(), b.c1());
    E t2 = base.multiply(a.c2(), b.c2());
    E t01 = cross(a.c0(), a.c1(), b.c0(), b.c1(), t0, t1);
    E t02 = cross(a.c0(), a.c2(), b.c0(), b.c2(), t0, t2);
    E t12 = cross(a.c1(), a.c2(), b.c1(), b.c2(), t1, t2);
    return new Cubic<>(
        base.add(t0, timesCube(t12)), base.add(t01, timesCube(t2)), base.add(t02, t1));
  }

  @Override
  public Cubic<E> square(Cubic<E> a) {
    return multiply(a, a);
  }

  /** By the adjugate of the matrix of the multiplication by {@code a}. */
  @Override
  public Cubic<E> invert(Cubic<E> a) {
    E t0 = base.subtract(base.square(a.c0()), timesCube(base.multiply(a.c1(), a.c2())));
    E t1 = base.subtract(timesCube(base.square(a.c2())), base.multiply(a.c0(), a.c1()));
    E t2 = base.subtract(base.square(a.c1()), base.multiply(a.c0(), a.c2()));
    E rest = base.add(base.multiply(a.c2(), t1), base.multiply(a.c1(), t2));
    E inverse = base.invert(base.add(base.multiply(a.c0(), t0), timesCube(rest)));
    return new Cubic<>(
        base.multiply(t0, inverse), base.multiply(t1, inverse), base.multiply(t2, inverse));
  }

  @Override
  public boolean equal(Cubic<E> a, Cubic<E> b) {
    return base.equal(a.c0(), b.c0()) && base.equal(a.c1(), b.c1()) && base.equal(a.c2(), b.c2());
  }

  /** The product with {@code v}. */
  Cubic<E> timesRoot(Cubic<E> a) {
    return new Cubic<>(timesCube(a.c2()), a.c0(), a.c1());
  }

  private E timesCube(E a) {
    return base.multiply(cube, a);
  }

  /** {@code x0·y1 + x1·y0}, given {@code x0·y0} and {@code x1·y1}. */
  private E cross(E x0, E x1, E y0, E y1, E low, E high) {
    E both = base.multiply(base.add(x0, x1), base.add(y0, y1));
    return base.subtract(base.subtract(both, low), high);
  }
}
