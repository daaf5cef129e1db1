package dev.ovsm.verifier.domain;

import org.jspecify.annotations.Nullable;

/** The least and the greatest word, unsigned, of a set's members with one sign. */
record Half(long least, long most) {
  /** What remains of two intervals of unsigned words in a set's bits and stride, or null. */
  static @Nullable Half of(Word word, long low, long high, long otherLow, long otherHigh) {
    long least = Word.unsignedMax(low, otherLow);
    long most = Word.unsignedMin(high, otherHigh);
    long mask = Word.mask(word.width());
    if (Long.compareUnsigned(least, most) > 0 || !word.bits().hasCeiling(least, mask)) {
      return null;
    }
    least = word.bits().ceiling(least);
    Bits bits = word.bits();
    if (Long.compareUnsigned(bits.known(), most) > 0) {
      return null;
    }
    most = bits.floor(most, mask);
    if (Long.compareUnsigned(least, most) > 0) {
      return null;
    }
    return onStride(word.stride(), least, most);
  }

  private static @Nullable Half onStride(Stride stride, long least, long most) {
    long modulus = stride.modulus();
    if (modulus == 1) {
      return new Half(least, most);
    }
    if (modulus == 0) {
      boolean inside =
          Long.compareUnsigned(least, stride.residue()) <= 0
              && Long.compareUnsigned(stride.residue(), most) <= 0;
      return inside ? new Half(stride.residue(), stride.residue()) : null;
    }
    long first = stride.ceiling(least);
    long last = stride.floor(most);
    boolean some =
        Long.compareUnsigned(first, least) >= 0
            && Long.compareUnsigned(last, most) <= 0
            && Long.compareUnsigned(first, last) <= 0;
    return some ? new Half(first, last) : null;
  }
}
