package dev.ovsm.verifier.domain;

import java.util.OptionalLong;
import java.util.function.IntFunction;

/** Arithmetic on sets of words: the result has every word that the operator gives for members. */
public final class Arithmetic {
  private Arithmetic() {}

  /** The results of an operator; empty if no pair of members has one. */
  public static Word apply(Operator operator, Word left, Word right) {
    int width = left.width();
    if (left.isEmpty() || right.isEmpty()) {
      return Word.empty(width);
    }
    if (left.isConstant() && right.isConstant()) {
      OptionalLong result = operator.evaluate(left.umin(), right.umin(), width);
      return result.isPresent() ? Word.constant(width, result.getAsLong()) : Word.empty(width);
    }
    return switch (operator) {
      case ADD -> Sums.add(left, right);
      case SUB -> Sums.subtract(left, right);
      case MUL -> Products.multiply(left, right);
      case UHMUL -> Products.unsignedHigh(left, right);
      case SHMUL -> Products.signedHigh(left, right);
      case UDIV -> Quotients.unsignedQuotient(left, right);
      case UREM -> Quotients.unsignedRemainder(left, right);
      case SDIV -> Quotients.signedQuotient(left, right);
      case SREM -> Quotients.signedRemainder(left, right);
      case AND ->
          Word.bits(width, left.bits().and(right.bits()))
              .meet(atMost(left, right))
              .meet(asNarrow(left, right));
      case OR ->
          Word.bits(width, left.bits().or(right.bits()))
              .meet(atLeast(left, right))
              .meet(asNarrow(left, right));
      case XOR -> Word.bits(width, left.bits().xor(right.bits())).meet(asNarrow(left, right));
      case SHL -> eachAmount(left, right, k -> shiftLeft(left, k));
      case SHR -> eachAmount(left, right, k -> shiftRight(left, k));
      case SAR -> eachAmount(left, right, k -> shiftRightSigned(left, k));
      case UADD_CHECKED -> Sums.add(left, right).meet(Sums.unsignedSum(left, right));
      case USUB_CHECKED -> Sums.subtract(left, right).meet(Sums.unsignedDifference(left, right));
      case UMUL_CHECKED ->
          Products.multiply(left, right).meet(Products.unsignedProduct(left, right));
      case SADD_CHECKED -> Sums.add(left, right).meet(Sums.signedSum(left, right));
      case SSUB_CHECKED -> Sums.subtract(left, right).meet(Sums.signedDifference(left, right));
      case SMUL_CHECKED -> Products.multiply(left, right).meet(Products.signedProduct(left, right));
    };
  }

  /** The low {@code bits} bits, zero-extended. */
  public static Word zeroExtend(Word word, int bits) {
    if (word.isEmpty() || bits >= word.width()) {
      return word;
    }
    long low = Word.mask(bits);
    Word kept = Word.bits(word.width(), word.bits().and(Bits.constant(low)));
    boolean oneBlock = word.umin() >>> bits == word.umax() >>> bits;
    if (!oneBlock) {
      return kept;
    }
    Word interval = Word.unsigned(word.width(), word.umin() & low, word.umax() & low);
    return word.umax() >>> bits == 0 ? word : kept.meet(interval);
  }

  /** The low {@code bits} bits, sign-extended. */
  public static Word signExtend(Word word, int bits) {
    if (word.isEmpty() || bits >= word.width()) {
      return word;
    }
    int width = word.width();
    long least = -1L << (bits - 1);
    if (least <= word.smin() && word.smax() <= ~least) {
      return word;
    }
    Word low = zeroExtend(word, bits);
    Word sign = Word.constant(width, -least);
    if (Long.compareUnsigned(low.umax(), -least) < 0) {
      return low;
    }
    if (Long.compareUnsigned(low.umin(), -least) >= 0) {
      return Sums.subtract(low, Word.constant(width, -2 * least));
    }
    // Flipping the sign bit and then subtracting it extends it.
    Word flipped = apply(Operator.XOR, low, sign);
    return Sums.subtract(flipped, sign).meet(Word.signed(width, least, ~least));
  }

  /** The low {@code bytes} bytes in reverse order, zero-extended. */
  public static Word swap(Word word, int bytes) {
    return word.isEmpty() ? word : Word.bits(word.width(), word.bits().swap(bytes));
  }

  /** An and is at most each operand. */
  private static Word atMost(Word left, Word right) {
    return Word.unsigned(left.width(), 0, Word.unsignedMin(left.umax(), right.umax()));
  }

  /** An or is at least each operand. */
  private static Word atLeast(Word left, Word right) {
    int width = left.width();
    long least = Word.unsignedMax(left.umin(), right.umin());
    return Word.unsigned(width, least, Word.mask(width));
  }

  /** Bitwise, what are both sign-extended from some bit give what is. */
  private static Word asNarrow(Word left, Word right) {
    long used =
        magnitude(left.smin())
            | magnitude(left.smax())
            | magnitude(right.smin())
            | magnitude(right.smax());
    long most = used == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(used);
    return Word.signed(left.width(), ~most, most);
  }

  /** The bits of a signed number below those that equal its sign. */
  private static long magnitude(long number) {
    return number ^ (number >> 63);
  }

  /** The results of a shift for every amount that the second operand allows. */
  private static Word eachAmount(Word left, Word right, IntFunction<Word> shift) {
    int width = left.width();
    Word amounts =
        Long.bitCount(width) == 1
            ? Word.bits(width, right.bits().and(Bits.constant(width - 1)))
            : Word.unsigned(width, 0, width - 1);
    Word exact = Long.compareUnsigned(right.umax(), width) < 0 ? right : amounts;
    Word all = Word.empty(width);
    for (int k = (int) exact.umin(); k <= (int) exact.umax(); k++) {
      if (exact.contains(k)) {
        all = all.join(shift.apply(k));
      }
    }
    return all;
  }

  private static Word shiftLeft(Word word, int amount) {
    int width = word.width();
    long mask = Word.mask(width);
    Bits bits = word.bits().shiftLeft(amount, mask);
    Word shifted = Word.bits(width, bits);
    if (Long.compareUnsigned(word.umax(), mask >>> amount) > 0) {
      long least = Word.any(width).smin() >> amount;
      boolean signFits = least <= word.smin() && word.smax() <= ~least;
      return signFits
          ? shifted.meet(Word.signed(width, word.smin() << amount, word.smax() << amount))
          : shifted;
    }
    Word any = Word.any(width);
    Stride stride = amount < 31 ? word.stride().multiply(1L << amount) : Stride.ANY;
    return Word.reduce(
        width, word.umin() << amount, word.umax() << amount, any.smin(), any.smax(), bits, stride);
  }

  private static Word shiftRight(Word word, int amount) {
    int width = word.width();
    return Word.bits(width, word.bits().shiftRight(amount))
        .meet(Word.unsigned(width, word.umin() >>> amount, word.umax() >>> amount));
  }

  private static Word shiftRightSigned(Word word, int amount) {
    int width = word.width();
    return Word.bits(width, word.bits().shiftRightSigned(amount, width))
        .meet(Word.signed(width, word.smin() >> amount, word.smax() >> amount));
  }
}
