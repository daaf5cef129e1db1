package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;

/**
 * How often a value can be seen in a range when it moves in one direction each time and never wraps
 * around.
 */
final class Span {
  private Span() {}

  /**
   * The number of times, or {@link LoopBound#NONE} if the value might wrap around, in unsigned or
   * in signed order, whichever is better.
   *
   * @param first what it is the first time
   * @param seen what it is each time
   * @param step by how much it moves; not zero
   */
  static long times(Word first, Word seen, Step step) {
    return seen.isEmpty() ? 0 : Math.min(unsigned(first, seen, step), signed(first, seen, step));
  }

  private static long unsigned(Word first, Word seen, Step step) {
    if (step.rises()) {
      boolean wraps = Long.compareUnsigned(seen.umax(), -1 - step.high()) > 0;
      boolean starts = Long.compareUnsigned(first.umin(), seen.umin()) > 0;
      return wraps
          ? LoopBound.NONE
          : fits(starts ? first.umin() : seen.umin(), seen.umax(), step.low());
    }
    boolean wraps = Long.compareUnsigned(seen.umin(), -step.low()) < 0;
    boolean starts = Long.compareUnsigned(first.umax(), seen.umax()) < 0;
    return wraps
        ? LoopBound.NONE
        : fits(seen.umin(), starts ? first.umax() : seen.umax(), -step.high());
  }

  private static long signed(Word first, Word seen, Step step) {
    long flip = Long.MIN_VALUE;
    if (step.rises()) {
      boolean wraps = seen.smax() > Long.MAX_VALUE - step.high();
      long low = Math.max(first.smin(), seen.smin());
      return wraps ? LoopBound.NONE : fits(low ^ flip, seen.smax() ^ flip, step.low());
    }
    boolean wraps = seen.smin() < Long.MIN_VALUE - step.low();
    long high = Math.min(first.smax(), seen.smax());
    return wraps ? LoopBound.NONE : fits(seen.smin() ^ flip, high ^ flip, -step.high());
  }

  /**
   * How many numbers at least {@code size} apart lie from {@code low} to {@code high}, unsigned.
   */
  private static long fits(long low, long high, long size) {
    if (Long.compareUnsigned(low, high) > 0) {
      return 0;
    }
    long gaps = Long.divideUnsigned(high - low, size);
    return gaps < 0 || gaps == LoopBound.NONE ? LoopBound.NONE : gaps + 1;
  }
}
