package dev.ovsm.verifier.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of words and how its members follow from those of the set before it in a list: they are
 * {@code added}, after the others unless it is {@code fresh}.
 */
record Element(Word word, boolean fresh, long[] added) {
  /** Every set that the views of a word can express one by one: intervals, bits and strides. */
  static List<Element> all(int width) {
    List<Element> all = new ArrayList<>(intervals(width));
    all.addAll(bits(width));
    all.addAll(strides(width));
    return all;
  }

  /** Every interval without sign, and those with sign that are not among them. */
  static List<Element> intervals(int width) {
    List<Element> all = new ArrayList<>();
    long most = Word.mask(width);
    long half = most / 2 + 1;
    for (long low = 0; low <= most; low++) {
      for (long high = low; high <= most; high++) {
        all.add(new Element(Word.unsigned(width, low, high), high == low, new long[] {high}));
      }
    }
    for (long low = -half; low < 0; low++) {
      all.add(alone(Word.signed(width, low, -1)));
      for (long high = 0; high < half; high++) {
        all.add(new Element(Word.signed(width, low, high), false, new long[] {high}));
      }
    }
    return all;
  }

  /** Every choice of known bits. */
  static List<Element> bits(int width) {
    List<Element> all = new ArrayList<>();
    for (long unknown = 0; unknown < 1L << width; unknown++) {
      for (long known = 0; known < 1L << width; known++) {
        if ((known & unknown) == 0) {
          all.add(alone(Word.bits(width, new Bits(known, unknown))));
        }
      }
    }
    return all;
  }

  /** Every stride that at least two words lie on. */
  static List<Element> strides(int width) {
    List<Element> all = new ArrayList<>();
    Word any = Word.any(width);
    for (long modulus = 2; modulus <= any.umax(); modulus++) {
      for (long residue = 0; residue < modulus && residue + modulus <= any.umax(); residue++) {
        Stride stride = Stride.of(modulus, residue);
        all.add(
            alone(Word.reduce(width, 0, any.umax(), any.smin(), any.smax(), any.bits(), stride)));
      }
    }
    return all;
  }

  static Element alone(Word word) {
    long[] members = new long[1 << word.width()];
    int count = 0;
    for (long value = 0; value < members.length; value++) {
      if (word.contains(value)) {
        members[count++] = value;
      }
    }
    return new Element(word, true, Arrays.copyOf(members, count));
  }
}
