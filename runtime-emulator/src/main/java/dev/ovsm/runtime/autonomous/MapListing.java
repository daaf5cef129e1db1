package dev.ovsm.runtime.autonomous;

import dev.ovsm.sbpf.Murmur3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a map account holds, read from its bytes alone.
 *
 * @param type its number, see the layout of map headers
 * @param most how many entries it can hold
 */
public record MapListing(int type, long most, long evictions, List<Entry> entries) {
  private static final int KEYED_HEADER = 80;
  private static final int FRESH = 64;
  private static final int OLDEST = 72;
  private static final int ENTRY_HEADER = 16;

  /** An element; arrays, queues and stacks have positions for keys. */
  public record Entry(long position, byte[] key, byte[] value) {}

  public MapListing {
    entries = List.copyOf(entries);
  }

  /** Whether data is that of the map of a name. */
  public static boolean isNamed(byte[] data, String name) {
    return MapHeader.isMap(data, 0, data.length) && MapHeader.id(data, 0) == Murmur3.hash(name);
  }

  /** The map in an account's data; empty if the data is none, or does not fit its header. */
  public static Optional<MapListing> of(byte[] data) {
    if (!MapHeader.isMap(data, 0, data.length)) {
      return Optional.empty();
    }
    int type = LittleEndian.u8(data, 8);
    long keyBytes = LittleEndian.u32(data, 12);
    long valueBytes = LittleEndian.u32(data, 16);
    long most = LittleEndian.u32(data, 20);
    long count = LittleEndian.u32(data, 24);
    if (keyBytes > data.length || valueBytes > data.length || most > data.length) {
      return Optional.empty();
    }
    long value = align(valueBytes);
    List<Entry> entries =
        switch (type) {
          case 2, 10 -> plain(data, MapHeader.BYTES, 0, most, most, value, valueBytes);
          case 4 -> {
            long oldest = data.length < KEYED_HEADER ? 0 : LittleEndian.u32(data, OLDEST);
            yield plain(data, KEYED_HEADER, oldest, count, most, value, valueBytes);
          }
          case 5 -> plain(data, KEYED_HEADER, 0, count, most, value, valueBytes);
          case 1, 3, 6, 9 -> keyed(data, keyBytes, valueBytes, most);
          default -> List.of();
        };
    return Optional.of(new MapListing(type, most, LittleEndian.u32(data, 28), entries));
  }

  private static List<Entry> plain(
      byte[] data, int start, long first, long count, long most, long stride, long bytes) {
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < Math.min(count, most) && stride > 0; i++) {
      long at = start + (first + i) % most * stride;
      if (at + stride > data.length) {
        break;
      }
      byte[] value = Arrays.copyOfRange(data, (int) at, (int) (at + bytes));
      entries.add(new Entry(i, new byte[0], value));
    }
    return entries;
  }

  private static List<Entry> keyed(byte[] data, long keyBytes, long valueBytes, long most) {
    long stride = ENTRY_HEADER + align(keyBytes) + align(valueBytes);
    long start = data.length - most * stride;
    List<Entry> entries = new ArrayList<>();
    if (start < KEYED_HEADER) {
      return entries;
    }
    long taken = Math.min(most, LittleEndian.u32(data, FRESH));
    for (long i = 0; i < taken; i++) {
      int at = (int) (start + i * stride);
      if (LittleEndian.u32(data, at + 4) != 0) {
        int key = at + ENTRY_HEADER;
        int value = key + (int) align(keyBytes);
        entries.add(
            new Entry(
                i,
                Arrays.copyOfRange(data, key, key + (int) keyBytes),
                Arrays.copyOfRange(data, value, value + (int) valueBytes)));
      }
    }
    return entries;
  }

  private static long align(long bytes) {
    return (bytes + 7) & -8L;
  }
}
