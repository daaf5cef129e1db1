package dev.ovsm.verifier.domain;

/**
 * What a set of words must at least have: the extremes of words that were found one by one.
 *
 * <p>A set of words has them all exactly if its every view has these extremes, so that a comparison
 * takes the same time however many words they are.
 */
final class Hull {
  private final int width;
  private long count;
  private long umin;
  private long umax;
  private long smin;
  private long smax;
  private long onesOfAll;
  private long onesOfAny;
  private long apart;

  Hull(int width) {
    this.width = width;
    clear();
  }

  void clear() {
    count = 0;
    umin = Word.mask(width);
    umax = 0;
    smin = Long.MAX_VALUE;
    smax = Long.MIN_VALUE;
    onesOfAll = -1;
    onesOfAny = 0;
    apart = 0;
  }

  /** How often words were added. */
  long count() {
    return count;
  }

  void add(long word) {
    long signed = Word.signExtend(word, width);
    apart = count == 0 ? 0 : Stride.gcd(apart, Math.abs(word - umin));
    count++;
    umin = Math.min(umin, word);
    umax = Math.max(umax, word);
    smin = Math.min(smin, signed);
    smax = Math.max(smax, signed);
    onesOfAll &= word;
    onesOfAny |= word;
  }

  /** Adds all words of another one. */
  void add(Hull other) {
    if (other.count == 0) {
      return;
    }
    if (count == 0) {
      apart = other.apart;
    } else if (apart != 1) {
      apart = Stride.gcd(Stride.gcd(apart, other.apart), Math.abs(umin - other.umin));
    }
    count += other.count;
    umin = Math.min(umin, other.umin);
    umax = Math.max(umax, other.umax);
    smin = Math.min(smin, other.smin);
    smax = Math.max(smax, other.smax);
    onesOfAll &= other.onesOfAll;
    onesOfAny |= other.onesOfAny;
  }

  /** Whether a set has all the words that were added. */
  boolean isWithin(Word word) {
    return count == 0
        || (word.umin() <= umin
            && umax <= word.umax()
            && word.smin() <= smin
            && smax <= word.smax()
            && (onesOfAll & ~word.bits().unknown()) == word.bits().known()
            && (onesOfAny & ~word.bits().unknown()) == word.bits().known()
            && isOn(word.stride()));
  }

  private boolean isOn(Stride stride) {
    return stride.modulus() == 1
        || (stride.contains(umin) && (stride.modulus() == 0 || apart % stride.modulus() == 0));
  }
}
