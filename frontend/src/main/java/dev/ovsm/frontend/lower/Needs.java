package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Typed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Infers the accounts of every entry: those it declares, then the maps that its code, the functions
 * it calls and the callbacks it registers use.
 */
final class Needs {
  private final Map<String, List<Need>> needs = new LinkedHashMap<>();
  private final Map<String, Set<MapInfo>> maps = new LinkedHashMap<>();
  private final Set<MapInfo> sharedMaps = new LinkedHashSet<>();
  private boolean context;

  Needs(Typed program) {
    Map<String, Set<String>> callbacks = new LinkedHashMap<>();
    for (EntryInfo entry : program.entries()) {
      maps.put(entry.name(), new TreeSet<>(Comparator.comparingInt(MapInfo::index)));
      callbacks.put(entry.name(), new LinkedHashSet<>());
      gather(entry, maps.get(entry.name()), callbacks.get(entry.name()));
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<String, Set<String>> entry : callbacks.entrySet()) {
        Set<MapInfo> own = maps.getOrDefault(entry.getKey(), Set.of());
        for (String callback : entry.getValue()) {
          changed |= own.addAll(maps.getOrDefault(callback, Set.of()));
        }
      }
    }
    for (EntryInfo entry : program.entries()) {
      needs.put(entry.name(), accounts(entry));
    }
  }

  private void gather(EntryInfo entry, Set<MapInfo> used, Set<String> callbacks) {
    Set<Instance> seen = new LinkedHashSet<>();
    List<Instance> pending = new ArrayList<>(List.of(entry.function()));
    while (!pending.isEmpty()) {
      Instance next = pending.remove(pending.size() - 1);
      if (!seen.add(next)) {
        continue;
      }
      boolean inEntry = next == entry.function();
      Children.walk(
          next.body(),
          node -> {
            if (node instanceof Hir.MapData map) {
              used.add(map.map());
              if (!inEntry) {
                sharedMaps.add(map.map());
              }
            } else if (node instanceof Hir.Call call) {
              pending.add(call.function());
            } else if (node instanceof Hir.Callback callback) {
              callbacks.add(callback.entry());
              context = true;
            } else if (node instanceof Hir.Context) {
              context = true;
            }
          });
    }
  }

  private List<Need> accounts(EntryInfo entry) {
    List<Need> all = new ArrayList<>();
    List<Program.Account> declared = entry.declared();
    if (declared != null) {
      for (Program.Account account : declared) {
        List<Byte> address = account.address();
        all.add(
            new Need(
                account.variable().name(),
                account.signer(),
                account.writable(),
                null,
                address == null ? null : bytes(address)));
      }
    }
    for (MapInfo map : mapsOf(entry.name())) {
      all.add(new Need(map.name(), false, true, map, null));
    }
    return all;
  }

  static byte[] bytes(List<Byte> list) {
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = list.get(i);
    }
    return bytes;
  }

  /** The accounts of an entry in order. */
  List<Need> of(String entry) {
    return needs.getOrDefault(entry, List.of());
  }

  /** The maps that an entry uses, in the order of their declaration. */
  Set<MapInfo> mapsOf(String entry) {
    return maps.getOrDefault(entry, Set.of());
  }

  /** Whether a function other than an entry uses the map, so that its address must be kept. */
  boolean isShared(MapInfo map) {
    return sharedMaps.contains(map);
  }

  /** Whether anything looks at the accounts or the instruction data. */
  boolean usesContext() {
    return context || maps.values().stream().anyMatch(used -> !used.isEmpty());
  }
}
