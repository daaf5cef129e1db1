package dev.ovsm.verifier.domain;

/** Quotients and remainders of sets of words; a divisor of zero ends the path and adds nothing. */
final class Quotients {
  private Quotients() {}

  static Word unsignedQuotient(Word left, Word right) {
    int width = left.width();
    if (right.umax() == 0) {
      return Word.empty(width);
    }
    long least = Word.unsignedMax(right.umin(), 1);
    return Word.unsigned(
        width,
        Long.divideUnsigned(left.umin(), right.umax()),
        Long.divideUnsigned(left.umax(), least));
  }

  static Word unsignedRemainder(Word left, Word right) {
    int width = left.width();
    if (right.umax() == 0) {
      return Word.empty(width);
    }
    if (Long.compareUnsigned(left.umax(), right.umin()) < 0) {
      return left;
    }
    Word below = Word.unsigned(width, 0, Word.unsignedMin(left.umax(), right.umax() - 1));
    if (!right.isConstant()) {
      return below;
    }
    long divisor = right.umin();
    if (Long.bitCount(divisor) == 1) {
      return below.meet(Word.bits(width, left.bits().and(Bits.constant(divisor - 1))));
    }
    boolean oneBlock =
        Long.divideUnsigned(left.umin(), divisor) == Long.divideUnsigned(left.umax(), divisor);
    if (oneBlock) {
      long first = Long.remainderUnsigned(left.umin(), divisor);
      long last = Long.remainderUnsigned(left.umax(), divisor);
      return below.meet(Word.unsigned(width, first, last));
    }
    return below;
  }

  /**
   * For divisors of one sign a quotient is monotone in each operand, so extremes are at corners.
   */
  static Word signedQuotient(Word left, Word right) {
    int width = left.width();
    if (left.smin() == Word.any(width).smin() && right.smin() <= -1 && right.smax() >= -1) {
      return Word.any(width);
    }
    Word all = Word.empty(width);
    if (right.smax() > 0) {
      all = corners(left, Math.max(right.smin(), 1), right.smax());
    }
    if (right.smin() < 0) {
      all = all.join(corners(left, right.smin(), Math.min(right.smax(), -1)));
    }
    return all;
  }

  private static Word corners(Word left, long least, long most) {
    int width = left.width();
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long l : new long[] {left.smin(), left.smax()}) {
      for (long r : new long[] {least, most}) {
        long quotient = l / r;
        low = Math.min(low, quotient);
        high = Math.max(high, quotient);
      }
    }
    return Word.signed(width, low, high);
  }

  /** A remainder has the sign of the dividend and is nearer to zero than both operands. */
  static Word signedRemainder(Word left, Word right) {
    int width = left.width();
    if (right.isConstant() && right.umin() == 0) {
      return Word.empty(width);
    }
    // Negative numbers reach further from zero, so magnitudes are kept negated.
    long magnitude =
        Math.min(-Math.abs(right.smax()), right.smin() < 0 ? right.smin() : -right.smin());
    long reach = magnitude + 1;
    long low = left.smin() >= 0 ? 0 : Math.max(left.smin(), reach);
    long high = left.smax() <= 0 ? 0 : Math.min(left.smax(), -reach);
    return Word.signed(width, low, high);
  }
}
