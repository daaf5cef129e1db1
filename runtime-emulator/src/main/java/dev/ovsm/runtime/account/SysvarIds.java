package dev.ovsm.runtime.account;

/** The addresses of the accounts in which the cluster publishes its state. */
public final class SysvarIds {
  /** The owner of every sysvar account. */
  public static final Pubkey OWNER = Pubkey.of("Sysvar1111111111111111111111111111111111111");

  public static final Pubkey CLOCK = Pubkey.of("SysvarC1ock11111111111111111111111111111111");
  public static final Pubkey EPOCH_REWARDS =
      Pubkey.of("SysvarEpochRewards1111111111111111111111111");
  public static final Pubkey EPOCH_SCHEDULE =
      Pubkey.of("SysvarEpochSchedu1e111111111111111111111111");
  public static final Pubkey FEES = Pubkey.of("SysvarFees111111111111111111111111111111111");
  public static final Pubkey INSTRUCTIONS =
      Pubkey.of("Sysvar1nstructions1111111111111111111111111");
  public static final Pubkey LAST_RESTART_SLOT =
      Pubkey.of("SysvarLastRestartS1ot1111111111111111111111");
  public static final Pubkey RECENT_BLOCKHASHES =
      Pubkey.of("SysvarRecentB1ockHashes11111111111111111111");
  public static final Pubkey RENT = Pubkey.of("SysvarRent111111111111111111111111111111111");
  public static final Pubkey SLOT_HASHES = Pubkey.of("SysvarS1otHashes111111111111111111111111111");
  public static final Pubkey SLOT_HISTORY =
      Pubkey.of("SysvarS1otHistory11111111111111111111111111");
  public static final Pubkey STAKE_HISTORY =
      Pubkey.of("SysvarStakeHistory1111111111111111111111111");

  private SysvarIds() {}
}
