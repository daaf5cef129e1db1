package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.List;

/**
 * What waits on a ring, seen from outside.
 *
 * @param used bytes of the ring that records occupy, headers included
 * @param dropped how many records were refused for lack of room
 * @param records those that can be taken, oldest first
 */
public record RingListing(
    Pubkey owner, long id, int size, long used, long dropped, List<byte[]> records) {
  public RingListing {
    records = List.copyOf(records);
  }

  static RingListing of(Ring ring) {
    return new RingListing(
        ring.owner, ring.id, ring.size(), ring.used(), ring.dropped(), ring.waiting());
  }
}
