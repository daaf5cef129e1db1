package dev.ovsm.runtime.vm;

/**
 * Arrays of zeros that invocations have worked on, for other ones: to clear one that the processor
 * has at hand takes less time than to make one.
 *
 * <p>Safe for several threads; whoever gives an array back must not use it any more.
 */
public final class Buffers {
  private static final int KEPT = 24;

  /** Larger ones are not kept, so that what is kept stays small. */
  private static final int LARGEST = 512 * 1024;

  private final byte[][] free = new byte[KEPT][];
  private int count;
  private int oldest;

  /** An array of so many zeros. */
  public byte[] take(int bytes) {
    synchronized (free) {
      for (int i = count - 1; i >= 0; i--) {
        byte[] found = free[i];
        if (found.length == bytes) {
          free[i] = free[--count];
          return found;
        }
      }
    }
    return new byte[bytes];
  }

  /** Takes back what {@link #take} gave, full of zeros again. */
  public void give(byte[] zeros) {
    if (zeros.length > LARGEST) {
      return;
    }
    synchronized (free) {
      if (count < KEPT) {
        free[count++] = zeros;
      } else {
        free[oldest] = zeros;
        oldest = (oldest + 1) % KEPT;
      }
    }
  }
}
