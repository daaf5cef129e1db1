package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.base58.Base58;
import dev.ovsm.frontend.hir.AccountInfo;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
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
 * Infers the accounts of every entry: those it declares, then the maps and the fixed accounts that
 * its code, the functions it calls, the callbacks it registers and the entries it goes on with use.
 */
final class Needs {
  private final Map<String, Uses> uses = new LinkedHashMap<>();
  private final Map<String, List<Need>> needs = new LinkedHashMap<>();
  private final Set<MapInfo> sharedMaps = new LinkedHashSet<>();
  private final Set<Integer> sharedAccounts = new LinkedHashSet<>();
  private final List<AccountInfo> accounts;
  private boolean context;

  /** What one entry uses itself. */
  private static final class Uses {
    final Set<MapInfo> maps = new TreeSet<>(Comparator.comparingInt(MapInfo::index));
    final Set<Integer> accounts = new TreeSet<>();
    final Set<String> entries = new LinkedHashSet<>();

    boolean addAll(Uses other) {
      boolean moreMaps = maps.addAll(other.maps);
      return accounts.addAll(other.accounts) || moreMaps;
    }
  }

  Needs(Typed program) {
    accounts = program.accounts();
    for (EntryInfo entry : program.entries()) {
      uses.put(entry.name(), gather(entry));
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Uses own : uses.values()) {
        for (String other : own.entries) {
          changed |= own.addAll(uses.getOrDefault(other, own));
        }
      }
    }
    for (EntryInfo entry : program.entries()) {
      needs.put(entry.name(), accounts(entry));
    }
  }

  private Uses gather(EntryInfo entry) {
    Uses found = new Uses();
    Set<Instance> seen = new LinkedHashSet<>();
    List<Instance> pending = new ArrayList<>(List.of(entry.function()));
    while (!pending.isEmpty()) {
      Instance next = pending.remove(pending.size() - 1);
      if (seen.add(next)) {
        boolean inEntry = pending.isEmpty() && seen.size() == 1;
        HirParts.walk(next.body(), node -> gather(node, inEntry, found, pending));
      }
    }
    context |= entry.captures() > 0 || !entry.function().parameters().isEmpty();
    return found;
  }

  private void gather(Hir node, boolean inEntry, Uses found, List<Instance> pending) {
    if (node instanceof Hir.MapData map) {
      found.maps.add(map.map());
      if (!inEntry) {
        sharedMaps.add(map.map());
      }
    } else if (node instanceof Hir.AccountAt account) {
      found.accounts.add(account.account().index());
      if (!inEntry) {
        sharedAccounts.add(account.account().index());
      }
    } else if (node instanceof Hir.Call call) {
      pending.add(call.function());
    } else if (node instanceof Hir.Callback callback) {
      found.entries.add(callback.entry());
      context = true;
    } else if (node instanceof Hir.TailCall call) {
      found.entries.addAll(call.callees());
      context = true;
    } else if (node instanceof Hir.Context) {
      context = true;
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
      if (map.isAccount()) {
        all.add(new Need(map.name(), false, true, map, null));
      }
    }
    for (AccountInfo account : accountsOf(entry.name())) {
      String name = Base58.encode(account.address());
      all.add(new Need(name, false, account.writable(), null, bytes(account.address())));
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
    Uses found = uses.get(entry);
    return found == null ? Set.of() : found.maps;
  }

  /** The fixed accounts that an entry uses, in the order of their first mention. */
  List<AccountInfo> accountsOf(String entry) {
    Uses found = uses.get(entry);
    return found == null ? List.of() : found.accounts.stream().map(accounts::get).toList();
  }

  /** Whether a function other than an entry uses the map, so that its address must be kept. */
  boolean isShared(MapInfo map) {
    return sharedMaps.contains(map);
  }

  /** Whether a function other than an entry uses the account. */
  boolean isShared(AccountInfo account) {
    return sharedAccounts.contains(account.index());
  }

  /** Whether anything looks at the accounts or the instruction data. */
  boolean usesContext() {
    return context
        || uses.values().stream()
            .anyMatch(used -> !used.maps.isEmpty() || !used.accounts.isEmpty());
  }
}
