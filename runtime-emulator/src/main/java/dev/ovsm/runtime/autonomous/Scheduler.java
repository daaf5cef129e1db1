package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Registration.State;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is due in a slot, wave by wave.
 *
 * <p>Invariant: at the end of a slot, triggers created = final fates + triggers pending.
 */
final class Scheduler {
  /** {u64 id, u8 fate, u64 result code}. */
  private static final int COMPLETION_BYTES = 8 + 1 + 8;

  private static final String OVER = "its last trigger had ended";

  private final Registry registry;
  private final Triggers triggers;
  private final Agenda agenda;
  private final DeadLetters deadLetters;
  private final Activation.Runner runner;
  private final Function<Pubkey, Account> accounts;
  private final Settings settings;
  private final Stakes stakes;
  private final Ring systemRing;
  private final Grid grid;
  private SlotBudget budget = new SlotBudget(0, false, Map.of());
  private long slot;
  private long lastSlot = -1;

  Scheduler(
      Registry registry,
      Triggers triggers,
      DeadLetters deadLetters,
      Function<Pubkey, Account> accounts,
      Activation.Runner runner,
      Settings settings,
      Stakes stakes,
      Ring systemRing) {
    this.stakes = stakes;
    this.registry = registry;
    this.triggers = triggers;
    this.agenda = triggers.agenda();
    this.deadLetters = deadLetters;
    this.accounts = accounts;
    this.runner = runner;
    this.settings = settings;
    this.systemRing = systemRing;
    this.grid = new Grid(registry, triggers);
  }

  /** Takes over that a slot was processed in an earlier process. */
  void processed(long now) {
    slot = now;
    lastSlot = now;
  }

  /**
   * Runs the waves of a slot; a slot that was processed before runs nothing.
   *
   * @return compute units that callbacks consumed
   */
  long process(long now) {
    if (now <= lastSlot) {
      return 0;
    }
    lastSlot = now;
    slot = now;
    budget = new SlotBudget(settings.slotBudget(), settings.fillSkip(), stakes.reserved());
    triggers.enter(slot, Wave.TRANSACTIONS);
    expire();
    for (Wave wave : Wave.OF_CALLBACKS) {
      triggers.enter(slot, wave);
      if (wave == Wave.EVENTS) {
        systemRing.clear();
      }
      run(wave);
      runner.waveEnded();
    }
    requireNothingLost();
    return budget.used();
  }

  private void expire() {
    for (Trigger late = agenda.firstToExpire();
        late != null && late.registration.deadline() < slot;
        late = agenda.firstToExpire()) {
      end(late, Fate.EXPIRED, 0, "its deadline was slot " + late.registration.deadline());
    }
  }

  private void run(Wave wave) {
    Trigger trigger = agenda.first(wave);
    Trigger kept = null;
    while (trigger != null && trigger.due <= slot) {
      if (wave == Wave.CARRY_OVER && budget.isClosed()) {
        return;
      }
      if (!isTick(trigger, wave) || grid.falls(trigger)) {
        visit(trigger);
      }
      if (trigger.queue == Wave.CARRY_OVER && wave == Wave.CARRY_OVER) {
        kept = trigger;
      }
      trigger = kept == null ? agenda.first(wave) : agenda.after(wave, kept);
    }
  }

  /** Whether this is the grid's own tick and not one that was carried over. */
  private static boolean isTick(Trigger trigger, Wave wave) {
    return trigger.registration.isPeriodic() && wave != Wave.CARRY_OVER;
  }

  private void visit(Trigger trigger) {
    Registration r = trigger.registration;
    if (r.quarantined) {
      keepTicks(trigger);
      triggers.hold(trigger);
    } else if (!budget.isClosedFor(r.owner.program, r.budget) && r.isBlocked(slot)) {
      suppress(trigger);
    } else if (budget.admits(r.owner.program, r.budget)) {
      Wave wave = trigger.queue;
      if (wave != null) {
        runner.expect(trigger, () -> upcoming(wave, trigger));
      }
      triggers.take(trigger);
      execute(trigger);
    } else if (trigger.queue != Wave.CARRY_OVER) {
      carryOver(trigger);
    }
  }

  /** A trigger and those behind it in a wave that are likely to run in this slot. */
  private Iterator<Trigger> upcoming(Wave wave, Trigger first) {
    return Stream.iterate(first, Objects::nonNull, before -> agenda.after(wave, before))
        .takeWhile(trigger -> trigger.due <= slot)
        .filter(trigger -> !trigger.registration.quarantined)
        .filter(trigger -> !trigger.registration.isBlocked(slot))
        .iterator();
  }

