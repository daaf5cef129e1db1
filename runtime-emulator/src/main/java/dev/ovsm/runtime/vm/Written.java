package dev.ovsm.runtime.vm;

import java.util.Arrays;

/**
 * Which bytes of an array may have been written: a range that only grows.
 *
 * <p>Invariant: outside the range nothing has been written since the array was mapped.
 */
final class Written {
  /** So many stores are cheaper to note one by one than an array is to clear as a whole. */
  private static final int FEW = 8;

  private int from = Integer.MAX_VALUE;
  private int to;
  private int times;

  /** Notes that the bytes from one index to another may have been written. */
  void add(int begin, int end) {
    times++;
    if (begin < end) {
      from = Math.min(from, begin);
      to = Math.max(to, end);
    }
  }

  /** Whether so much was noted that it takes too long to go on. */
  boolean isOften() {
    return times > FEW;
  }

  /** Fills what may have been written with zeros. */
  void clear(byte[] bytes) {
    if (from < to) {
      Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0);
    }
  }
}
