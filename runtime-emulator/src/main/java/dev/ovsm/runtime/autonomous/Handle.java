package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;

/**
 * Where the 16 bytes stand that a program holds for a timer or work queue, and their second half.
 *
 * @param account the map account
 * @param offset in the account's data, in bytes
 * @param generation the u64 beside the registration's id
 */
record Handle(Pubkey account, int offset, long generation) {
  static final int BYTES = 16;

  /** Whether an account's data still holds the handle of registration {@code id}. */
  boolean isIn(byte[] data, long id) {
    return offset <= data.length - BYTES
        && LittleEndian.u64(data, offset) == id
        && LittleEndian.u64(data, offset + Long.BYTES) == generation;
  }
}
