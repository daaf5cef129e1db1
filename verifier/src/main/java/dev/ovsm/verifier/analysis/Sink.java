package dev.ovsm.verifier.analysis;

/** What every validator must see the same of. */
public enum Sink {
  ACCOUNT("is written to an account"),
  EVENT("decides what is emitted"),
  SCHEDULE("decides what is scheduled"),
  INVOCATION("decides what another program is asked"),
  RETURN_DATA("is returned as data"),
  LOG("is logged"),
  OUTCOME("decides whether the execution succeeds");

  private final String text;

  Sink(String text) {
    this.text = text;
  }

  /** What happens to the value there, in a message. */
  public String text() {
    return text;
  }
}
