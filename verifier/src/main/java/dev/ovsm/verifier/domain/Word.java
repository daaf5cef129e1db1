package dev.ovsm.verifier.domain;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A set of words of {@code width} bits: those that lie in an unsigned and in a signed interval, fit
 * known bits and lie on a stride, all at once.
 *
 * <p>The four views are always reduced against each other; a set in which they leave nothing is
 * {@link #isEmpty empty}, and every empty word of a width is equal. Unsigned bounds are kept
 * zero-extended, signed bounds sign-extended. Width 64 is the machine's; narrower ones exist so
 * that the operators can be tried exhaustively.
 */
public record Word(
    int width, long umin, long umax, long smin, long smax, Bits bits, Stride stride) {
  private static final int MACHINE = 64;
  private static final Word ANY = ofAll(MACHINE);
  private static final Word EMPTY = ofNone(MACHINE);

  /** Every 64-bit word. */
  public static Word any() {
    return any(MACHINE);
  }

  /** Every word of {@code width} bits, 2 to 64. */
  public static Word any(int width) {
    return width == MACHINE ? ANY : ofAll(width);
  }

  private static Word ofAll(int width) {
    long mask = mask(width);
    return new Word(width, 0, mask, ~(mask >>> 1), mask >>> 1, Bits.any(mask), Stride.ANY);
  }

  /** No word at all: the value of what never runs. */
  public static Word empty(int width) {
    return width == MACHINE ? EMPTY : ofNone(width);
  }

  private static Word ofNone(int width) {
    return new Word(width, 1, 0, 1, 0, Bits.constant(0), Stride.ANY);
  }

  public static Word constant(long value) {
    return constant(MACHINE, value);
  }

  /** The one word that {@code value} is in its low {@code width} bits. */
  public static Word constant(int width, long value) {
    long word = value & mask(width);
    long signed = signExtend(word, width);
    return new Word(width, word, word, signed, signed, Bits.constant(word), Stride.of(0, word));
  }

  /** The 64-bit words from {@code low} to {@code high}, unsigned. */
  public static Word unsigned(long low, long high) {
    return unsigned(MACHINE, low, high);
  }

  /** The words from {@code low} to {@code high}, both zero-extended. */
  public static Word unsigned(int width, long low, long high) {
    Word any = any(width);
    return reduce(width, low, high, any.smin, any.smax, any.bits, Stride.ANY);
  }

  /** The 64-bit words from {@code low} to {@code high}, signed. */
  public static Word signed(long low, long high) {
    return signed(MACHINE, low, high);
  }

  /** The words from {@code low} to {@code high}, both sign-extended. */
  public static Word signed(int width, long low, long high) {
    Word any = any(width);
    return reduce(width, any.umin, any.umax, low, high, any.bits, Stride.ANY);
  }

  /** The words with these known and unknown bits. */
  static Word bits(int width, Bits bits) {
    Word any = any(width);
    return reduce(width, any.umin, any.umax, any.smin, any.smax, bits, Stride.ANY);
  }

  public boolean isEmpty() {
    return Long.compareUnsigned(umin, umax) > 0;
  }

  public boolean isConstant() {
    return umin == umax;
  }

  /** Whether the set has every word of its width. */
  public boolean isAny() {
    return equals(any(width));
  }

  /** Whether {@code value}, in its low {@code width} bits, is in the set. */
  public boolean contains(long value) {
    long word = value & mask(width);
    long signed = signExtend(word, width);
    return Long.compareUnsigned(umin, word) <= 0
        && Long.compareUnsigned(word, umax) <= 0
        && smin <= signed
        && signed <= smax
        && bits.contains(word)
        && stride.contains(word);
  }

  /** The words of both sets, or a few more. */
  public Word meet(Word other) {
    if (isEmpty() || other.isEmpty() || bits.contradicts(other.bits)) {
      return empty(width);
    }
    if (other.isAny()) {
      return this;
    }
    if (isAny()) {
      return other;
    }
    Stride finer = stride.modulus() == 1 ? other.stride : stride;
    if (other.isConstant()) {
      finer = other.stride;
    } else if (!isConstant() && Long.compareUnsigned(other.stride.modulus(), finer.modulus()) > 0) {
      finer = other.stride;
    }
    return reduce(
        width,
        unsignedMax(umin, other.umin),
        unsignedMin(umax, other.umax),
        Math.max(smin, other.smin),
        Math.min(smax, other.smax),
        bits.meet(other.bits),
        finer);
  }

  /** The words of either set, and some more. */
  public Word join(Word other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty() || equals(other)) {
      return this;
    }
    return reduce(
        width,
        unsignedMin(umin, other.umin),
        unsignedMax(umax, other.umax),
        Math.min(smin, other.smin),
        Math.max(smax, other.smax),
        bits.join(other.bits),
        stride.join(other.stride));
  }

  /** Whether every word of the other set is known to be in this one. */
  public boolean includes(Word other) {
    if (other.isEmpty()) {
      return true;
    }
    return !isEmpty()
        && Long.compareUnsigned(umin, other.umin) <= 0
        && Long.compareUnsigned(other.umax, umax) <= 0
        && smin <= other.smin
        && other.smax <= smax
        && bits.equals(bits.join(other.bits))
        && stride.join(other.stride).equals(stride);
  }

  /**
   * A set that includes this one and {@code next} and is reached after few steps: a bound that
   * moved goes to the next threshold.
   *
   * @param thresholds sorted as signed numbers
   */
  public Word widen(Word next, long[] thresholds) {
    if (isEmpty() || next.isEmpty()) {
      return join(next);
    }
    Word joined = join(next);
    Word any = any(width);
    long low = joined.umin == umin ? umin : Thresholds.unsignedFloor(thresholds, joined.umin);
    long high =
        joined.umax == umax
            ? umax
            : unsignedMin(any.umax, Thresholds.unsignedCeiling(thresholds, joined.umax));
    long signedLow =
        joined.smin == smin
            ? smin
            : Math.max(any.smin, Thresholds.signedFloor(thresholds, joined.smin));
    long signedHigh =
        joined.smax == smax
            ? smax
            : Math.min(any.smax, Thresholds.signedCeiling(thresholds, joined.smax));
    return reduce(width, low, high, signedLow, signedHigh, joined.bits, joined.stride);
  }

  /** Whether every word of the set, as an unsigned number, is a multiple of a positive number. */
  public boolean isMultipleOf(long number) {
    if (isConstant()) {
      return Long.remainderUnsigned(umin, number) == 0;
    }
    if (Long.bitCount(number) == 1) {
      return ((bits.known() | bits.unknown()) & (number - 1)) == 0;
    }
    return stride.modulus() % number == 0 && stride.residue() % number == 0;
  }

  /** Written out, for it is asked all the time: a record's own is slow until it is compiled. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Word word
        && umin == word.umin
        && umax == word.umax
        && smin == word.smin
        && smax == word.smax
        && width == word.width
        && bits.equals(word.bits)
        && stride.equals(word.stride);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, umin, umax, smin, smax, bits, stride);
  }

  @Override
  public String toString() {
    if (isEmpty()) {
      return "nothing";
    }
    if (isConstant()) {
      return number(smin >= 0 ? umin : smin);
    }
    String range =
        smin < 0 && (umin == 0 || umax == mask(width))
            ? number(smin) + ".." + number(smax)
            : Long.toUnsignedString(umin) + ".." + Long.toUnsignedString(umax);
    if (equals(any(width))) {
      return "anything";
    }
    return stride.modulus() > 1
        ? String.format(Locale.ROOT, "%s (%d mod %d)", range, stride.residue(), stride.modulus())
        : range;
  }

  private static String number(long value) {
    return Long.toString(value);
  }

  static long mask(int width) {
    return -1L >>> (64 - width);
  }

  static long signExtend(long word, int width) {
    return word << (64 - width) >> (64 - width);
  }

  static long unsignedMin(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  static long unsignedMax(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  /** The word whose four views are these, each tightened by the others. */
  static Word reduce(
      int width, long umin, long umax, long smin, long smax, Bits bits, Stride stride) {
    Word word = new Word(width, umin, umax, smin, smax, bits, stride);
    for (int pass = 0; pass < 4; pass++) {
      Word tighter = word.isEmpty() ? empty(width) : word.tightened();
      if (tighter.equals(word)) {
        return word;
      }
      word = tighter;
    }
    return word;
  }

  /** Tightens the non-negative and the negative half by each view, then puts them together. */
  private Word tightened() {
    long mask = mask(width);
    long greatest = mask >>> 1;
    Half low =
        smax < 0 ? null : Half.of(this, umin, unsignedMin(umax, greatest), Math.max(smin, 0), smax);
    Half high =
        smin >= 0
            ? null
            : Half.of(
                this,
                unsignedMax(umin, greatest + 1),
                umax,
                smin & mask,
                Math.min(smax, -1) & mask);
    Half first = low != null ? low : high;
    Half last = high != null ? high : low;
    if (first == null || last == null) {
      return empty(width);
    }
    long least = first.least();
    long most = last.most();
    if (least == most) {
      return constant(width, least);
    }
    Bits agreed = Bits.between(least, most);
    if (agreed.contradicts(bits)) {
      return empty(width);
    }
    Bits known = agreed.meet(bits);
    Stride steps = stride;
    long even = Long.lowestOneBit(steps.modulus());
    if (even > 1) {
      Bits tail = new Bits(steps.residue() & (even - 1), mask & -even);
      if (tail.contradicts(known)) {
        return empty(width);
      }
      known = known.meet(tail);
    }
    int tail = Math.min(known.knownTail(), 30);
    if (tail > 0 && Long.bitCount(steps.modulus()) == 1 && (1L << tail) > steps.modulus()) {
      steps = Stride.of(1L << tail, known.known() & ((1L << tail) - 1));
    }
    long lowest = signExtend(last.least(), width);
    long highest = signExtend(first.most(), width);
    boolean isTight =
        least == umin
            && most == umax
            && lowest == smin
            && highest == smax
            && known.equals(bits)
            && steps.equals(stride);
    return isTight ? this : new Word(width, least, most, lowest, highest, known, steps);
  }
}
