package dev.ovsm.verifier;

/** What is known of a property. */
public enum Verdict {
  /** It holds in every execution. */
  SAFE("safe"),
  /** It does not hold, or what must be provable is not. */
  UNSAFE("unsafe"),
  /** Neither could be shown; the diagnostic says what is missing. */
  UNKNOWN("unknown");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** How reports name it. */
  public String word() {
    return word;
  }
}
