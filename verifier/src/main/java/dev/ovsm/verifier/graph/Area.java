package dev.ovsm.verifier.graph;

import dev.ovsm.sbpf.MemoryMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a program may access at addresses that are numbers, and what it never changes.
 *
 * @param from the address of its read-only data
 * @param to the address after it; equal to {@code from} if the data are objects of their own
 * @param isOwn whether the program says of itself what our compiler says
 * @param objects the read-only data; where they have an address, there is one
 */
public record Area(long from, long to, boolean isOwn, List<byte[]> objects) {
  public Area {
    objects = List.copyOf(objects);
  }

  /** Whether nothing lies at small numbers. */
  public boolean isNullFree() {
    return from >= MemoryMap.BYTECODE || from == to;
  }

  /** What lies at an address of read-only data, zero-extended; empty if some of it is not. */
  public OptionalLong at(long address, int bytes) {
    return from < to ? in(0, address - from, bytes) : OptionalLong.empty();
  }

  /** What lies at an offset in an object of read-only data, zero-extended. */
  public OptionalLong in(int object, long offset, int bytes) {
    byte[] data = object < objects.size() ? objects.get(object) : new byte[0];
    if (offset < 0 || offset > data.length - (long) bytes) {
      return OptionalLong.empty();
    }
    long word = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | Byte.toUnsignedLong(data[(int) offset + i]);
    }
    return OptionalLong.of(word);
  }
}
