package dev.ovsm.runtime.sysvar;

import dev.ovsm.runtime.transaction.ByteWriter;

/**
 * Where in time a slot is.
 *
 * @param slot unsigned
 * @param epochStart unix time of the epoch's first slot, in seconds
 * @param leaderScheduleEpoch the latest epoch whose leaders are known
 * @param unixTime in seconds
 */
public record Clock(
    long slot, long epochStart, long epoch, long leaderScheduleEpoch, long unixTime) {
  /** The nominal length of a slot in milliseconds. */
  public static final int SLOT_MILLIS = 400;

  /**
   * The clock of a slot whose time follows from the slot alone: genesis plus 0.4 s a slot, rounded
   * down to whole seconds.
   */
  public static Clock at(long slot, long genesis, EpochSchedule schedule) {
    long epoch = schedule.epochOf(slot);
    return new Clock(
        slot,
        timeOf(schedule.firstSlotOf(epoch), genesis),
        epoch,
        schedule.leaderScheduleEpochOf(slot),
        timeOf(slot, genesis));
  }

  /** The account's 40 bytes, which are also the C struct. */
  public byte[] bytes() {
    return new ByteWriter()
        .u64(slot)
        .u64(epochStart)
        .u64(epoch)
        .u64(leaderScheduleEpoch)
        .u64(unixTime)
        .toBytes();
  }

  private static long timeOf(long slot, long genesis) {
    long seconds = Long.divideUnsigned(slot, 5) * 2;
    return genesis + seconds + Long.remainderUnsigned(slot, 5) * SLOT_MILLIS / 1000;
  }
}
