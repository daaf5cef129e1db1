package dev.ovsm.tests.realvm;

/** The clock sysvar. */
public record Clock(
    long slot, long epochStartTimestamp, long epoch, long leaderScheduleEpoch, long unixTimestamp) {
  /** A clock of which only the slot matters. */
  public static Clock atSlot(long slot) {
    return new Clock(slot, 0, 0, 0, 0);
  }
}