  private void carryOver(Trigger trigger) {
    Registration r = trigger.registration;
    boolean counted = r.kind() == Kind.WORK;
    if (r.isPeriodic() && r.terms.policy() == OverduePolicy.SKIP) {
      end(trigger, Fate.EXPIRED, 0, "no room in its slot");
    } else if (!counted && r.owner.waiting >= Owner.MOST_WAITING) {
      giveUp(trigger, trigger.attempt, 0, "too many activations of its program wait");
    } else {
      keepTicks(trigger);
      triggers.defer(trigger);
      triggers.tell(trigger, Fate.DEFERRED, 0, "no room in its slot");
    }
  }

  /** Lets the ticks that follow merge into one that has to wait. */
  private void keepTicks(Trigger trigger) {
    if (trigger.registration.isPeriodic() && trigger.registration.pending == null) {
      triggers.gather(trigger);
    }
  }

  private void execute(Trigger trigger) {
    Registration r = trigger.registration;
    if (r.pending == trigger) {
      r.pending = null;
    }
    if (r.watch() != null && trigger.attempt == 0 && trigger.payload.length == 0) {
      trigger.payload = r.watch().takePayload(accounts.apply(r.watch().account));
    }
    if (r.isOneShot()) {
      r.state = State.FIRED;
    }
    Activation activation = runner.run(trigger);
    budget.charge(r.owner.program, activation.units());
    r.history().ran(trigger.seq, slot, activation.units());
    triggers.actor().begin(trigger);
    Fate fate =
        activation.succeeded() ? succeeded(trigger, activation) : failed(trigger, activation);
    if (r.terms.tellsCompletion()) {
      registry
          .signals()
          .emitted(
              r.owner.program,
              EventId.COMPLETED,
              new LittleEndian(COMPLETION_BYTES)
                  .u64(r.id)
                  .u8(fate.number())
                  .u64(activation.result())
                  .bytes());
    }
    triggers.actor().end();
  }

  private Fate succeeded(Trigger trigger, Activation activation) {
    trigger.registration.history().breaker.succeeded();
    return end(trigger, Fate.EXECUTED, activation.units(), "");
  }

  private Fate failed(Trigger trigger, Activation activation) {
    Registration r = trigger.registration;
    r.history().breaker.failed(slot);
    if (r.isPeriodic()) {
      return end(trigger, Fate.FAILED, activation.units(), activation.error());
    }
    if (trigger.attempt >= r.terms.maxRetries()) {
      return giveUp(trigger, trigger.attempt + 1, activation.units(), activation.error());
    }
    triggers.tell(trigger, Fate.RETRIED, activation.units(), activation.error());
    triggers.retry(trigger, slot + (1L << trigger.attempt));
    return Fate.RETRIED;
  }

  private void suppress(Trigger trigger) {
    String reason = "breaker open until slot " + trigger.registration.history().breaker.openUntil();
    if (trigger.registration.isPeriodic()) {
      end(trigger, Fate.SUPPRESSED, 0, reason);
    } else {
      giveUp(trigger, trigger.attempt, 0, reason);
    }
  }

  /** Ends a trigger that will not be tried again; periodic ones have nothing to replay. */
  private Fate giveUp(Trigger trigger, int attempts, long units, String error) {
    Registration r = trigger.registration;
    if (r.isPeriodic()) {
      return end(trigger, Fate.EXPIRED, units, error);
    }
    if (r.pending == trigger && r.watch() != null) {
      trigger.payload = r.watch().takePayload(accounts.apply(r.watch().account));
    }
    deadLetters.add(
        new DeadLetter(
            slot, r, trigger.seq, trigger.nominal, attempts, error, units, trigger.payload));
    return end(trigger, Fate.DEAD_LETTERED, units, error);
  }

  /** Gives a trigger its final fate, and its registration what follows from that. */
  private Fate end(Trigger trigger, Fate fate, long units, String reason) {
    triggers.finish(trigger, fate, units, reason);
    Registration r = trigger.registration;
    if (registry.find(r.id) != r) {
      return fate;
    }
    if (r.isPeriodic()) {
      grid.continueAfter(trigger);
    } else if (r.isOneShot() && r.isAtRest()) {
      if (r.state == State.ARMED) {
        r.state = State.FIRED;
      }
      registry.retire(r, OVER);
    }
    return fate;
  }

  /** Queues a dead letter's activation once more; false if there is no such entry. */
  boolean replay(long seq) {
    @Nullable DeadLetter letter = deadLetters.take(seq).orElse(null);
    if (letter == null) {
      return false;
    }
    triggers.replay(letter);
    return true;
  }

  private void requireNothingLost() {
    Counters counters = triggers.counters();
    long accounted = counters.finals() + triggers.pending();
    if (counters.created() != accounted) {
      throw new IllegalStateException(
          "slot " + slot + ": " + counters.created() + " triggers made, " + accounted + " known");
    }
  }
}
