package dev.ovsm.verifier.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sets of words to try operators on. */
final class Words {
  private Words() {}

  /** Every unsigned and every signed interval of a width. */
  static List<Word> intervals(int width) {
    List<Word> all = new ArrayList<>();
    long most = (1L << width) - 1;
    for (long low = 0; low <= most; low++) {
      for (long high = low; high <= most; high++) {
        all.add(Word.unsigned(width, low, high));
        all.add(Word.signed(width, low - most / 2 - 1, high - most / 2 - 1));
      }
    }
    return all;
  }

  /** Every choice of known bits of a width. */
  static List<Word> bits(int width) {
    List<Word> all = new ArrayList<>();
    for (long unknown = 0; unknown < 1L << width; unknown++) {
      for (long known = 0; known < 1L << width; known++) {
        if ((known & unknown) == 0) {
          all.add(Word.bits(width, new Bits(known, unknown)));
        }
      }
    }
    return all;
  }

  /** A number that is likely to be near a power of two, zero or an end. */
  static long edgy(Random random) {
    long base =
        switch (random.nextInt(4)) {
          case 0 -> 1L << random.nextInt(64);
          case 1 -> -(1L << random.nextInt(64));
          case 2 -> 0;
          default -> random.nextLong() >>> random.nextInt(64);
        };
    return base + random.nextInt(7) - 3;
  }

  /** A set that has {@code value} among others, in all four views. */
  static Word around(Random random, long value, int width) {
    long mask = Word.mask(width);
    long word = value & mask;
    long signed = Word.signExtend(word, width);
    Word set = Word.any(width);
    if (random.nextInt(3) > 0) {
      long below = word - Long.remainderUnsigned(edgy(random), word + 1 == 0 ? -1 : word + 1);
      long room = mask - word;
      long above = word + Long.remainderUnsigned(edgy(random), room + 1 == 0 ? -1 : room + 1);
      set = set.meet(Word.unsigned(width, below, above));
    }
    if (random.nextInt(3) == 0) {
      long other = Word.signExtend(edgy(random), width);
      set = set.meet(Word.signed(width, Math.min(signed, other), Math.max(signed, other)));
    }
    if (random.nextInt(3) == 0) {
      long unknown = edgy(random) & mask;
      set = set.meet(Word.bits(width, new Bits(word & ~unknown, unknown)));
    }
    if (random.nextInt(3) == 0) {
      Word any = Word.any(width);
      Stride stride = Stride.of(1 + random.nextInt(100), word);
      set =
          set.meet(
              Word.reduce(
                  width, any.umin(), any.umax(), any.smin(), any.smax(), any.bits(), stride));
    }
    return random.nextInt(20) == 0 ? Word.constant(width, value) : set;
  }
}
