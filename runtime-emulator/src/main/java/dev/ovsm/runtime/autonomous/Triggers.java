package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of triggers: made, queued, moved, ended, each step told as a fate.
 *
 * <p>What happens while the journal is open can be taken back, and is told only once it stands.
 */
final class Triggers {
  private final Agenda agenda = new Agenda();
  private final Counters counters = new Counters();
  private final List<FateRecord> told = new ArrayList<>();
  private final Journal journal;
  private final Consumer<FateRecord> fates;
  private final NavigableMap<Long, Trigger> held = new TreeMap<>();
  private final Consumer<Trigger> uncreate = this::uncreate;
  private final Consumer<FateRecord> untell = this::untell;
  private long nextSeq = 1;
  private long slot;
  private Wave wave = Wave.TRANSACTIONS;
  private final Actor actor;
  private long work;

  /** By what and when the last trigger was made. */
  private Making making = new Making(0, Origin.OUTSIDE, 0);

  /** No triggers; programs start in {@code firstSlot}. */
  Triggers(long firstSlot, Journal journal, Consumer<FateRecord> fates) {
    this.actor = new Actor(firstSlot);
    this.journal = journal;
    this.fates = fates;
  }

  Agenda agenda() {
    return agenda;
  }

  Counters counters() {
    return counters;
  }

  /** Triggers without a final fate, besides the one that runs. */
  long pending() {
    return agenda.size() + (long) held.size();
  }

  /** The triggers whose callback is gone, oldest first. */
  List<Trigger> held() {
    return List.copyOf(held.values());
  }

  /** Everything that is pending, in no particular order. */
  List<Trigger> waiting() {
    List<Trigger> all = new ArrayList<>(held.values());
    Wave.OF_CALLBACKS.forEach(part -> all.addAll(agenda.list(part)));
    return all;
  }

  /** Takes a trigger over from an earlier process, queued as it was or held. */
  void restore(Trigger trigger, @Nullable Wave queue) {
    trigger.registration.open(trigger);
    if (queue == null) {
      hold(trigger, true);
    } else {
      agenda.add(queue, trigger);
      trigger.registration.owner.waiting += isCounted(queue, trigger) ? 1 : 0;
      work += trigger.registration.kind() == Kind.WORK ? 1 : 0;
    }
  }

  long slot() {
    return slot;
  }

  /** Says when and by what triggers are made from now on. */
  void enter(long now, Wave part) {
    slot = now;
    wave = part;
  }

  /** Who makes and ends triggers now. */
  Actor actor() {
    return actor;
  }

  /** What makes a trigger now; the grid of a periodic one makes it outside any invocation. */
  private Origin origin(Registration registration) {
    return registration.isPeriodic() && !journal.isOpen() ? Origin.GRID : actor.origin(slot);
  }

  /** The seq that the next trigger gets. */
  long nextSeq() {
    return nextSeq;
  }

  void nextSeq(long seq) {
    nextSeq = seq;
  }

  /** The first slot in which a trigger made now for some wave can run. */
  long soonest(Wave target) {
    return wave.compareTo(target) < 0 ? slot : slot + 1;
  }

  /** Makes a trigger and queues it in the wave of its kind. */
  Trigger create(Registration registration, long nominal, long due, byte[] payload) {
    return create(registration, nominal, due, payload, origin(registration));
  }

  /** Makes the trigger of a dead letter once more. */
  void replay(DeadLetter letter) {
    Registration registration = letter.registration();
    long due = soonest(registration.kind().wave());
    create(registration, letter.nominal(), due, letter.payload(), Origin.REPLAY);
  }

  private Trigger create(
      Registration registration, long nominal, long due, byte[] payload, Origin origin) {
    Trigger trigger = new Trigger(registration, nextSeq++, nominal, due, payload, making(origin));
    counters.created(1);
    registration.open(trigger);
    enqueue(registration.kind().wave(), trigger);
    journal.onRollback(uncreate, trigger);
    return trigger;
  }

  private Making making(Origin origin) {
    if (making.slot() != slot || making.origin() != origin || making.cause() != actor.seq()) {
      making = new Making(actor.seq(), origin, slot);
    }
    return making;
  }

  private void uncreate(Trigger trigger) {
    dequeue(trigger);
    trigger.registration.close(trigger);
    counters.created(-1);
  }

  /** Makes triggers that end at once: they merge into another, or come too late. */
  void createEnded(Registration registration, Fate fate, long nominal, long count, String reason) {
    Origin origin = origin(registration);
    ended(registration.id, registration.kind(), fate, nominal, origin, count, reason);
  }

  /** Makes the trigger of an event that nobody wants. */
  void createUnwanted() {
    ended(0, Kind.EVENT, Fate.NO_SUBSCRIBER, slot, actor.origin(slot), 1, "");
  }

  private void ended(
      long registration,
      Kind kind,
      Fate fate,
      long nominal,
      Origin origin,
      long count,
      String reason) {
    counters.created(count);
    journal.onRollback(() -> counters.created(-count));
    tell(
        new FateRecord(
            slot,
            registration,
            kind,
            fate,
            nextSeq,
            nominal,
            actor.seq(),
            origin,
            slot,
            0,
            count,
            false,
            0,
            reason));
    nextSeq += count;
  }

