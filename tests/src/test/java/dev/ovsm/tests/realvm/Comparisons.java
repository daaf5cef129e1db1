package dev.ovsm.tests.realvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts what a suite compared with the real VM, so that a suite that compares nothing fails. */
public final class Comparisons {
  private final String suite;
  private long made;

  Comparisons(String suite) {
    this.suite = suite;
  }

  /** One comparison: ours and the real VM's must be equal; arrays are compared by content. */
  public void equal(String what, @Nullable Object ours, @Nullable Object real) {
    made++;
    assertThat(readable(ours)).as(what).isEqualTo(readable(real));
  }

  /** Bytes as hexadecimal digits, everything else as it is. */
  private static @Nullable Object readable(@Nullable Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
  }

  /** Comparisons that the suite asserted by itself. */
  public void count(long number) {
    made += number;
  }

  /** How many were made so far. */
  public long made() {
    return made;
  }

  /** Prints the figure and asserts that it is at least the minimum. */
  void finish(long minimum) {
    System.out.printf("%s: %,d comparisons with the real VM (minimum %,d)%n", suite, made, minimum);
    assertThat(made).as("comparisons made by " + suite).isGreaterThanOrEqualTo(minimum);
  }
}
