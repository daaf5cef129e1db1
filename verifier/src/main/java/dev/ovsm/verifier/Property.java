package dev.ovsm.verifier;

/** What is proved of each entry, in the order of reports. */
public enum Property {
  TERMINATION("termination"),
  COMPUTE("compute units"),
  BUDGET("budgets"),
  EVENTS("events"),
  TAIL_CALLS("tail calls"),
  REGISTRATIONS("registrations"),
  DETERMINISM("determinism"),
  STACK("stack"),
  MEMORY("memory"),
  WRITES("writes"),
  PROTOCOL("protocol"),
  ARITHMETIC("arithmetic");

  private final String word;

  Property(String word) {
    this.word = word;
  }

  /** How reports name it. */
  public String word() {
    return word;
  }
}
