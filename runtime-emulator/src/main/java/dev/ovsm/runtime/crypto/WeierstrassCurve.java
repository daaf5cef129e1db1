package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The curve {@code y² = x³ + b} over a field, with its group law. */
final class WeierstrassCurve<E> {
  private final CoordinateField<E> field;
  private final E b;
  private final WeierstrassPoint<E> infinity;

  WeierstrassCurve(CoordinateField<E> field, E b) {
    this.field = field;
    this.b = b;
    infinity = new WeierstrassPoint<>(field.one(), field.one(), field.zero());
  }

  CoordinateField<E> field() {
    return field;
  }

  WeierstrassPoint<E> infinity() {
    return infinity;
  }

  WeierstrassPoint<E> affine(E x, E y) {
    return new WeierstrassPoint<>(x, y, field.one());
  }

  boolean isInfinity(WeierstrassPoint<E> p) {
    return field.isZero(p.z());
  }

  /** {@code x³ + b}. */
  E right(E x) {
    return field.add(field.multiply(field.square(x), x), b);
  }

  boolean contains(E x, E y) {
    return field.equal(field.square(y), right(x));
  }

  WeierstrassPoint<E> negate(WeierstrassPoint<E> p) {
    return new WeierstrassPoint<>(p.x(), field.negate(p.y()), p.z());
  }

  /** The same point with z = 1, or infinity. */
  WeierstrassPoint<E> normalize(WeierstrassPoint<E> p) {
    if (isInfinity(p)) {
      return infinity;
    }
    E inverse = field.invert(p.z());
    E square = field.square(inverse);
    return affine(
        field.multiply(p.x(), square), field.multiply(p.y(), field.multiply(square, inverse)));
  }

  WeierstrassPoint<E> twice(WeierstrassPoint<E> p) {
    E xx = field.square(p.x());
    E yy = field.square(p.y());
    E s = field.twice(field.twice(field.multiply(p.x(), yy)));
    E m = field.add(field.twice(xx), xx);
    E x = field.subtract(field.square(m), field.twice(s));
    E eightYyyy = field.twice(field.twice(field.twice(field.square(yy))));
    E y = field.subtract(field.multiply(m, field.subtract(s, x)), eightYyyy);
    return new WeierstrassPoint<>(x, y, field.twice(field.multiply(p.y(), p.z())));
  }

  WeierstrassPoint<E> add(WeierstrassPoint<E> p, WeierstrassPoint<E> q) {
    if (isInfinity(p)) {
      return q;
    }
    if (isInfinity(q)) {
      return p;
    }
    E pz2 = field.square(p.z());
    E qz2 = field.square(q.z());
    E u1 = field.multiply(p.x(), qz2);
    E u2 = field.multiply(q.x(), pz2);
    E s1 = field.multiply(p.y(), field.multiply(qz2, q.z()));
    E s2 = field.multiply(q.y(), field.multiply(pz2, p.z()));
    E h = field.subtract(u2, u1);
    E r = field.subtract(s2, s1);
    if (field.isZero(h)) {
      return field.isZero(r) ? twice(p) : infinity;
    }
    E hh = field.square(h);
    E hhh = field.multiply(hh, h);
    E v = field.multiply(u1, hh);
    E x = field.subtract(field.subtract(field.square(r), hhh), field.twice(v));
    E y = field.subtract(field.multiply(r, field.subtract(v, x)), field.multiply(s1, hhh));
    return new WeierstrassPoint<>(x, y, field.multiply(h, field.multiply(p.z(), q.z())));
  }

  /** A multiple that is not negative, four bits of the scalar at a time. */
  WeierstrassPoint<E> multiply(WeierstrassPoint<E> p, BigInteger scalar) {
    List<WeierstrassPoint<E>> multiples = new ArrayList<>(List.of(infinity));
    for (int i = 1; i < 16; i++) {
      multiples.add(add(multiples.get(i - 1), p));
    }
    WeierstrassPoint<E> result = infinity;
    for (int at = (scalar.bitLength() + 3) / 4 * 4 - 4; at >= 0; at -= 4) {
      result = add(twice(twice(twice(twice(result)))), multiples.get(Bits.digit(scalar, at, 4)));
    }
    return result;
  }
}
