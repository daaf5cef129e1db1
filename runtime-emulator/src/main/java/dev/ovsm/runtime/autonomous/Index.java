package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Registrations by what they wait for, each list in order of creation. */
final class Index<K> {
  private final Map<K, List<Registration>> lists = new HashMap<>();

  /** The registrations under a key; not to be kept while the index changes. */
  List<Registration> get(K key) {
    return lists.getOrDefault(key, List.of());
  }

  void add(K key, Registration registration) {
    List<Registration> list = lists.computeIfAbsent(key, k -> new ArrayList<>());
    int at = list.size();
    while (at > 0 && list.get(at - 1).id > registration.id) {
      at--;
    }
    list.add(at, registration);
  }

  void remove(K key, Registration registration) {
    List<Registration> list = lists.get(key);
    if (list != null && list.remove(registration) && list.isEmpty()) {
      lists.remove(key);
    }
  }
}
