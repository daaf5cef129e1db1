package dev.ovsm.runtime.sysvar;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import java.util.Optional;

/**
 * The sysvars of one slot, immutable.
 *
 * <p>Those that follow from the slot are made when something asks for them, so that moving to the
 * next slot costs nothing.
 *
 * @param lastRestartSlot the last slot at which the cluster restarted
 */
public record Sysvars(
    Clock clock,
    Rent rent,
    EpochSchedule epochSchedule,
    SlotHashes slotHashes,
    long lastRestartSlot) {
  private static final int EPOCH_REWARDS_BYTES = 81;
  private static final int EPOCH_REWARDS_STRUCT = 96;
  private static final int EMPTY_LIST_BYTES = 8;

  /** What {@code sol_get_sysvar} reads of a sysvar, or nothing if it does not serve that one. */
  public Optional<byte[]> bytes(Pubkey id) {
    if (id.equals(SysvarIds.CLOCK)) {
      return Optional.of(clock.bytes());
    }
    if (id.equals(SysvarIds.RENT)) {
      return Optional.of(rent.bytes());
    }
    if (id.equals(SysvarIds.EPOCH_SCHEDULE)) {
      return Optional.of(epochSchedule.bytes());
    }
    if (id.equals(SysvarIds.EPOCH_REWARDS)) {
      return Optional.of(new byte[EPOCH_REWARDS_BYTES]);
    }
    if (id.equals(SysvarIds.SLOT_HASHES)) {
      return Optional.of(slotHashes.bytes());
    }
    if (id.equals(SysvarIds.STAKE_HISTORY)) {
      return Optional.of(new byte[EMPTY_LIST_BYTES]);
    }
    if (id.equals(SysvarIds.LAST_RESTART_SLOT)) {
      byte[] slot = new byte[Long.BYTES];
      for (int i = 0; i < slot.length; i++) {
        slot[i] = (byte) (lastRestartSlot >>> (8 * i));
      }
      return Optional.of(slot);
    }
    return Optional.empty();
  }

  /** The epoch-rewards C struct: no rewards are ever being paid out. */
  public byte[] epochRewardsStruct() {
    return new byte[EPOCH_REWARDS_STRUCT];
  }

  /** The blockhash that transactions of this slot refer to. */
  public Pubkey blockhash() {
    return slotHashes.newest();
  }

  /** The account of a sysvar, if the address is one that this runtime keeps. */
  public Optional<Account> account(Pubkey id) {
    return (id.equals(SysvarIds.RECENT_BLOCKHASHES)
            ? Optional.of(slotHashes.recentBlockhashes())
            : bytes(id))
        .map(data -> new Account(1, data, SysvarIds.OWNER, false, 0));
  }
}
