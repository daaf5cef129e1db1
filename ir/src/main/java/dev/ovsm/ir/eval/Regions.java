package dev.ovsm.ir.eval;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Memory made of byte arrays at fixed addresses; an access must lie in one of them. */
public final class Regions implements Memory {
  private final TreeMap<Long, Region> regions = new TreeMap<>();

  /** Maps an array; later accesses read and write it in place. Ranges must not overlap. */
  public void map(long address, byte[] bytes, boolean writable) {
    regions.put(address, new Region(address, bytes, writable));
  }

  @Override
  public long load(long address, int bytes) {
    Region region = find(address, bytes, "reading");
    int at = (int) (address - region.start);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (region.bytes[at + i] & 0xff);
    }
    return value;
  }

  @Override
  public void store(long address, int bytes, long value) {
    Region region = find(address, bytes, "writing");
    if (!region.writable) {
      throw trap("writing", address, bytes);
    }
    int at = (int) (address - region.start);
    for (int i = 0; i < bytes; i++) {
      region.bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  private Region find(long address, int bytes, String what) {
    Map.Entry<Long, Region> entry = regions.floorEntry(address);
    if (entry != null) {
      Region region = entry.getValue();
      if (Long.compareUnsigned(address - region.start, region.bytes.length - bytes) <= 0
          && region.bytes.length >= bytes) {
        return region;
      }
    }
    throw trap(what, address, bytes);
  }

  private static Trap trap(String what, long address, int bytes) {
    return new Trap(
        String.format(Locale.ROOT, "access violation %s %d bytes at %#x", what, bytes, address));
  }

  private record Region(long start, byte[] bytes, boolean writable) {}
}
