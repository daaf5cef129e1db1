package dev.ovsm.runtime.autonomous.model;

import java.util.ArrayList;
import java.util.List;

/** A ring: its records, oldest first, those included that nobody may see yet or ever. */
final class Store {
  private static final int HEADER = 8;

  final long id;
  final int owner;
  final long size;
  boolean isOpen;
  final List<Entry> entries = new ArrayList<>();

  Store(long id, int owner, long size) {
    this.id = id;
    this.owner = owner;
    this.size = rounded(size);
  }

  /** What a record is to those who take records. */
  enum Visibility {
    BUSY,
    READY,
    DISCARDED
  }

  /** A record; the n-th that the ring ever got. */
  record Entry(long number, int length, int content, Visibility visibility) {}

  private long next;

  boolean canHold(long length) {
    return length >= 1 && length <= size - HEADER;
  }

  boolean hasRoom(int length) {
    long used = entries.stream().mapToLong(e -> HEADER + rounded(e.length)).sum();
    return used + HEADER + rounded(length) <= size;
  }

  long add(int length, int content, Visibility visibility) {
    entries.add(new Entry(next, length, content, visibility));
    return next++;
  }

  void release(long number, Visibility visibility) {
    entries.replaceAll(
        e -> e.number == number ? new Entry(number, e.length, e.content, visibility) : e);
  }

  private static long rounded(long length) {
    return (length + 7) / 8 * 8;
  }

  Store copy() {
    Store to = new Store(id, owner, size);
    to.isOpen = isOpen;
    to.entries.addAll(entries);
    to.next = next;
    return to;
  }
}
