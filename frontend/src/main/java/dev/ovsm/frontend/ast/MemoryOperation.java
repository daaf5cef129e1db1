package dev.ovsm.frontend.ast;

import java.util.List;

/** Raw loads and stores at an address and an offset; values are {@code u64}. */
public enum MemoryOperation implements Builtin {
  LOAD_8(1, false, "mem-load1"),
  LOAD_16(2, false, "mem-load2"),
  LOAD_32(4, false, "mem-load4"),
  LOAD_64(8, false, "mem-load", "mem-load8"),
  STORE_8(1, true, "mem-store1"),
  STORE_16(2, true, "mem-store2"),
  STORE_32(4, true, "mem-store4"),
  STORE_64(8, true, "mem-store", "mem-store8");

  private final int bytes;
  private final boolean stores;
  private final List<String> names;

  MemoryOperation(int bytes, boolean stores, String... names) {
    this.bytes = bytes;
    this.stores = stores;
    this.names = List.of(names);
  }

  public int bytes() {
    return bytes;
  }

  public boolean stores() {
    return stores;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int fewest() {
    return stores ? 3 : 1;
  }

  @Override
  public int most() {
    return stores ? 3 : 2;
  }
}
