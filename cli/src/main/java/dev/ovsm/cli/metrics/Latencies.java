package dev.ovsm.cli.metrics;

import java.util.Map;

/** How many slots after their own callbacks ran, in buckets. */
final class Latencies {
  private static final long[] BOUNDS = {0, 1, 2, 5, 10, 50, 100, 1_000};

  private final long[] counts = new long[BOUNDS.length];
  private long all;
  private long sum;

  void add(long slots) {
    all++;
    sum += slots;
    for (int i = 0; i < BOUNDS.length; i++) {
      counts[i] += slots <= BOUNDS[i] ? 1 : 0;
    }
  }

  /** Writes the histogram with slots counted as {@code unit} each. */
  void write(Exposition out, String name, String help, long unit) {
    out.family(name, Exposition.Type.HISTOGRAM, help);
    for (int i = 0; i < BOUNDS.length; i++) {
      out.sample(name + "_bucket", Map.of("le", Long.toString(BOUNDS[i] * unit)), counts[i]);
    }
    out.sample(name + "_bucket", Map.of("le", "+Inf"), all);
    out.sample(name + "_sum", Map.of(), sum * unit);
    out.sample(name + "_count", Map.of(), all);
  }
}
