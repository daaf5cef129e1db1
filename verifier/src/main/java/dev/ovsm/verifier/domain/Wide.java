package dev.ovsm.verifier.domain;

import java.util.OptionalLong;

/** Exact sums and products of words of a width, with notice of those that do not fit. */
final class Wide {
  private Wide() {}

  /** The high word of the product of two zero-extended words. */
  static long unsignedHigh(long left, long right, int width) {
    if (width == 64) {
      return Math.multiplyHigh(left, right) + ((left >> 63) & right) + ((right >> 63) & left);
    }
    return width <= 32
        ? (left * right) >>> width
        : (unsignedHigh(left, right, 64) << (64 - width)) | ((left * right) >>> width);
  }

  /** The high word of the product of two sign-extended words, sign-extended. */
  static long signedHigh(long left, long right, int width) {
    if (width == 64) {
      return Math.multiplyHigh(left, right);
    }
    return width <= 32
        ? (left * right) >> width
        : (Math.multiplyHigh(left, right) << (64 - width)) | ((left * right) >>> width);
  }

  /** The sum of two zero-extended words, if it fits. */
  static OptionalLong unsignedSum(long left, long right, int width) {
    long sum = left + right;
    boolean carries = Long.compareUnsigned(sum, left) < 0 || (sum & ~Word.mask(width)) != 0;
    return carries ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  /** The product of two zero-extended words, if it fits. */
  static OptionalLong unsignedProduct(long left, long right, int width) {
    return unsignedHigh(left, right, width) != 0
        ? OptionalLong.empty()
        : OptionalLong.of(left * right);
  }

  /** The sum of two sign-extended words, sign-extended, if it fits. */
  static OptionalLong signedSum(long left, long right, int width) {
    long sum = left + right;
    boolean overflows = ((left ^ sum) & (right ^ sum)) < 0;
    return overflows || Word.signExtend(sum, width) != sum
        ? OptionalLong.empty()
        : OptionalLong.of(sum);
  }

  /** The difference of two sign-extended words, sign-extended, if it fits. */
  static OptionalLong signedDifference(long left, long right, int width) {
    long difference = left - right;
    boolean overflows = ((left ^ right) & (left ^ difference)) < 0;
    return overflows || Word.signExtend(difference, width) != difference
        ? OptionalLong.empty()
        : OptionalLong.of(difference);
  }

  /** The product of two sign-extended words, sign-extended, if it fits. */
  static OptionalLong signedProduct(long left, long right, int width) {
    long product = left * right;
    boolean fits = Math.multiplyHigh(left, right) == product >> 63;
    return fits && Word.signExtend(product, width) == product
        ? OptionalLong.of(product)
        : OptionalLong.empty();
  }

  /** A sign-extended result as a zero-extended word. */
  static OptionalLong fitting(OptionalLong signed, int width) {
    return signed.isPresent() ? OptionalLong.of(signed.getAsLong() & Word.mask(width)) : signed;
  }
}
