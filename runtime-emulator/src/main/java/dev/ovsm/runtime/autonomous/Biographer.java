package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.autonomous.Milestone.Turn;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what happens to registrations besides their triggers, once it stands, if anybody asks. */
final class Biographer {
  private static final String TOO_SOON = "its account changed before it was registered";
  private static final String ELSEWHERE = "its account changed, but not as it waits for";

  private static final Predicate CHANGE = new Predicate.Difference(null);

  private final Journal journal;
  private final Triggers triggers;
  private @Nullable Consumer<Milestone> told;

  Biographer(Journal journal, Triggers triggers) {
    this.journal = journal;
    this.triggers = triggers;
  }

  /** Lets somebody know from now on. */
  void tellTo(Consumer<Milestone> listener) {
    told = listener;
  }

  /** Whether anybody is told. */
  boolean isAsked() {
    return told != null;
  }

  /** A registration came to be. */
  void registered(Registration one) {
    if (told != null) {
      tell(one, Turn.REGISTERED, triggers.actor().words(one, triggers.slot()));
    }
  }

  /** A registration was there when an earlier run ended. */
  void resumed(Registration one) {
    tell(one, Turn.RESUMED, "registered in an earlier run");
  }

  /** A registration is over. */
  void ended(Registration one, String why) {
    tell(one, Turn.ENDED, why);
  }

  /** A watched account changed otherwise than its watcher waits for. */
  void passedBy(Registration one, Watch watch, Account before, Account after) {
    if (told != null && CHANGE.fires(before, after)) {
      String seen = watch.isInstalled() ? seen(watch, before, after) : TOO_SOON;
      tell(one, Turn.PASSED_BY, seen);
    }
  }

  private static String seen(Watch watch, Account before, Account after) {
    Predicate predicate = watch.predicate;
    boolean moves = predicate instanceof Predicate.Move;
    long from = predicate.value(moves ? watch.reference : before);
    long to = predicate.value(after);
    Criteria criteria =
        predicate instanceof Predicate.Level level
            ? level.criteria()
            : predicate instanceof Predicate.Move move ? move.criteria() : null;
    return criteria == null || from == to
        ? ELSEWHERE
        : ELSEWHERE + ": " + words(criteria, from) + " became " + words(criteria, to);
  }

  private static String words(Criteria criteria, long value) {
    return criteria.signed() ? Long.toString(value) : Long.toUnsignedString(value);
  }

  /** An event came that a subscription's filter refuses. */
  void passedBy(Registration one) {
    tell(one, Turn.PASSED_BY, "an event came that its filter refuses");
  }

  private void tell(Registration one, Turn turn, String words) {
    Consumer<Milestone> listener = told;
    if (listener != null) {
      Milestone milestone =
          new Milestone(triggers.slot(), one.id, one.owner.program, one.kind(), turn, words);
      journal.onCommit(() -> listener.accept(milestone));
    }
  }
}
