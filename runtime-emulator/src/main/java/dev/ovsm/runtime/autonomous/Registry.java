package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Registration.State;
import dev.ovsm.runtime.invoke.Hook.Change;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every registration, found by id, owner, watched account, event and handle.
 *
 * <p>What an invocation does between {@link #begin} and {@link #rollback} leaves no trace, except
 * that ids are used up.
 */
final class Registry {
  private static final String OVERWRITTEN = "its handle was overwritten by ";
  private static final String CLOSED = "its program was closed by ";

  private final Map<Pubkey, Owner> owners = new LinkedHashMap<>();
  private final Directory directory = new Directory();
  private final Index<Pubkey> watchers = new Index<>();
  private final Index<EventId> subscribers = new Index<>();
  private final Index<Pubkey> listeners = new Index<>();
  private final Map<Pubkey, NavigableMap<Integer, Registration>> handles = new HashMap<>();
  private final Journal journal;
  private final Triggers triggers;
  private final Function<Pubkey, Account> accounts;
  private final Economy economy;
  private final Properties properties;
  private final Consumer<Registration> index = this::index;
  private final Consumer<Registration> unadd = this::unadd;
  private long nextId = 1;
  private long seqBefore;

  /** A registry without registrations; {@code accounts} are the committed ones. */
  Registry(
      Journal journal, Triggers triggers, Function<Pubkey, Account> accounts, Economy economy) {
    this.economy = economy;
    this.journal = journal;
    this.triggers = triggers;
    this.accounts = accounts;
    this.properties = new Properties(journal, triggers, this::fireIfHolds);
  }

  /** What programs set of their registrations. */
  Properties properties() {
    return properties;
  }

  /** Opens an invocation that the trigger {@code cause} runs, null if a user sent it. */
  void begin(@Nullable Trigger cause) {
    journal.open();
    triggers.actor().begin(cause);
    seqBefore = triggers.nextSeq();
  }

  /** Keeps what the open invocation did, and lets handles and watchers see what it changed. */
  void commit(List<Change> changes) {
    triggers.publish();
    journal.close();
    changes.forEach(this::changed);
    journal.complete();
    triggers.actor().end();
  }

  /** Takes back what the open invocation did. */
  void rollback() {
    triggers.unpublish();
    journal.rollback();
    triggers.nextSeq(seqBefore);
    triggers.actor().end();
  }

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

  /** The registration of a handle at this place, or null. */
  @Nullable Registration findHandle(Pubkey account, int offset) {
    NavigableMap<Integer, Registration> there = handles.get(account);
    return there == null ? null : there.get(offset);
  }

  /** All registrations as they are now, in order of creation. */
  List<Registration> all() {
    return directory.all();
  }

  /** An id that was never given before. */
  long takeId() {
    return nextId++;
  }

  /** The id that is given next. */
  long nextId() {
    return nextId;
  }

  void nextId(long id) {
    nextId = id;
  }

  /** Adds a registration of an earlier process as it was there. */
  void restore(Registration registration) {
    index(registration);
    if (registration.counted) {
      count(registration, true);
    }
  }

  /** Whether the number of ids is exhausted. */
  boolean isFull() {
    return nextId > 0xFFFF_FFFFL;
  }

  /** Adds a registration, whose quota has been checked; it sees nothing before the commit. */
  Registration add(Registration.Draft draft) {
    Registration added = draft.numbered(takeId());
    add(added);
    return added;
  }

  private void add(Registration added) {
    index(added);
    count(added, true);
    journal.onRollback(unadd, added);
    economy.registered(added.owner, added.id, triggers.slot());
    if (added.handle != null) {
      journal.onCommit(() -> requireHandle(added));
    }
    if (added.watch != null) {
      Watch watch = added.watch;
      journal.onCommit(() -> watch.install(accounts.apply(watch.account)));
    }
  }

  private void unadd(Registration added) {
    unindex(added);
    count(added, false);
  }

  /** Makes a registration run once in a slot; if it was armed, then instead of that. */
  Trigger arm(Registration registration, long due) {
    for (Trigger waiting : registration.open()) {
      if ((waiting.queue != null || waiting.held) && waiting.attempt == 0) {
        triggers.finish(waiting, Fate.CANCELLED, 0, "armed anew by " + actor(registration));
      }
    }
    occupy(registration);
    state(registration, State.ARMED);
    return triggers.create(registration, due, due, Payload.NONE);
  }

  /** Queues the next tick of a periodic registration. */
  void tick(Registration registration, long nominal, long due) {
    Trigger next = triggers.create(registration, nominal, due, Payload.NONE);
    registration.next = next;
    journal.onRollback(Registry::untick, registration);
  }

  private static void untick(Registration registration) {
    registration.next = null;
  }

  /** Cancels a registration for what the invocation did to it, in a word such as "removed". */
  void cancel(Registration registration, String done) {
    cancel(registration, Fate.CANCELLED, done + " by " + actor(registration));
  }

  /** Gives everything of a registration that waits a final fate, and ends or disarms it. */
  void cancel(Registration registration, Fate fate, String reason) {
    for (Trigger waiting : registration.open()) {
      if (waiting.queue != null || waiting.held) {
        triggers.finish(waiting, fate, 0, reason);
      }
    }
    state(registration, State.CANCELLED);
    retire(registration);
  }

  /** Ends a registration that is over: one that has a handle can be armed again. */
  void retire(Registration registration) {
    if (registration.handle == null) {
      remove(registration);
    } else {
      vacate(registration);
    }
  }

  /** Forgets a registration of which nothing waits any more. */
  void remove(Registration registration) {
    vacate(registration);
    unindex(registration);
    journal.onRollback(index, registration);
  }

  /** Routes an event to its subscribers in order of subscription. */
  void emitted(Pubkey source, EventId id, byte[] data) {
    boolean wanted = false;
    for (Registration subscriber : subscribers.get(id)) {
      if (subscriber.filter instanceof EventFilter.Emitted filter && filter.accepts(source, data)) {
        happened(subscriber, data);
        wanted = true;
      }
    }
    if (!wanted) {
      triggers.createUnwanted();
    }
  }

  /** Whether any subscription wants this event. */
  boolean isWanted(Pubkey source, EventId id, byte[] data) {
    return subscribers.get(id).stream()
        .anyMatch(r -> r.filter instanceof EventFilter.Emitted f && f.accepts(source, data));
  }

  /** Tells the subscriptions of {@code caller} that a program it invoked has returned. */
  void returned(Pubkey caller, Pubkey callee, byte[] returnData) {
    for (Registration subscriber : listeners.get(caller)) {
      if (subscriber.filter instanceof EventFilter.Returned filter
          && filter.accepts(callee, returnData)) {
        happened(subscriber, returnData);
      }
    }
  }

  /** Whether anybody wants to know what the programs that {@code caller} invokes return. */
  boolean listensTo(Pubkey caller) {
    return !listeners.get(caller).isEmpty();
  }

  private void happened(Registration subscriber, byte[] payload) {
    triggers.create(subscriber, triggers.slot(), planned(subscriber), payload.clone());
  }

  /** Makes a watcher run as if the account had just come to fulfil its predicate, if it does. */
  private void fireIfHolds(Registration registration) {
    Watch watch = registration.watch;
    if (watch != null && directory.find(registration.id) == registration) {
      Account now = accounts.apply(watch.account);
      if (watch.predicate.holds(now)) {
        watch.count(now);
        notice(registration);
      }
    }
  }

  /** Lets the handles in an account and its watchers see a committed change. */
  void changed(Change change) {
    NavigableMap<Integer, Registration> there = handles.get(change.key());
    if (there != null) {
      checkHandles(change, List.copyOf(there.values()));
    }
    for (Registration registration : watchers.get(change.key())) {
      Watch watch = registration.watch;
      if (watch != null && watch.sees(change.before(), change.after())) {
        notice(registration);
      }
    }
  }

  /** Ends a registration whose program took its handle away before it committed. */
  private void requireHandle(Registration registration) {
    Handle handle = registration.handle;
    if (handle != null
        && directory.find(registration.id) == registration
        && !handle.isIn(accounts.apply(handle.account()).data(), registration.id)) {
      overwritten(registration);
    }
  }

  private String actor(Registration concerned) {
    return triggers.actor().words(concerned, triggers.slot());
  }

  /** Ends a registration whose handle is gone. */
  void overwritten(Registration registration) {
    cancel(registration, Fate.CANCELLED, OVERWRITTEN + actor(registration));
    remove(registration);
  }

  private void checkHandles(Change change, List<Registration> registrations) {
    byte[] data = change.after().data();
    boolean evicting = MapHeader.hasEvicted(change.before().data(), data);
    for (Registration registration : registrations) {
      Handle handle = registration.handle;
      if (handle != null && !handle.isIn(data, registration.id)) {
        cancel(
            registration,
            evicting ? Fate.EVICTED : Fate.CANCELLED,
            (evicting ? "its map element was evicted by " : OVERWRITTEN) + actor(registration));
        remove(registration);
      }
    }
  }

  private void notice(Registration watcher) {
    if (watcher.pending != null) {
      triggers.createEnded(watcher, Fate.COALESCED, triggers.slot(), 1, "one is pending");
    } else {
      triggers.gather(triggers.create(watcher, triggers.slot(), planned(watcher), Payload.NONE));
    }
  }

  /** The slot of a registration's next trigger, far enough from the one before. */
  private long planned(Registration registration) {
    long soonest = triggers.soonest(registration.kind.wave());
    History history = registration.history();
    long before = history.lastDue;
    long due =
        before == Registration.NEVER
            ? soonest
            : Math.max(soonest, before + registration.terms.minInterval());
    history.lastDue = due;
    journal.onRollback(() -> history.lastDue = before);
    return due;
  }

  /** Takes over a program's new file: what its callbacks need may be gone, or back. */
  void upgraded(Pubkey program, @Nullable Manifest manifest, boolean loads) {
    Owner owner = owner(program);
    owner.declare(manifest);
    for (Registration registration : directory.all()) {
      Instruction callback = registration.callback();
      if (callback != null && callback.program().equals(program)) {
        boolean found = loads && (manifest == null || isEntry(manifest, callback.data()));
        registration.quarantined = !found;
      }
    }
    for (Trigger held : triggers.held()) {
      Registration registration = held.registration;
      Instruction callback = registration.callback();
      if (callback != null
          && callback.program().equals(program)
          && loads
          && (manifest == null || isEntry(manifest, callback.data()))) {
        registration.quarantined = false;
        triggers.release(held);
      }
    }
  }

  /** Lets a registration that was given another callback go on, whatever became of the first. */
  void recalled(Registration registration) {
    journal.onCommit(
        () -> {
          registration.quarantined = false;
          registration.open().stream().filter(t -> t.held).toList().forEach(triggers::release);
        });
  }

  private static boolean isEntry(Manifest manifest, byte[] data) {
    return data.length >= Long.BYTES && manifest.entry(LittleEndian.u64(data, 0)).isPresent();
  }

  /** Frees everything that a closed program owns. */
  void closed(Pubkey program) {
    Owner owner = owner(program);
    for (Registration registration : List.copyOf(owner.registrations())) {
      cancel(registration, Fate.CANCELLED, CLOSED + actor(registration));
      if (registration.handle != null) {
        remove(registration);
      }
    }
    triggers.waiting().stream()
        .map(replayed -> replayed.registration)
        .filter(over -> over.owner == owner)
        .sorted(Comparator.comparingLong(over -> over.id))
        .forEach(over -> cancel(over, Fate.CANCELLED, CLOSED + actor(over)));
    owner.rings.clear();
    owner.declare(null);
  }

  /** Sets the state of a registration. */
  void state(Registration registration, State state) {
    journal.onRollback(Registry::set, registration, registration.state);
    set(registration, state);
  }

  private static void set(Registration registration, State state) {
    registration.state = state;
  }

  /** Whether a registration has, or can get, its place in its owner's quota. */
  boolean hasRoom(Registration registration) {
    return registration.counted || registration.owner.hasRoom(registration.kind.quota());
  }

  private void occupy(Registration registration) {
    if (!registration.counted) {
      count(registration, true);
      journal.onRollback(Registry::count, registration, false);
    }
  }

  private void vacate(Registration registration) {
    if (registration.counted) {
      count(registration, false);
      journal.onRollback(Registry::count, registration, true);
    }
  }

  private static void count(Registration registration, boolean on) {
    registration.counted = on;
    registration.owner.count(registration.kind.quota(), on ? 1 : -1);
  }

  private void index(Registration r) {
    directory.add(r);
    r.owner.add(r);
    if (r.watch != null) {
      watchers.add(r.watch.account, r);
    }
    if (r.filter instanceof EventFilter.Emitted emitted) {
      subscribers.add(emitted.id(), r);
    }
    if (r.filter instanceof EventFilter.Returned) {
      listeners.add(r.owner.program, r);
    }
    if (r.handle != null) {
      handles.computeIfAbsent(r.handle.account(), k -> new TreeMap<>()).put(r.handle.offset(), r);
    }
  }

  private void unindex(Registration r) {
    directory.remove(r);
    r.owner.remove(r);
    if (r.watch != null) {
      watchers.remove(r.watch.account, r);
    }
    if (r.filter instanceof EventFilter.Emitted emitted) {
      subscribers.remove(emitted.id(), r);
    }
    if (r.filter instanceof EventFilter.Returned) {
      listeners.remove(r.owner.program, r);
    }
    if (r.handle != null) {
      NavigableMap<Integer, Registration> there = handles.get(r.handle.account());
      if (there != null && there.remove(r.handle.offset(), r) && there.isEmpty()) {
        handles.remove(r.handle.account());
      }
    }
  }
}
