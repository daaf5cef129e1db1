package dev.ovsm.runtime.autonomous;

/** The 64 bytes with which the data of a map account begins. */
final class MapHeader {
  static final int BYTES = 64;

  private static final int MAGIC = 0x5041_4D4F;
  private static final int EVICTIONS = 28;

  private static final int HASH = 1;
  private static final int ARRAY = 2;
  private static final int LRU_HASH = 3;

  /** The type of maps that are rings and no accounts. */
  static final int RINGBUF = 7;

  private MapHeader() {}

  /** Whether data is that of a map at all. */
  static boolean isMap(byte[] data, int at, int length) {
    return length >= BYTES && (int) LittleEndian.u32(data, at) == MAGIC;
  }

  /** The map's id: the hash of its name. */
  static int id(byte[] data, int at) {
    return (int) LittleEndian.u32(data, at + 4);
  }

  /** Whether values of the map may hold handles. */
  static boolean holdsHandles(byte[] data, int at) {
    int type = LittleEndian.u8(data, at + 8);
    return type == HASH || type == ARRAY || type == LRU_HASH;
  }

  /** Whether the map has evicted elements between two versions of its account. */
  static boolean hasEvicted(byte[] before, byte[] after) {
    return isMap(before, 0, before.length)
        && isMap(after, 0, after.length)
        && LittleEndian.u8(after, 8) == LRU_HASH
        && LittleEndian.u32(after, EVICTIONS) > LittleEndian.u32(before, EVICTIONS);
  }
}
