package dev.ovsm.runtime.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The ate pairing of a curve {@code y² = x³ + b} with embedding degree 12 and its sextic twist.
 *
 * <p>The tower is Fp² = Fp[u]/(u² + 1), Fp⁶ = Fp²[v]/(v³ - ξ), Fp¹² = Fp⁶[w]/(w² - v).
 */
final class Pairing {
  /** Whether the twist divides or multiplies b by ξ: where its points go in Fp¹². */
  enum Twist {
    DIVIDES,
    MULTIPLIES
  }

  /** A point of each group, neither at infinity, both with z = 1. */
  record Pair(WeierstrassPoint<long[]> p, WeierstrassPoint<Quadratic<long[]>> q) {}

  private final PrimeField fp;
  private final ComplexField fp2;
  private final QuadraticField<Cubic<Quadratic<long[]>>> fp12;
  private final Twist twist;
  private final BigInteger loop;
  private final BigInteger hardExponent;
  private final List<Quadratic<long[]>> frobenius;

  /**
   * {@code trace} is the trace of Frobenius minus one, whose absolute value is the loop's length;
   * {@code cofactor} is a further factor of the final exponent.
   */
  Pairing(
      PrimeField fp,
      ComplexField fp2,
      Quadratic<long[]> xi,
      Twist twist,
      BigInteger trace,
      BigInteger groupOrder,
      long cofactor) {
    this.fp = fp;
    this.fp2 = fp2;
    this.twist = twist;
    loop = trace;
    CubicField<Quadratic<long[]>> fp6 = new CubicField<>(fp2, xi);
    fp12 = new QuadraticField<>(fp6, fp6::timesRoot);
    BigInteger square = fp.prime().pow(2);
    BigInteger cyclotomic = square.pow(2).subtract(square).add(BigInteger.ONE);
    hardExponent = cyclotomic.divide(groupOrder).multiply(BigInteger.valueOf(cofactor));
    // w to the power of p² is w times this; it is a sixth root of one.
    Quadratic<long[]> root =
        fp2.power(xi, square.subtract(BigInteger.ONE).divide(BigInteger.valueOf(6)));
    frobenius = new ArrayList<>(List.of(fp2.one()));
    for (int i = 1; i < 6; i++) {
      frobenius.add(fp2.multiply(frobenius.get(i - 1), root));
    }
  }

  Field<Quadratic<Cubic<Quadratic<long[]>>>> target() {
    return fp12;
  }

  /** The product of the pairings. */
  Quadratic<Cubic<Quadratic<long[]>>> product(List<Pair> pairs) {
    Quadratic<Cubic<Quadratic<long[]>>> miller = millerLoop(pairs);
    return power(loop.signum() < 0 ? fp12.conjugate(miller) : miller);
  }

  private Quadratic<Cubic<Quadratic<long[]>>> millerLoop(List<Pair> pairs) {
    Quadratic<Cubic<Quadratic<long[]>>> f = fp12.one();
    List<WeierstrassPoint<Quadratic<long[]>>> multiples = new ArrayList<>();
    pairs.forEach(pair -> multiples.add(pair.q));
    BigInteger length = loop.abs();
    for (int bit = length.bitLength() - 2; bit >= 0; bit--) {
      f = fp12.square(f);
      for (int i = 0; i < pairs.size(); i++) {
        WeierstrassPoint<Quadratic<long[]>> t = multiples.get(i);
        Quadratic<long[]> xx = fp2.square(t.x());
        Quadratic<long[]> slope =
            fp2.multiply(fp2.add(fp2.twice(xx), xx), fp2.invert(fp2.twice(t.y())));
        f = fp12.multiply(f, line(t, slope, pairs.get(i).p));
        multiples.set(i, third(t, t.x(), slope));
        if (length.testBit(bit)) {
          t = multiples.get(i);
          WeierstrassPoint<Quadratic<long[]>> q = pairs.get(i).q;
          slope = fp2.multiply(fp2.subtract(t.y(), q.y()), fp2.invert(fp2.subtract(t.x(), q.x())));
          f = fp12.multiply(f, line(t, slope, pairs.get(i).p));
          multiples.set(i, third(t, q.x(), slope));
        }
      }
    }
    return f;
  }

  /** The sum of {@code t} and the point at {@code x}, on the line through both. */
  private WeierstrassPoint<Quadratic<long[]>> third(
      WeierstrassPoint<Quadratic<long[]>> t, Quadratic<long[]> x, Quadratic<long[]> slope) {
    Quadratic<long[]> sum = fp2.subtract(fp2.subtract(fp2.square(slope), t.x()), x);
    Quadratic<long[]> y = fp2.subtract(fp2.multiply(slope, fp2.subtract(t.x(), sum)), t.y());
    return new WeierstrassPoint<>(sum, y, t.z());
  }

  /**
   * The line through {@code t} at {@code p}, up to a factor that the final power removes.
   *
   * <p>A twist that divides puts (x, y) at (xw², yw³), one that multiplies at (x/w², y/w³); there
   * the line is multiplied by w³.
   */
  private Quadratic<Cubic<Quadratic<long[]>>> line(
      WeierstrassPoint<Quadratic<long[]>> t, Quadratic<long[]> slope, WeierstrassPoint<long[]> p) {
    Quadratic<long[]> constant = fp2.subtract(fp2.multiply(slope, t.x()), t.y());
    long[] minusX = fp.negate(p.x());
    Quadratic<long[]> first =
        new Quadratic<>(fp.multiply(slope.c0(), minusX), fp.multiply(slope.c1(), minusX));
    Quadratic<long[]> second = new Quadratic<>(p.y(), fp.zero());
    Quadratic<long[]> none = fp2.zero();
    return switch (twist) {
      case DIVIDES ->
          new Quadratic<>(new Cubic<>(second, none, none), new Cubic<>(first, constant, none));
      case MULTIPLIES ->
          new Quadratic<>(new Cubic<>(constant, first, none), new Cubic<>(none, second, none));
    };
  }

  /** The final power (p¹² - 1)/r: first (p⁶ - 1)(p² + 1), then what is left of it. */
  private Quadratic<Cubic<Quadratic<long[]>>> power(Quadratic<Cubic<Quadratic<long[]>>> f) {
    Quadratic<Cubic<Quadratic<long[]>>> easy = fp12.multiply(fp12.conjugate(f), fp12.invert(f));
    easy = fp12.multiply(easy, frobeniusSquared(easy));
    return fp12.power(easy, hardExponent);
  }

  /** {@code a} to the power of p²: the coefficients of the powers of w stay, w does not. */
  private Quadratic<Cubic<Quadratic<long[]>>> frobeniusSquared(
      Quadratic<Cubic<Quadratic<long[]>>> a) {
    return new Quadratic<>(
        new Cubic<>(
            a.c0().c0(),
            fp2.multiply(a.c0().c1(), frobenius.get(2)),
            fp2.multiply(a.c0().c2(), frobenius.get(4))),
        new Cubic<>(
            fp2.multiply(a.c1().c0(), frobenius.get(1)),
            fp2.multiply(a.c1().c1(), frobenius.get(3)),
            fp2.multiply(a.c1().c2(), frobenius.get(5))));
  }
}
