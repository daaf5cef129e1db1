package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What callbacks may still consume in a slot.
 *
 * <p>In strict order the first item that does not fit closes the slot for all behind it, besides
 * those that fit what is left of their program's reservation. Nobody else gets what is reserved.
 */
final class SlotBudget {
  private final long whole;
  private final boolean fillSkip;
  private final Map<Pubkey, Long> reserved;
  private long held;
  private long left;
  private boolean closed;

  /**
   * A slot in which nothing ran yet.
   *
   * @param reserved compute units that programs have reserved, together at most {@code whole}
   */
  SlotBudget(long whole, boolean fillSkip, Map<Pubkey, Long> reserved) {
    this.whole = whole;
    this.left = whole;
    this.fillSkip = fillSkip;
    this.reserved = reserved.isEmpty() ? Map.of() : new TreeMap<>(reserved);
    for (long units : reserved.values()) {
      held += units;
    }
  }

  /** Whether nothing more can run in this slot, whatever its budget and its program. */
  boolean isClosed() {
    return closed && held == 0;
  }

  /** Whether an item is not even looked at: the slot is closed, and not reserved for it. */
  boolean isClosedFor(Pubkey program, long declared) {
    return closed && declared > reservedFor(program);
  }

  /** Whether an item of this declared budget may run; if not it may close the slot. */
  boolean admits(Pubkey program, long declared) {
    long own = reservedFor(program);
    if (declared <= own) {
      return true;
    }
    boolean fits = !closed && declared <= left - (held - own);
    closed |= !fits && !fillSkip;
    return fits;
  }

  /** Charges what an admitted item of a program consumed, to its reservation first. */
  void charge(Pubkey program, long units) {
    left -= units;
    long own = reservedFor(program);
    if (own > 0) {
      long taken = Math.min(own, units);
      reserved.put(program, own - taken);
      held -= taken;
    }
  }

  long used() {
    return whole - left;
  }

  /** The largest budget that may still run of a program that has reserved nothing. */
  long free() {
    return closed ? 0 : Math.max(0, left - held);
  }

  /** What is left of reservations. */
  Map<Pubkey, Long> reserved() {
    return Collections.unmodifiableMap(reserved);
  }

  private long reservedFor(Pubkey program) {
    return held == 0 ? 0 : reserved.getOrDefault(program, 0L);
  }
}
