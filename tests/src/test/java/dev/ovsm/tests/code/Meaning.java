package dev.ovsm.tests.code;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * What a run of a program shows: how it ended, what it logged, and the input it left if it
 * returned.
 */
record Meaning(String end, List<String> logs, String input) {
  /** How the runtime begins a line that a program logged. */
  static final String LOG = "Program log: ";

  Meaning {
    logs = List.copyOf(logs);
  }

  /** Whether the input is part of it. */
  boolean kept() {
    return !input.isEmpty();
  }

  /** Five numbers as the runtime logs them. */
  static String numbers(List<Long> five) {
    return five.stream().map(number -> "0x" + Long.toHexString(number)).collect(joining(", "));
  }
}
