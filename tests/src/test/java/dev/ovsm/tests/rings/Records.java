package dev.ovsm.tests.rings;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is in a ring: records of so many bytes in the order of their reservation, each of which
 * takes 8 bytes more, of multiples of 8; those that were given up go when they come to be taken.
 */
final class Records {
  /** What calls answer that fail. */
  static final int FULL = 9;

  static final int TOO_LARGE = 17;

  private static final int HEADER = 8;

  private final int size;
  private final Deque<Entry> entries = new ArrayDeque<>();

  Records(int size) {
    this.size = rounded(size);
  }

  /** A record; nobody can take it before it is finished. */
  static final class Entry {
    private byte[] data;
    private boolean busy = true;
    private boolean dropped;

    private Entry(int length) {
      data = new byte[length];
    }

    void submit(byte[] bytes) {
      data = bytes.clone();
      busy = false;
    }

    void drop() {
      busy = false;
      dropped = true;
    }

    int length() {
      return data.length;
    }
  }

  private static int rounded(int bytes) {
    return (bytes + HEADER - 1) / HEADER * HEADER;
  }

  /** Why a record of this length gets no room now; 0 if it does. */
  int refusal(int length) {
    if (length < 1 || length > size - HEADER) {
      return TOO_LARGE;
    }
    int used = entries.stream().mapToInt(entry -> HEADER + rounded(entry.length())).sum();
    return used + HEADER + rounded(length) > size ? FULL : 0;
  }

  /** Room for a record that gets it. */
  Entry reserve(int length) {
    Entry entry = new Entry(length);
    entries.add(entry);
    return entry;
  }

  /** Appends a record: 0, or why it gets no room. */
  int push(byte[] data) {
    int refusal = refusal(data.length);
    if (refusal == 0) {
      reserve(data.length).submit(data);
    }
    return refusal;
  }

  /** The oldest record, if it can be taken; it goes if it is at most so long. */
  byte @Nullable [] pop(int most) {
    while (!entries.isEmpty() && entries.getFirst().dropped) {
      entries.removeFirst();
    }
    if (entries.isEmpty() || entries.getFirst().busy) {
      return null;
    }
    byte[] data = entries.getFirst().data;
    if (most > 0 && data.length <= most) {
      entries.removeFirst();
    }
    return data;
  }
}
