package dev.ovsm.tests.benchmark;

import java.util.Arrays;

/** What is made of measurements. */
final class Figures {
  private Figures() {}

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
