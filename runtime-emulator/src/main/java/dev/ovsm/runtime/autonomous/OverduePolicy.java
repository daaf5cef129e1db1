package dev.ovsm.runtime.autonomous;

/** What a periodic registration does with ticks that cannot run in their slot. */
public enum OverduePolicy {
  /** They merge into the one that waits, which counts them as missed. */
  COALESCE(0),
  /** Each runs, one a slot. */
  CATCH_UP(1),
  /** They expire. */
  SKIP(2);

  private final int number;

  OverduePolicy(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
