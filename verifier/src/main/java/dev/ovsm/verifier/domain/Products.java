package dev.ovsm.verifier.domain;

import java.util.OptionalLong;

/** Products of sets of words. */
final class Products {
  private Products() {}

  static Word multiply(Word left, Word right) {
    int width = left.width();
    Word any = Word.any(width);
    Bits bits = left.bits().multiply(right.bits(), any.umax());
    OptionalLong most = Wide.unsignedProduct(left.umax(), right.umax(), width);
    Stride stride = Stride.ANY;
    if (most.isPresent() && right.isConstant()) {
      stride = left.stride().multiply(right.umin());
    } else if (most.isPresent() && left.isConstant()) {
      stride = right.stride().multiply(left.umin());
    }
    Word signed = fittingProduct(left, right);
    return Word.reduce(
        width,
        most.isPresent() ? left.umin() * right.umin() : any.umin(),
        most.isPresent() ? most.getAsLong() : any.umax(),
        signed.smin(),
        signed.smax(),
        bits,
        stride);
  }

  /** The signed interval of products if all of them fit, else every word. */
  private static Word fittingProduct(Word left, Word right) {
    int width = left.width();
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long l : new long[] {left.smin(), left.smax()}) {
      for (long r : new long[] {right.smin(), right.smax()}) {
        OptionalLong product = Wide.signedProduct(l, r, width);
        if (product.isEmpty()) {
          return Word.any(width);
        }
        low = Math.min(low, product.getAsLong());
        high = Math.max(high, product.getAsLong());
      }
    }
    return Word.signed(width, low, high);
  }

  /** Whether all products fit, as numbers with sign. */
  static boolean alwaysFits(Word left, Word right) {
    for (long l : new long[] {left.smin(), left.smax()}) {
      for (long r : new long[] {right.smin(), right.smax()}) {
        if (Wide.signedProduct(l, r, left.width()).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** The products that fit, as numbers without sign; empty if none does. */
  static Word unsignedProduct(Word left, Word right) {
    int width = left.width();
    OptionalLong least = Wide.unsignedProduct(left.umin(), right.umin(), width);
    OptionalLong most = Wide.unsignedProduct(left.umax(), right.umax(), width);
    return least.isEmpty()
        ? Word.empty(width)
        : Word.unsigned(width, least.getAsLong(), most.orElse(Word.mask(width)));
  }

  /**
   * The products that fit, as numbers with sign: extremes lie at the corners, cut off where they do
   * not fit.
   */
  static Word signedProduct(Word left, Word right) {
    int width = left.width();
    Word any = Word.any(width);
    long low = any.smax();
    long high = any.smin();
    boolean allAbove = true;
    boolean allBelow = true;
    for (long l : new long[] {left.smin(), left.smax()}) {
      for (long r : new long[] {right.smin(), right.smax()}) {
        OptionalLong product = Wide.signedProduct(l, r, width);
        boolean negative = (l < 0) != (r < 0);
        allAbove &= product.isEmpty() && !negative;
        allBelow &= product.isEmpty() && negative;
        long cut = product.orElse(negative ? any.smin() : any.smax());
        low = Math.min(low, cut);
        high = Math.max(high, cut);
      }
    }
    return allAbove || allBelow ? Word.empty(width) : Word.signed(width, low, high);
  }

  static Word unsignedHigh(Word left, Word right) {
    int width = left.width();
    return Word.unsigned(
        width,
        Wide.unsignedHigh(left.umin(), right.umin(), width),
        Wide.unsignedHigh(left.umax(), right.umax(), width));
  }

  static Word signedHigh(Word left, Word right) {
    int width = left.width();
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long l : new long[] {left.smin(), left.smax()}) {
      for (long r : new long[] {right.smin(), right.smax()}) {
        long product = Wide.signedHigh(l, r, width);
        low = Math.min(low, product);
        high = Math.max(high, product);
      }
    }
    return Word.signed(width, low, high);
  }
}
