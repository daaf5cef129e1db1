package dev.ovsm.verifier;

/** What is known of a property. */
public enum Verdict {
  /** It holds in every execution. */
  SAFE("safe"),
  /**
   * It is not shown to hold, but the machine ends every execution in which it would not, and takes
   * back what that did; the figure counts what is left to it and says where that begins.
   */
  GUARDED("guarded"),
  /** It does not hold, or what must be provable is not. */
  UNSAFE("unsafe"),
  /** Neither could be shown; the diagnostic says what is missing. */
  UNKNOWN("unknown");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** The worse of two. */
  public Verdict worse(Verdict other) {
    return badness() >= other.badness() ? this : other;
  }

  private int badness() {
    return switch (this) {
      case SAFE -> 0;
      case GUARDED -> 1;
      case UNKNOWN -> 2;
      case UNSAFE -> 3;
    };
  }

  /** Whether nothing goes wrong: by the program itself, or because the machine sees to it. */
  public boolean passes() {
    return this == SAFE || this == GUARDED;
  }

  /** How reports name it. */
  public String word() {
    return word;
  }
}
