package dev.ovsm.runtime.vm;

/** How memory is touched. */
public enum Access {
  LOAD("reading"),
  STORE("writing");

  private final String word;

  Access(String word) {
    this.word = word;
  }

  /** The word that a fault's text uses. */
  String word() {
    return word;
  }
}
