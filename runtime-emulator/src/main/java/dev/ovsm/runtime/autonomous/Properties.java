package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.transaction.Instruction;
import java.util.function.Consumer;

/**
 * What a program sets of a registration after it was made: its callback and the keys of {@code
 * sol_registration_set}.
 *
 * <p>All of it is taken back with the invocation that does it.
 */
final class Properties {
  private final Journal journal;
  private final Triggers triggers;
  private final Consumer<Registration> fireIfHolds;

  /** Properties whose changes a journal keeps. */
  Properties(Journal journal, Triggers triggers, Consumer<Registration> fireIfHolds) {
    this.journal = journal;
    this.triggers = triggers;
    this.fireIfHolds = fireIfHolds;
  }

  /** Sets what a registration executes. */
  void callback(Registration registration, Instruction callback, long budget) {
    Instruction before = registration.callback();
    long budgetBefore = registration.budget;
    registration.callback(callback);
    registration.budget = budget;
    journal.onRollback(
        () -> {
          registration.callback(before);
          registration.budget = budgetBefore;
        });
  }

  /** Sets what a periodic registration does with late ticks; false if that makes no sense. */
  boolean policy(Registration registration, long number) {
    for (OverduePolicy policy : OverduePolicy.values()) {
      if (policy.number() == number && registration.isPeriodic()) {
        change(registration, registration.terms.withPolicy(policy));
        return true;
      }
    }
    return false;
  }

  /** Sets the priority of a registration, and of what of it is queued. */
  boolean priority(Registration registration, int priority) {
    change(registration, registration.terms.withPriority(priority));
    triggers.prioritise(registration, priority);
    return true;
  }

  /** Sets the least slots between triggers; false if no changes or events trigger it. */
  boolean minInterval(Registration registration, long slots) {
    change(registration, registration.terms.withMinInterval(slots));
    return registration.watch() != null || registration.filter() != null;
  }

  /** Fires a watcher at the commit if its predicate holds then; false if it watches nothing. */
  boolean fireNow(Registration registration, boolean wanted) {
    if (wanted && registration.watch() != null) {
      journal.onCommit(() -> fireIfHolds.accept(registration));
    }
    return registration.watch() != null;
  }

  /** Sets how often an activation is tried again; false if it never is. */
  boolean retries(Registration registration, int most) {
    change(registration, registration.terms.withMaxRetries(most));
    return !registration.isPeriodic();
  }

  /** Sets whether the end of each activation is an event. */
  boolean tellsCompletion(Registration registration, boolean wanted) {
    change(registration, registration.terms.withTellsCompletion(wanted));
    return true;
  }

  private void change(Registration registration, Terms terms) {
    journal.onRollback(Properties::set, registration, registration.terms);
    set(registration, terms);
  }

  private static void set(Registration registration, Terms terms) {
    registration.terms = terms;
  }
}
