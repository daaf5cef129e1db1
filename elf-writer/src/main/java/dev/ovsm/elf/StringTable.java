package dev.ovsm.elf;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the names of an ELF string table; equal names share their bytes. */
final class StringTable {
  private final ByteWriter bytes = new ByteWriter().u8(0);
  private final Map<String, Integer> offsets = new LinkedHashMap<>();

  /** The offset of a name, added if it is new; 0 for the empty name. */
  int add(String name) {
    if (name.isEmpty()) {
      return 0;
    }
    Integer known = offsets.get(name);
    if (known != null) {
      return known;
    }
    int offset = bytes.size();
    offsets.put(name, offset);
    bytes.raw(name.getBytes(StandardCharsets.UTF_8)).u8(0);
    return offset;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
