package dev.ovsm.cli;

import dev.ovsm.diag.Severity;

/** From which severity on a diagnostic makes a command fail. */
enum FailLevel {
  ERROR,
  WARNING,
  NOTE;

  /** Whether a diagnostic of this severity makes the command fail. */
  boolean includes(Severity severity) {
    return switch (severity) {
      case ERROR -> true;
      case WARNING -> this != ERROR;
      case NOTE -> this == NOTE;
    };
  }
}
