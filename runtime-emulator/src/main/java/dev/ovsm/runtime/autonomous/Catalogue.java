package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Live registrations, found by id, owner, and what each waits for. */
final class Catalogue {
  private final Map<Pubkey, Owner> owners = new LinkedHashMap<>();
  private final Directory directory = new Directory();
  private final Index<Pubkey> watchers = new Index<>();
  private final Index<EventId> subscribers = new Index<>();
  private final Index<Pubkey> listeners = new Index<>();
  private final Map<Pubkey, NavigableMap<Integer, Registration>> handles = new HashMap<>();

  /** A program, whether it owns anything or not. */
  Owner owner(Pubkey program) {
    return owners.computeIfAbsent(program, Owner::new);
  }

  Collection<Owner> owners() {
    return Collections.unmodifiableCollection(owners.values());
  }

  @Nullable Registration find(long id) {
    return directory.find(id);
  }

  boolean has(Registration registration) {
    return directory.find(registration.id) == registration;
  }

  /** All registrations as they are now, in order of creation. */
  List<Registration> all() {
    return directory.all();
  }

  /** The registration of a handle at this place, or null. */
  @Nullable Registration withHandle(Pubkey account, int offset) {
    NavigableMap<Integer, Registration> there = handles.get(account);
    return there == null ? null : there.get(offset);
  }

  /** The registrations with handles in an account as they are now, by their places. */
  List<Registration> withHandles(Pubkey account) {
    NavigableMap<Integer, Registration> there = handles.get(account);
    return there == null ? List.of() : List.copyOf(there.values());
  }

  /** Who watches an account; not to be kept while registrations come or go. */
  List<Registration> watchers(Pubkey account) {
    return watchers.get(account);
  }

  /** Who wants events of a name; not to be kept while registrations come or go. */
  List<Registration> subscribers(EventId id) {
    return subscribers.get(id);
  }

  /** What of a program waits for others to return to it; not to be kept as the rest. */
  List<Registration> listeners(Pubkey caller) {
    return listeners.get(caller);
  }

  void add(Registration r) {
    directory.add(r);
    r.owner.add(r);
    if (r.watch() != null) {
      watchers.add(r.watch().account, r);
    }
    if (r.filter() instanceof EventFilter.Emitted emitted) {
      subscribers.add(emitted.id(), r);
    }
    if (r.filter() instanceof EventFilter.Returned) {
      listeners.add(r.owner.program, r);
    }
    if (r.handle() != null) {
      handles
          .computeIfAbsent(r.handle().account(), k -> new TreeMap<>())
          .put(r.handle().offset(), r);
    }
  }

  void remove(Registration r) {
    directory.remove(r);
    r.owner.remove(r);
    if (r.watch() != null) {
      watchers.remove(r.watch().account, r);
    }
    if (r.filter() instanceof EventFilter.Emitted emitted) {
      subscribers.remove(emitted.id(), r);
    }
    if (r.filter() instanceof EventFilter.Returned) {
      listeners.remove(r.owner.program, r);
    }
    if (r.handle() != null) {
      NavigableMap<Integer, Registration> there = handles.get(r.handle().account());
      if (there != null && there.remove(r.handle().offset(), r) && there.isEmpty()) {
        handles.remove(r.handle().account());
      }
    }
  }
}
