package dev.ovsm.verifier.analysis;

/** Where a value comes from that a callback must not depend on. */
public enum Source {
  /** Validators estimate it, so that it drifts and repeats. */
  UNIX_TIME(1, "the block's wall-clock time"),
  METER(2, "the compute units that remain"),
  UNKNOWN_CALL(4, "a runtime call that is not known");

  private final long label;
  private final String text;

  Source(long label, String text) {
    this.label = label;
    this.text = text;
  }

  /** The bit that stands for it in a set of labels. */
  long label() {
    return label;
  }

  /** What it is, in a message. */
  public String text() {
    return text;
  }
}
