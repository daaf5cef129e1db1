package dev.ovsm.diag;

/** How much a diagnostic weighs, most severe first. */
public enum Severity {
  ERROR("error"),
  WARNING("warning"),
  NOTE("note");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** The word printed before the code. */
  public String word() {
    return word;
  }
}
