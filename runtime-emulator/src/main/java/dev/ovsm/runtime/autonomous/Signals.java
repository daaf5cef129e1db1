package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Hook.Change;
import java.util.function.Function;

/** Makes triggers of what happens: committed changes, events, and programs that return. */
final class Signals {
  private final Catalogue catalogue;
  private final Journal journal;
  private final Triggers triggers;
  private final Function<Pubkey, Account> accounts;
  private final Biographer biographer;

  /** Signals to the registrations of a catalogue; {@code accounts} are the committed ones. */
  Signals(
      Catalogue catalogue,
      Journal journal,
      Triggers triggers,
      Function<Pubkey, Account> accounts,
      Biographer biographer) {
    this.catalogue = catalogue;
    this.journal = journal;
    this.triggers = triggers;
    this.accounts = accounts;
    this.biographer = biographer;
  }

  /** Lets the watchers of an account see a committed change. */
  void changed(Change change) {
    for (Registration registration : catalogue.watchers(change.key())) {
      Watch watch = registration.watch();
      if (watch != null && watch.sees(change.before(), change.after())) {
        notice(registration);
      } else if (watch != null) {
        biographer.passedBy(registration, watch, change.before(), change.after());
      }
    }
  }

  /** Makes a watcher run as if the account had just come to fulfil its predicate, if it does. */
  void fireIfHolds(Registration registration) {
    Watch watch = registration.watch();
    if (watch != null && catalogue.has(registration)) {
      Account now = accounts.apply(watch.account);
      if (watch.predicate.holds(now)) {
        watch.count(now);
        notice(registration);
      }
    }
  }

  /** Routes an event to its subscribers in order of subscription. */
  void emitted(Pubkey source, EventId id, byte[] data) {
    boolean wanted = false;
    for (Registration subscriber : catalogue.subscribers(id)) {
      if (wants(subscriber, source, data)) {
        happened(subscriber, data);
        wanted = true;
      } else {
        biographer.passedBy(subscriber);
      }
    }
    if (!wanted) {
      triggers.createUnwanted();
    }
  }

  /** Whether any subscription wants this event. */
  boolean isWanted(Pubkey source, EventId id, byte[] data) {
    return catalogue.subscribers(id).stream().anyMatch(r -> wants(r, source, data));
  }

  private static boolean wants(Registration subscriber, Pubkey source, byte[] data) {
    return subscriber.filter() instanceof EventFilter.Emitted filter
        && filter.accepts(source, data);
  }

  /** Tells the subscriptions of {@code caller} that a program it invoked has returned. */
  void returned(Pubkey caller, Pubkey callee, byte[] returnData) {
    for (Registration subscriber : catalogue.listeners(caller)) {
      if (subscriber.filter() instanceof EventFilter.Returned filter
          && filter.accepts(callee, returnData)) {
        happened(subscriber, returnData);
      }
    }
  }

  /** Whether anybody wants to know what the programs that {@code caller} invokes return. */
  boolean listensTo(Pubkey caller) {
    return !catalogue.listeners(caller).isEmpty();
  }

  private void happened(Registration subscriber, byte[] payload) {
    triggers.create(subscriber, triggers.slot(), planned(subscriber), payload.clone());
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
    long soonest = triggers.soonest(registration.kind().wave());
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
}
