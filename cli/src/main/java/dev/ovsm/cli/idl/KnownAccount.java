package dev.ovsm.cli.idl;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.SysvarIds;
import java.util.Map;

/** The names by which clients know the accounts that every cluster has. */
final class KnownAccount {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry(ProgramIds.SYSTEM.toString(), "system_program"),
          Map.entry("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "token_program"),
          Map.entry("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb", "token_2022_program"),
          Map.entry("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL", "associated_token_program"),
          Map.entry("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "memo_program"),
          Map.entry(SysvarIds.CLOCK.toString(), "clock"),
          Map.entry(SysvarIds.RENT.toString(), "rent"),
          Map.entry(SysvarIds.EPOCH_SCHEDULE.toString(), "epoch_schedule"),
          Map.entry(SysvarIds.SLOT_HASHES.toString(), "slot_hashes"),
          Map.entry(SysvarIds.INSTRUCTIONS.toString(), "instructions"));

  private KnownAccount() {}

  /** The name of an account that is called by its address; one of its own for a stranger. */
  static String name(String address) {
    return NAMES.getOrDefault(address, "account_" + address.substring(0, 6));
  }
}
