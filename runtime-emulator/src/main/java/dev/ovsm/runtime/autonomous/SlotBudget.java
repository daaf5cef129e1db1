package dev.ovsm.runtime.autonomous;

/**
 * What callbacks may still consume in a slot.
 *
 * <p>In strict order the first item that does not fit closes the slot for all behind it.
 */
final class SlotBudget {
  private final long whole;
  private final boolean fillSkip;
  private long left;
  private boolean closed;

  SlotBudget(long units, boolean fillSkip) {
    this.whole = units;
    this.left = units;
    this.fillSkip = fillSkip;
  }

  /** Whether nothing more can run in this slot, whatever its budget. */
  boolean isClosed() {
    return closed;
  }

  /** Whether an item of this declared budget may run; if not it may close the slot. */
  boolean admits(long declared) {
    boolean fits = !closed && declared <= left;
    closed |= !fits && !fillSkip;
    return fits;
  }

  /** Charges what an admitted item consumed. */
  void charge(long units) {
    left -= units;
  }

  long used() {
    return whole - left;
  }
}
