package dev.ovsm.verifier.domain;

import org.jspecify.annotations.Nullable;

/**
 * The words that agree with {@code known} wherever {@code unknown} has a zero; no bit is one in
 * both.
 *
 * <p>A word narrower than 64 bits has zeros above its width in both.
 */
record Bits(long known, long unknown) {
  static Bits constant(long value) {
    return new Bits(value, 0);
  }

  static Bits any(long mask) {
    return new Bits(0, mask);
  }

  /** The bits on which every word from {@code low} to {@code high}, unsigned, agrees. */
  static Bits between(long low, long high) {
    long differing = low ^ high;
    long below = differing == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(differing);
    return new Bits(low & ~below, below);
  }

  boolean contains(long word) {
    return (word & ~unknown) == known;
  }

  /** Whether no word fits both; {@link #meet} is meaningful only if one does. */
  boolean contradicts(Bits other) {
    return ((known ^ other.known) & ~unknown & ~other.unknown) != 0;
  }

  Bits meet(Bits other) {
    long ones = known | other.known;
    long open = unknown & other.unknown;
    if (ones == known && open == unknown) {
      return this;
    }
    return ones == other.known && open == other.unknown ? other : new Bits(ones, open);
  }

  Bits join(Bits other) {
    long open = unknown | other.unknown | (known ^ other.known);
    return new Bits(known & ~open, open);
  }

  /** How many low bits are known. */
  int knownTail() {
    return Long.numberOfTrailingZeros(unknown);
  }

  Bits add(Bits other, long mask) {
    long sums = known + other.known;
    long carries = (sums + unknown + other.unknown) ^ sums;
    long open = (carries | unknown | other.unknown) & mask;
    return new Bits(sums & ~open & mask, open);
  }

  Bits subtract(Bits other, long mask) {
    long difference = known - other.known;
    long borrows = (difference + unknown) ^ (difference - other.unknown);
    long open = (borrows | unknown | other.unknown) & mask;
    return new Bits(difference & ~open & mask, open);
  }

  /** Sums the other factor, shifted, for each bit of this one that is or may be one. */
  Bits multiply(Bits other, long mask) {
    Bits product = constant(0);
    Bits shifted = other;
    long ones = known;
    long maybe = unknown;
    // What is unknown in every bit stays so.
    while ((ones | maybe) != 0 && product.unknown != mask) {
      int zeros = Long.numberOfTrailingZeros(ones | maybe);
      shifted = shifted.shiftLeft(zeros, mask);
      boolean isOne = ((ones >>> zeros) & 1) != 0;
      Bits summand = isOne ? shifted : new Bits(0, shifted.known | shifted.unknown);
      product = product.add(summand, mask);
      ones = (ones >>> zeros) & ~1L;
      maybe = (maybe >>> zeros) & ~1L;
    }
    return product;
  }

  Bits and(Bits other) {
    long ones = known & other.known;
    return new Bits(ones, (known | unknown) & (other.known | other.unknown) & ~ones);
  }

  Bits or(Bits other) {
    long ones = known | other.known;
    return new Bits(ones, (unknown | other.unknown) & ~ones);
  }

  Bits xor(Bits other) {
    long open = unknown | other.unknown;
    return new Bits((known ^ other.known) & ~open, open);
  }

  Bits shiftLeft(int amount, long mask) {
    return new Bits((known << amount) & mask, (unknown << amount) & mask);
  }

  Bits shiftRight(int amount) {
    return new Bits(known >>> amount, unknown >>> amount);
  }

  /** Shifts a word of {@code width} bits right and repeats its sign bit. */
  Bits shiftRightSigned(int amount, int width) {
    int up = 64 - width;
    long mask = -1L >>> up;
    return new Bits(
        ((known << up) >> up >> amount) & mask, ((unknown << up) >> up >> amount) & mask);
  }

  /** The low {@code count} bytes in reverse order, zeros above. */
  Bits swap(int count) {
    int drop = 64 - 8 * count;
    return new Bits(Long.reverseBytes(known) >>> drop, Long.reverseBytes(unknown) >>> drop);
  }

  /** Whether some word that fits is at least {@code low}, unsigned, within {@code mask}. */
  boolean hasCeiling(long low, long mask) {
    return Long.compareUnsigned(low, (known | unknown) & mask) <= 0;
  }

  /** The least word that fits and is at least {@code low}; there must be one. */
  long ceiling(long low) {
    return ceiling(low, known, unknown);
  }

  private static long ceiling(long low, long known, long unknown) {
    long wrong = (low ^ known) & ~unknown;
    if (wrong == 0) {
      return low;
    }
    long highest = Long.highestOneBit(wrong);
    long step = highest;
    if ((known & highest) == 0) {
      // This bit must be zero, so a higher open bit has to go from zero to one.
      step = Long.lowestOneBit(unknown & ~low & ~(highest | (highest - 1)));
    }
    long below = step - 1;
    return (low & ~below & ~step) | step | (known & below);
  }

  /** The greatest word that fits and is at most {@code high}; there must be one. */
  long floor(long high, long mask) {
    return ~ceiling(~high & mask, ~known & ~unknown & mask, unknown) & mask;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bits bits && known == bits.known && unknown == bits.unknown;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(known) + Long.hashCode(unknown);
  }
}
