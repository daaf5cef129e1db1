package dev.ovsm.verifier.analysis;

import java.util.ArrayList;
import java.util.List;

/** Where a value comes from that a callback must not depend on. */
public enum Source {
  /** Validators estimate it, so that it drifts and repeats. */
  UNIX_TIME(1, "the block's wall-clock time"),
  METER(2, "the compute units that remain"),
  UNKNOWN_CALL(4, "a runtime call that is not known"),
  /** A frame holds the time, and an address that cannot be followed may lead there. */
  STRAY_TIME(8, "memory that may hold the block's wall-clock time"),
  /** The same of any other such value. */
  STRAY_VALUE(16, "memory that may hold a value of one validator");

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

  /** What a value may be that is read where labels may lie. */
  static List<Source> straying(long labels) {
    List<Source> all = new ArrayList<>();
    if ((labels & (UNIX_TIME.label | STRAY_TIME.label)) != 0) {
      all.add(STRAY_TIME);
    }
    if ((labels & ~(UNIX_TIME.label | STRAY_TIME.label)) != 0) {
      all.add(STRAY_VALUE);
    }
    return all;
  }

  /** What it is, in a message. */
  public String text() {
    return text;
  }
}