  /** Gives a trigger, queued or not, its final fate. */
  void finish(Trigger trigger, Fate fate, long units, String reason) {
    Registration registration = trigger.registration;
    Wave queue = trigger.queue;
    if (queue != null) {
      dequeue(trigger);
    }
    boolean wasHeld = trigger.held;
    if (wasHeld) {
      hold(trigger, false);
    }
    Trigger before = registration.close(trigger);
    boolean wasPending = registration.pending == trigger;
    boolean wasNext = registration.next == trigger;
    registration.pending = wasPending ? null : registration.pending;
    registration.next = wasNext ? null : registration.next;
    if (journal.isOpen()) {
      journal.onRollback(
          () -> {
            registration.reopen(trigger, before);
            registration.pending = wasPending ? trigger : registration.pending;
            registration.next = wasNext ? trigger : registration.next;
            if (queue != null) {
              enqueue(queue, trigger);
            }
            if (wasHeld) {
              hold(trigger, true);
            }
          });
    }
    tell(trigger, fate, units, reason);
  }

  /** Makes a waiting trigger the one into which further ones merge. */
  void gather(Trigger trigger) {
    Registration registration = trigger.registration;
    registration.pending = trigger;
    journal.onRollback(Triggers::ungather, registration);
  }

  private static void ungather(Registration registration) {
    registration.pending = null;
  }

  /** Moves a trigger that did not fit its slot to the carry-over. */
  void defer(Trigger trigger) {
    if (trigger.queue != null) {
      dequeue(trigger);
    }
    enqueue(Wave.CARRY_OVER, trigger);
  }

  /** Queues a trigger that failed for another attempt, behind all that exists by now. */
  void retry(Trigger trigger, long due) {
    trigger.attempt++;
    trigger.seq = nextSeq++;
    trigger.due = due;
    enqueue(trigger.registration.kind().wave(), trigger);
  }

  /** Takes a trigger out of its queue to run it. */
  void take(Trigger trigger) {
    dequeue(trigger);
  }

  /** Takes a trigger whose callback is gone out of its queue until {@link #release}. */
  void hold(Trigger trigger) {
    dequeue(trigger);
    hold(trigger, true);
    tell(trigger, Fate.QUARANTINED, 0, "its callback's entry is gone");
  }

  /** Queues a held trigger again, as something that should have run earlier. */
  void release(Trigger trigger) {
    hold(trigger, false);
    enqueue(Wave.CARRY_OVER, trigger);
  }

  /** Gives queued triggers of a registration another priority. */
  void prioritise(Registration registration, int priority) {
    for (Trigger trigger : registration.open()) {
      if (trigger.queue != null) {
        int before = trigger.priority;
        reorder(trigger, priority);
        journal.onRollback(() -> reorder(trigger, before));
      }
    }
  }

  /** Tells a step in the life of a trigger. */
  void tell(Trigger trigger, Fate fate, long units, String reason) {
    tell(FateRecord.of(trigger, slot, fate, actor.isOf(trigger), units, reason));
  }

  /** Tells what an invocation that commits has done. */
  void publish() {
    told.forEach(fates);
    told.clear();
  }

  /** Forgets what an invocation that is taken back has done. */
  void unpublish() {
    told.clear();
  }

  private void tell(FateRecord fate) {
    counters.add(fate.fate(), fate.count());
    if (journal.isOpen()) {
      journal.onRollback(untell, fate);
      told.add(fate);
    } else {
      fates.accept(fate);
    }
  }

  private void untell(FateRecord fate) {
    counters.add(fate.fate(), -fate.count());
  }

  private void reorder(Trigger trigger, int priority) {
    Wave queue = agenda.remove(trigger);
    trigger.rank(priority);
    agenda.add(queue, trigger);
  }

  private void enqueue(Wave queue, Trigger trigger) {
    trigger.rank();
    agenda.add(queue, trigger);
    work += trigger.registration.kind() == Kind.WORK ? 1 : 0;
    if (isCounted(queue, trigger)) {
      trigger.registration.owner.waiting++;
    }
  }

  private void dequeue(Trigger trigger) {
    work -= trigger.registration.kind() == Kind.WORK ? 1 : 0;
    if (isCounted(agenda.remove(trigger), trigger)) {
      trigger.registration.owner.waiting--;
    }
  }

  /** Whether a queued trigger counts towards {@link Owner#MOST_WAITING}. */
  private static boolean isCounted(Wave queue, Trigger trigger) {
    return queue == Wave.CARRY_OVER || trigger.registration.kind() == Kind.WORK;
  }

  /**
   * How many work items are queued, those included that were carried over or will be tried again.
   */
  long work() {
    return work;
  }

  private void hold(Trigger trigger, boolean on) {
    trigger.held = on;
    if (on) {
      held.put(trigger.seq, trigger);
    } else {
      held.remove(trigger.seq);
    }
  }
}
