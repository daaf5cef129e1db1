package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rings of all programs, and what becomes of the records put on them. */
final class Rings {
  /** The least and most bytes of a name in a tagged record. */
  private static final int MOST_NAME = 64;

  private final Map<Long, Ring> created = new HashMap<>();
  private final Registry registry;
  private final Journal journal;
  private @Nullable Consumer<RingRecord> told;

  Rings(Registry registry, Journal journal) {
    this.registry = registry;
    this.journal = journal;
  }

  /** Lets somebody know every record from now on, once it stands. */
  void tellTo(Consumer<RingRecord> listener) {
    told = listener;
  }

  /** A created ring that programs other than its owner may push to, or null. */
  @Nullable Ring open(long id) {
    Ring ring = created.get(id);
    return ring != null && ring.isOpen ? ring : null;
  }

  /** Whether a program made the ring, which else is declared in its file. */
  boolean isCreated(Ring ring) {
    return created.get(ring.id) == ring;
  }

  /** Frees the rings of a closed program. */
  void closed(Pubkey program) {
    created.values().removeIf(ring -> ring.owner.equals(program));
  }

  void add(Ring ring) {
    put(ring);
    journal.onRollback(() -> drop(ring));
  }

  void remove(Ring ring) {
    drop(ring);
    journal.onRollback(() -> put(ring));
  }

  /** Prepares a ring for changes that may have to be taken back. */
  void touch(Ring ring) {
    ring.touch(journal);
  }

  /** Sets whether other programs may push. */
  void open(Ring ring, boolean isOpen) {
    boolean before = ring.isOpen;
    ring.isOpen = isOpen;
    journal.onRollback(() -> ring.isOpen = before);
  }

  /**
   * Routes a record that is a tagged event, {u32 length, name, payload}, to the subscribers of that
   * name; a record that nobody subscribes to is only a record.
   */
  void published(Call call, Ring ring, byte[] data) {
    Consumer<RingRecord> listener = told;
    if (listener != null) {
      RingRecord one = new RingRecord(call.slot(), ring.owner, ring.id, data);
      journal.onCommit(() -> listener.accept(one));
    }
    if (data.length < Integer.BYTES) {
      return;
    }
    long length = LittleEndian.u32(data, 0);
    if (length < 1 || length > MOST_NAME || length > data.length - Integer.BYTES) {
      return;
    }
    int end = Integer.BYTES + (int) length;
    EventId id = new EventId(java.util.Arrays.copyOfRange(data, Integer.BYTES, end));
    byte[] payload = java.util.Arrays.copyOfRange(data, end, data.length);
    if (registry.signals().isWanted(call.program(), id, payload)) {
      registry.signals().emitted(call.program(), id, payload);
    }
  }

  private void put(Ring ring) {
    created.put(ring.id, ring);
    registry.owner(ring.owner).rings.put(ring.id, ring);
  }

  private void drop(Ring ring) {
    created.remove(ring.id);
    registry.owner(ring.owner).rings.remove(ring.id);
  }
}
