package dev.ovsm.runtime.sysvar;

import dev.ovsm.runtime.transaction.ByteWriter;

/**
 * How slots group into epochs: all of one length, but for a warm-up in which they double.
 *
 * @param slotsPerEpoch at least 1
 * @param leaderOffset how many slots ahead of an epoch its leaders are computed
 * @param warmup whether the first epochs are shorter, from 32 slots on
 * @param firstNormalEpoch the first epoch of full length
 * @param firstNormalSlot the first slot of that epoch
 */
public record EpochSchedule(
    long slotsPerEpoch,
    long leaderOffset,
    boolean warmup,
    long firstNormalEpoch,
    long firstNormalSlot) {
  /** Mainnet's: two days of 0.4 s slots. */
  public static final EpochSchedule MAINNET = ofLength(432_000);

  private static final long SHORTEST = 32;

  public EpochSchedule {
    if (slotsPerEpoch < 1) {
      throw new IllegalArgumentException("an epoch has at least one slot, not " + slotsPerEpoch);
    }
  }

  /** Epochs of one length from slot 0 on. */
  public static EpochSchedule ofLength(long slots) {
    return new EpochSchedule(slots, slots, false, 0, 0);
  }

  public long epochOf(long slot) {
    if (Long.compareUnsigned(slot, firstNormalSlot) >= 0) {
      return firstNormalEpoch + Long.divideUnsigned(slot - firstNormalSlot, slotsPerEpoch);
    }
    // epoch n of the warm-up has 32·2ⁿ slots, so it begins at 32·(2ⁿ − 1)
    return Long.numberOfTrailingZeros(Long.highestOneBit(slot / SHORTEST + 1));
  }

  public long firstSlotOf(long epoch) {
    return Long.compareUnsigned(epoch, firstNormalEpoch) >= 0
        ? firstNormalSlot + (epoch - firstNormalEpoch) * slotsPerEpoch
        : SHORTEST * ((1L << epoch) - 1);
  }

  /** The last epoch whose leaders are known in a slot. */
  public long leaderScheduleEpochOf(long slot) {
    return Long.compareUnsigned(slot, firstNormalSlot) >= 0
        ? epochOf(slot + leaderOffset)
        : epochOf(slot) + 1;
  }

  /** The account's 33 bytes. */
  public byte[] bytes() {
    return fields(0);
  }

  /** The C struct's 40 bytes: the same fields with padding after the flag. */
  public byte[] struct() {
    return fields(7);
  }

  private byte[] fields(int padding) {
    return new ByteWriter()
        .u64(slotsPerEpoch)
        .u64(leaderOffset)
        .u8(warmup ? 1 : 0)
        .bytes(new byte[padding])
        .u64(firstNormalEpoch)
        .u64(firstNormalSlot)
        .toBytes();
  }
}
