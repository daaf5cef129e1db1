package dev.ovsm.runtime.sysvar;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * The hashes of the slots before one slot, newest first.
 *
 * <p>There are no blocks to hash here: a slot's hash is the SHA-256 of its number, so that every
 * run sees the same ones.
 *
 * @param slot the slot that looks back; its own hash is not in the list
 */
public record SlotHashes(long slot) {
  private static final int MAX_ENTRIES = 512;
  private static final int MAX_BLOCKHASHES = 150;
  private static final int BYTES = 8 + MAX_ENTRIES * (8 + Pubkey.BYTES);

  /** The hash of the slot before this one. */
  public Pubkey newest() {
    return hashOf(slot - 1);
  }

  /** The slot-hashes account: a count, then slots with their hashes, zeros up to its full size. */
  public byte[] bytes() {
    ByteWriter out = new ByteWriter();
    long count = Long.compareUnsigned(slot, MAX_ENTRIES) < 0 ? slot : MAX_ENTRIES;
    out.u64(count);
    for (long back = 1; back <= count; back++) {
      out.u64(slot - back).key(hashOf(slot - back));
    }
    return out.bytes(new byte[BYTES - out.length()]).toBytes();
  }

  /** The recent-blockhashes account: a count, then hashes with a fee of zero. */
  byte[] recentBlockhashes() {
    long count =
        Math.max(1, Long.compareUnsigned(slot, MAX_BLOCKHASHES) < 0 ? slot : MAX_BLOCKHASHES);
    ByteWriter out = new ByteWriter().u64(count);
    for (long back = 1; back <= count; back++) {
      out.key(hashOf(slot - back)).u64(0);
    }
    return out.toBytes();
  }

  private static Pubkey hashOf(long slot) {
    byte[] text = ("slot " + Long.toUnsignedString(slot)).getBytes(StandardCharsets.US_ASCII);
    return Pubkey.of(Sha256.of(text));
  }
}
