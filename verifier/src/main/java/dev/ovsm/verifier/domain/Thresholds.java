package dev.ovsm.verifier.domain;

import java.util.Arrays;

/**
 * The bounds at which widening pauses: numbers that the program itself mentions, and powers of two.
 */
public final class Thresholds {
  private Thresholds() {}

  /** The given numbers, their neighbours and every power of two, sorted as signed numbers. */
  public static long[] around(long[] constants) {
    long[] all = new long[3 * constants.length + 3 * 64 + 1];
    int count = 0;
    for (long constant : constants) {
      all[count++] = constant - 1;
      all[count++] = constant;
      all[count++] = constant + 1;
    }
    for (int bit = 0; bit < 64; bit++) {
      all[count++] = (1L << bit) - 1;
      all[count++] = 1L << bit;
      all[count++] = -(1L << bit);
    }
    all[count] = -1;
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  static long signedFloor(long[] sorted, long value) {
    int at = Arrays.binarySearch(sorted, value);
    int floor = at >= 0 ? at : -at - 2;
    return floor >= 0 ? sorted[floor] : Long.MIN_VALUE;
  }

  static long signedCeiling(long[] sorted, long value) {
    int at = Arrays.binarySearch(sorted, value);
    int ceiling = at >= 0 ? at : -at - 1;
    return ceiling < sorted.length ? sorted[ceiling] : Long.MAX_VALUE;
  }

  /** Unsigned order is signed order with the negative numbers moved behind the others. */
  static long unsignedFloor(long[] sorted, long value) {
    long floor = signedFloor(sorted, value);
    return value >= 0 && floor < 0 ? 0 : value < 0 && floor == Long.MIN_VALUE ? 0 : floor;
  }

  static long unsignedCeiling(long[] sorted, long value) {
    long ceiling = signedCeiling(sorted, value);
    return value < 0 && ceiling >= 0 ? -1 : ceiling;
  }
}
