package dev.ovsm.tests.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What is made of measurements. */
final class Figures {
  private Figures() {}

  /** Nanoseconds that this thread has worked, whatever else the machine does. */
  static long threadTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
