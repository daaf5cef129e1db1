package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.ir.Module;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The read-only data that the code refers to, in the order of first use and each content once; a
 * content that another one ends with lies there.
 */
final class DataPool {
  private final Map<Integer, Place> places = new HashMap<>();
  private final Map<Key, String> names = new LinkedHashMap<>();

  /** Bytes with value equality. */
  private record Key(String bytes, int align) {}

  /** {@code offset} bytes behind a symbol. */
  record Place(String symbol, int offset) {}

  /** A pool of all that functions refer to. */
  DataPool(Module module, List<List<Line>> functions) {
    Map<Integer, Key> used = new LinkedHashMap<>();
    for (int item : items(functions)) {
      Module.Data data = module.data().get(item);
      used.put(item, new Key(text(data.bytes()), data.align()));
    }
    Map<Key, Key> hosts = hosts(new LinkedHashSet<>(used.values()));
    used.forEach(
        (item, key) -> {
          Key host = hosts.getOrDefault(key, key);
          String symbol = names.computeIfAbsent(host, k -> ".data" + names.size());
          places.put(item, new Place(symbol, host.bytes.length() - key.bytes.length()));
        });
  }

  private static Set<Integer> items(List<List<Line>> functions) {
    Set<Integer> items = new LinkedHashSet<>();
    for (List<Line> lines : functions) {
      for (Line line : lines) {
        if (line instanceof Line.Step step && step.code().link() instanceof Link.Data data) {
          items.add(data.data());
        }
      }
    }
    return items;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * The longest content that each one is the end of. Read from their ends and sorted, contents come
   * right before those that they are the end of.
   */
  private static Map<Key, Key> hosts(Set<Key> keys) {
    TreeMap<String, Key> sorted = new TreeMap<>();
    for (Key key : keys) {
      String reversed = new StringBuilder(key.bytes).reverse().toString();
      sorted.merge(reversed, key, (a, b) -> a.align >= b.align ? a : b);
    }
    Map<Key, Key> hosts = new HashMap<>();
    String last = "";
    Key host = null;
    for (Map.Entry<String, Key> entry : sorted.descendingMap().entrySet()) {
      if (host == null || !isEnd(entry.getKey(), last)) {
        last = entry.getKey();
        host = entry.getValue();
      } else {
        hosts.put(entry.getValue(), host);
      }
    }
    hosts.keySet().removeIf(key -> key.align > 1);
    for (Key key : keys) {
      Key same = sorted.get(new StringBuilder(key.bytes).reverse().toString());
      if (same != null && !same.equals(key)) {
        hosts.putIfAbsent(key, hosts.getOrDefault(same, same));
      }
    }
    return hosts;
  }

  /** Whether a content is the end of another one, both read from their ends. */
  private static boolean isEnd(String end, String whole) {
    return whole.startsWith(end);
  }

  /** Where an item that the functions refer to lies. */
  Place place(int item) {
    Place place = places.get(item);
    if (place == null) {
      throw new IllegalArgumentException("no function refers to item " + item);
    }
    return place;
  }

  /**
   * @param apart whether nothing may lie at the address 0, which for the autonomous runtime is none
   */
  void write(AssemblyBuilder out, boolean apart) {
    if (apart && !names.isEmpty()) {
      out.data(".none", new byte[Long.BYTES], Long.BYTES);
    }
    names.forEach(
        (key, name) -> out.data(name, key.bytes.getBytes(StandardCharsets.ISO_8859_1), key.align));
  }
}
