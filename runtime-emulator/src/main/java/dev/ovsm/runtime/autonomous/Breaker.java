package dev.ovsm.runtime.autonomous;

/**
 * The circuit breaker of one registration: closed; open for {@value #OPEN_SLOTS} slots after
 * {@value #THRESHOLD} failures in a row; then half-open, when the next activation decides.
 */
final class Breaker {
  static final int THRESHOLD = 10;
  static final int OPEN_SLOTS = 100;

  private int failures;
  private long openUntil;

  /** Failed attempts since the last success. */
  int failures() {
    return failures;
  }

  /** The first slot in which a probe may run; 0 while closed. */
  long openUntil() {
    return openUntil;
  }

  /** Whether nothing may run in this slot. */
  boolean blocks(long slot) {
    return openUntil > slot;
  }

  void succeeded() {
    failures = 0;
    openUntil = 0;
  }

  /** A failed attempt in {@code slot}; a failed probe opens again at once. */
  void failed(long slot) {
    failures++;
    if (failures >= THRESHOLD) {
      openUntil = slot + OPEN_SLOTS;
    }
  }

  /** Makes it what it was when it had these figures. */
  void restore(int failuresInRow, long until) {
    failures = failuresInRow;
    openUntil = until;
  }
}
