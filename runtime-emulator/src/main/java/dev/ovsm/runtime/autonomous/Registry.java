package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Registration.State;
import dev.ovsm.runtime.invoke.Hook.Change;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every registration, found by id, owner, watched account, event and handle.
 *
 * <p>What an invocation does between {@link #begin} and {@link #rollback} leaves no trace, except
 * that ids are used up; after {@link #forget}, not even that.
 */
final class Registry {
  private static final String OVERWRITTEN = "its handle was overwritten by ";

  private final Catalogue catalogue = new Catalogue();
  private final Journal journal;
  private final Triggers triggers;
  private final Function<Pubkey, Account> accounts;
  private final Economy economy;
  private final Biographer biographer;
  private final Signals signals;
  private final Properties properties;
  private final Consumer<Registration> index = catalogue::add;
  private final Consumer<Registration> unadd = this::unadd;
  private long nextId = 1;
  private long seqBefore;
  private long idBefore;

  /** A registry without registrations; {@code accounts} are the committed ones. */
  Registry(
      Journal journal, Triggers triggers, Function<Pubkey, Account> accounts, Economy economy) {
    this.economy = economy;
    this.journal = journal;
    this.triggers = triggers;
    this.accounts = accounts;
    this.biographer = new Biographer(journal, triggers);
    this.signals = new Signals(catalogue, journal, triggers, accounts, biographer);
    this.properties = new Properties(journal, triggers, signals::fireIfHolds);
  }

  /** What makes triggers of what happens. */
  Signals signals() {
    return signals;
  }

  /** Who tells what happens to registrations. */
  Biographer biographer() {
    return biographer;
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
    idBefore = nextId;
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

  /** Takes back what the open invocation did, and the ids that it was given. */
  void forget() {
    rollback();
    nextId = idBefore;
  }

  /** A program, whether it owns anything or not. */
  Owner owner(Pubkey program) {
    return catalogue.owner(program);
  }

  Collection<Owner> owners() {
    return catalogue.owners();
  }

  @Nullable Registration find(long id) {
    return catalogue.find(id);
  }

  /** The registration of a handle at this place, or null. */
  @Nullable Registration findHandle(Pubkey account, int offset) {
    return catalogue.withHandle(account, offset);
  }

  /** All registrations as they are now, in order of creation. */
  List<Registration> all() {
    return catalogue.all();
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
    catalogue.add(registration);
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
    catalogue.add(added);
    count(added, true);
    journal.onRollback(unadd, added);
    economy.registered(added.owner, added.id, triggers.slot());
    biographer.registered(added);
    if (added.handle() != null) {
      journal.onCommit(() -> requireHandle(added));
    }
    Watch watch = added.watch();
    if (watch != null) {
      journal.onCommit(() -> watch.install(accounts.apply(watch.account)));
    }
  }

  private void unadd(Registration added) {
    catalogue.remove(added);
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
    retire(registration, reason);
  }

  /** Ends a registration that is over: one that has a handle can be armed again. */
  void retire(Registration registration, String why) {
    if (registration.handle() == null) {
      remove(registration, why);
    } else {
      vacate(registration);
    }
  }

  /** Forgets a registration of which nothing waits any more. */
  void remove(Registration registration, String why) {
    if (biographer.isAsked() && catalogue.has(registration)) {
      biographer.ended(registration, why);
    }
    vacate(registration);
    catalogue.remove(registration);
    journal.onRollback(index, registration);
  }

  /** Lets the handles in an account and its watchers see a committed change. */
  void changed(Change change) {
    List<Registration> there = catalogue.withHandles(change.key());
    if (!there.isEmpty()) {
      checkHandles(change, there);
    }
    signals.changed(change);
  }

  /** Ends a registration whose program took its handle away before it committed. */
  private void requireHandle(Registration registration) {
    Handle handle = registration.handle();
    if (handle != null
        && catalogue.has(registration)
        && !handle.isIn(accounts.apply(handle.account()).data(), registration.id)) {
      overwritten(registration);
    }
  }

  private String actor(Registration concerned) {
    return triggers.actor().words(concerned, triggers.slot());
  }

  /** Ends a registration whose handle is gone. */
  void overwritten(Registration registration) {
    String why = OVERWRITTEN + actor(registration);
    cancel(registration, Fate.CANCELLED, why);
    remove(registration, why);
  }

  private void checkHandles(Change change, List<Registration> registrations) {
    byte[] data = change.after().data();
    boolean evicting = MapHeader.hasEvicted(change.before().data(), data);
    for (Registration registration : registrations) {
      Handle handle = registration.handle();
      if (handle != null && !handle.isIn(data, registration.id)) {
        String why =
            (evicting ? "its map element was evicted by " : OVERWRITTEN) + actor(registration);
        cancel(registration, evicting ? Fate.EVICTED : Fate.CANCELLED, why);
        remove(registration, why);
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

  /** Sets the state of a registration. */
  void state(Registration registration, State state) {
    if (registration.state != state) {
      journal.onRollback(Registry::set, registration, registration.state);
      set(registration, state);
    }
  }

  private static void set(Registration registration, State state) {
    registration.state = state;
  }

  /** Whether a registration has, or can get, its place in its owner's quota. */
  boolean hasRoom(Registration registration) {
    return registration.counted || registration.owner.hasRoom(registration.kind().quota());
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
    registration.owner.count(registration.kind().quota(), on ? 1 : -1);
  }
}
