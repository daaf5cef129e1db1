package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;

/**
 * A registration as it stands between two slots.
 *
 * @param state one word, as query entries number it; "quarantined" while its callback is gone
 * @param nextSlot the first slot in which something of it may run, or -1 if nothing is planned
 * @param waiting triggers without a final fate
 * @param failures failed attempts in a row
 * @param openUntil the first slot in which its circuit breaker lets a probe through, 0 if closed
 * @param period slots between ticks, 0 if it is not periodic
 * @param callback the first eight bytes of the callback's data, which select an entry
 * @param now what would happen if it ran now
 */
public record Task(
    long id,
    Pubkey program,
    Kind kind,
    String state,
    long nextSlot,
    int waiting,
    int failures,
    long openUntil,
    long period,
    int priority,
    OverduePolicy policy,
    long budget,
    long fired,
    long lastSlot,
    long lastUnits,
    long callback,
    Trial now) {

  /**
   * What came of an execution that was taken back.
   *
   * @param error the error in words; empty if it succeeded
   */
  public record Trial(boolean ran, long units, String error) {
    static final Trial NONE = new Trial(false, 0, "");
  }
}
