package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer as in Linux: positions only grow, a record is an 8-byte header and its data rounded
 * up to 8 bytes, and it can be taken once it and all before it are committed.
 *
 * <p>Nothing is ever overwritten: what does not fit is refused and counted.
 */
final class Ring {
  static final int LEAST_BYTES = 64;
  static final int MOST_BYTES = 1 << 20;
  static final int DEFAULT_BYTES = 4_096;

  /** The answer to a reservation for which there is no room. */
  static final long FULL = -1;

  private static final int HEADER = 8;
  private static final long BUSY = 1L << 31;
  private static final long DISCARD = 1L << 30;
  private static final long LENGTH = DISCARD - 1;

  final long id;
  final Pubkey owner;

  /** Whether programs other than the owner may push. */
  boolean isOpen;

  private byte[] bytes;
  private long producer;
  private long consumer;
  private long dropped;
  private @Nullable Mark mark;

  /** What a ring was before the open invocation; its bytes only once they would be lost. */
  private static final class Mark {
    final long producer;
    final long consumer;
    final long dropped;
    byte @Nullable [] bytes;

    Mark(Ring ring) {
      producer = ring.producer;
      consumer = ring.consumer;
      dropped = ring.dropped;
    }
  }

  Ring(long id, Pubkey owner, int size) {
    this.id = id;
    this.owner = owner;
    this.bytes = new byte[align(size)];
  }

  int size() {
    return bytes.length;
  }

  /** Bytes that records waiting to be taken occupy, headers included. */
  long used() {
    return producer - consumer;
  }

  /** How many records were refused for lack of room. */
  long dropped() {
    return dropped;
  }

  /** Whether a record of this length could ever fit. */
  boolean canHold(long length) {
    return length <= bytes.length - HEADER;
  }

  /**
   * Makes room for a record, which nobody can take before it is submitted.
   *
   * @param length 1 or more, such that {@link #canHold}
   * @return the record's position, or {@link #FULL}
   */
  long reserve(int length) {
    int space = HEADER + align(length);
    if (producer + space - consumer > bytes.length) {
      dropped++;
      return FULL;
    }
    long position = producer;
    producer += space;
    if (mark != null && mark.bytes == null && producer - bytes.length > mark.consumer) {
      mark.bytes = bytes.clone();
    }
    header(position, length | BUSY);
    return position;
  }

  /** Fills a reserved record and lets it be taken once all before it can be. */
  void submit(long position, byte[] data, int offset) {
    int length = (int) (header(position) & LENGTH);
    int at = index(position + HEADER);
    int first = Math.min(length, bytes.length - at);
    System.arraycopy(data, offset, bytes, at, first);
    System.arraycopy(data, offset + first, bytes, 0, length - first);
    header(position, length);
  }

  /** Gives a reserved record up; its room is freed when it comes to be taken. */
  void discard(long position) {
    header(position, (header(position) & ~BUSY) | DISCARD);
  }

  /** The length of the oldest record that can be taken, or -1. */
  int nextLength() {
    while (consumer < producer) {
      long header = header(consumer);
      if ((header & DISCARD) == 0) {
        return (header & BUSY) == 0 ? (int) header : -1;
      }
      consumer += HEADER + align((int) (header & LENGTH));
    }
    return -1;
  }

  /** Takes the oldest record, which {@link #nextLength} has just measured. */
  void take(byte[] target, int offset) {
    int length = (int) header(consumer);
    int at = index(consumer + HEADER);
    int first = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, target, offset, first);
    System.arraycopy(bytes, 0, target, offset + first, length - first);
    consumer += HEADER + align(length);
  }

  /** The records that could be taken now, oldest first; none is taken. */
  List<byte[]> waiting() {
    List<byte[]> all = new ArrayList<>();
    long position = consumer;
    while (position < producer && (header(position) & BUSY) == 0) {
      byte[] record = new byte[(int) (header(position) & LENGTH)];
      for (int i = 0; i < record.length; i++) {
        record[i] = bytes[index(position + HEADER + i)];
      }
      if ((header(position) & DISCARD) == 0) {
        all.add(record);
      }
      position += HEADER + align(record.length);
    }
    return all;
  }

  /** Appends everything that decides how the ring goes on. */
  void write(StateWriter out) {
    byte[] live = new byte[(int) used()];
    for (int i = 0; i < live.length; i += HEADER) {
      LittleEndian.put64(live, i, LittleEndian.u64(bytes, index(consumer + i)));
    }
    out.u64(bytes.length).u64(producer).u64(dropped).bytes(live);
  }

  /** Makes an empty ring what it was when it was written. */
  void read(StateReader in) {
    int size = (int) in.number(LEAST_BYTES, MOST_BYTES, "a ring's size");
    StateReader.require(size % HEADER == 0, "a ring's size is no multiple of 8");
    bytes = new byte[size];
    producer = in.number(0, Long.MAX_VALUE >> 1, "a position");
    dropped = in.u64();
    byte[] live = in.bytes(size);
    consumer = producer - live.length;
    StateReader.require(consumer >= 0 && live.length % HEADER == 0, "a ring's records do not fit");
    for (int i = 0; i < live.length; i += HEADER) {
      header(consumer + i, LittleEndian.u64(live, i));
    }
    long position = consumer;
    while (position < producer) {
      long header = header(position);
      StateReader.require((header & BUSY) == 0, "a record was never finished");
      position += HEADER + (((header & LENGTH) + HEADER - 1) & -HEADER);
    }
    StateReader.require(position == producer, "a ring's records do not fit");
  }

  /** Takes all records; not while one is reserved. */
  void clear() {
    consumer = producer;
  }

  /** Begins to remember how the ring was, if the journal is open and it does not yet. */
  void touch(Journal journal) {
    if (mark == null && journal.isOpen()) {
      mark = new Mark(this);
      journal.onRollback(this::restore);
      journal.onCommit(() -> mark = null);
    }
  }

  private void restore() {
    if (mark != null) {
      producer = mark.producer;
      consumer = mark.consumer;
      dropped = mark.dropped;
      bytes = mark.bytes == null ? bytes : mark.bytes;
      mark = null;
    }
  }

  private long header(long position) {
    return LittleEndian.u32(bytes, index(position));
  }

  private void header(long position, long value) {
    LittleEndian.put64(bytes, index(position), value);
  }

  private int index(long position) {
    return (int) (position % bytes.length);
  }

  private static int align(int length) {
    return (length + 7) & -8;
  }
}
