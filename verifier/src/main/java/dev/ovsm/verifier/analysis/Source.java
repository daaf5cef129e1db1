package dev.ovsm.verifier.analysis;

/** Where a value comes from that a callback must not depend on. */
public enum Source {
  /** Validators estimate it, so that it drifts and repeats. */
  UNIX_TIME("the block's wall-clock time"),
  METER("the compute units that remain"),
  UNKNOWN_CALL("a runtime call that is not known");

  private final String text;

  Source(String text) {
    this.text = text;
  }

  /** What it is, in a message. */
  public String text() {
    return text;
  }
}
