package dev.ovsm.backend.layout;

import dev.ovsm.ir.Module;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The read-only data that the code refers to, in the order of first use and each content once. */
final class DataPool {
  private final Module module;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Key, String> contents = new LinkedHashMap<>();

  /** Bytes with value equality. */
  private record Key(String bytes, int align) {}

  DataPool(Module module) {
    this.module = module;
  }

  /** The symbol of an item, which from now on is in use. */
  String name(int item) {
    return names.computeIfAbsent(item, i -> symbol(module.data().get(i)));
  }

  private String symbol(Module.Data data) {
    Key key = new Key(new String(data.bytes(), StandardCharsets.ISO_8859_1), data.align());
    return contents.computeIfAbsent(key, k -> ".data" + contents.size());
  }

  void write(AssemblyBuilder out) {
    contents.forEach(
        (key, name) -> out.data(name, key.bytes.getBytes(StandardCharsets.ISO_8859_1), key.align));
  }
}
