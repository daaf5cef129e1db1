package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.sysvar.Clock;
import dev.ovsm.runtime.transaction.ByteReader;
import dev.ovsm.runtime.transaction.LookupTable;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.runtime.transaction.TransactionError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a message takes from address lookup tables.
 *
 * @param error why a table cannot be used, or null
 */
record AddressTables(
    List<Pubkey> writable, List<Pubkey> readonly, @Nullable TransactionError error) {
  private static final int HEADER = 56;
  private static final int INITIALIZED = 1;
  private static final long ACTIVE = -1;

  static AddressTables resolve(Message message, Bank bank, Clock clock) {
    List<Pubkey> writable = new ArrayList<>();
    List<Pubkey> readonly = new ArrayList<>();
    for (LookupTable lookup : message.tables()) {
      Account table = bank.load(lookup.table());
      TransactionError error = error(table);
      long usable = error == null ? usable(table, clock.slot()) : 0;
      if (error == null
          && !(take(table, lookup.writable(), usable, writable)
              && take(table, lookup.readonly(), usable, readonly))) {
        error = TransactionError.Kind.INVALID_ADDRESS_LOOKUP_TABLE_INDEX;
      }
      if (error != null) {
        return new AddressTables(List.of(), List.of(), error);
      }
    }
    return new AddressTables(writable, readonly, null);
  }

  private static @Nullable TransactionError error(Account table) {
    if (table.lamports() == 0) {
      return TransactionError.Kind.ADDRESS_LOOKUP_TABLE_NOT_FOUND;
    }
    if (!table.owner().equals(ProgramIds.ADDRESS_LOOKUP_TABLE)) {
      return TransactionError.Kind.INVALID_ADDRESS_LOOKUP_TABLE_OWNER;
    }
    ByteReader in = new ByteReader(table.data());
    boolean initialized = in.u32() == INITIALIZED;
    if (!initialized
        || table.data().length < HEADER
        || (table.data().length - HEADER) % Pubkey.BYTES != 0) {
      return TransactionError.Kind.INVALID_ADDRESS_LOOKUP_TABLE_DATA;
    }
    // a table that was deactivated is taken to have cooled down
    return in.u64() == ACTIVE ? null : TransactionError.Kind.ADDRESS_LOOKUP_TABLE_NOT_FOUND;
  }

  /** How many keys there are, without those that were added in this slot. */
  private static long usable(Account table, long slot) {
    ByteReader in = new ByteReader(table.data());
    in.bytes(Integer.BYTES + Long.BYTES);
    long extended = in.u64();
    int before = in.u8();
    return extended == slot ? before : (table.data().length - HEADER) / Pubkey.BYTES;
  }

  private static boolean take(Account table, byte[] indices, long usable, List<Pubkey> keys) {
    for (byte index : indices) {
      if ((index & 0xff) >= usable) {
        return false;
      }
      keys.add(Pubkey.read(table.data(), HEADER + (index & 0xff) * Pubkey.BYTES));
    }
    return true;
  }
}
