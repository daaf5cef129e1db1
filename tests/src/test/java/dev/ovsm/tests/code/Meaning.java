package dev.ovsm.tests.code;

import java.util.List;

/**
 * What a run of a program shows: how it ended, what it logged, and the input it left if it
 * returned.
 */
record Meaning(String end, List<String> logs, String input) {
  Meaning {
    logs = List.copyOf(logs);
  }
}
