package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * The autonomous runtime in plain words: lists that are searched from end to end, and a copy of
 * everything before whatever may fail.
 */
public final class Model extends Operations {
  /**
   * A model of two programs.
   *
   * @param units what the n-th activation consumes, which only a machine can know
   */
  public Model(long slot, long slotBudget, boolean fillSkip, IntToLongFunction units, Bug... bugs) {
    super(slot, slotBudget, fillSkip, units, bugs);
  }

  /** What became of triggers since it was last asked. */
  public List<Told> takeTold() {
    List<Told> all = List.copyOf(told);
    told.clear();
    return all;
  }

  /** What callbacks were told since it was last asked. */
  public List<List<Long>> takeRuns() {
    List<List<Long>> all = List.copyOf(runs);
    runs.clear();
    return all;
  }

  /** Registrations that exist. */
  public List<Long> ids() {
    return state.regs.stream().map(r -> r.id).toList();
  }

  /** Registrations with a grid of ticks. */
  public List<Long> periodicIds() {
    return state.regs.stream().filter(r -> r.period > 0).map(r -> r.id).toList();
  }

  /** Triggers that were given up and can be replayed. */
  public List<Long> letters() {
    return state.letters.stream().map(t -> t.seq).toList();
  }

  public void enter(long now) {
    slot = now;
    wave = TRANSACTIONS;
    cause = 0;
  }

  /** Somebody writes a word of a program's map from outside. */
  public void put(int program, int word, long value) {
    long[] before = state.copy(program);
    state.words[program][word] = value;
    changed(program, before);
  }

  /** A program's file changes, and has these entries from now on. */
  public void upgrade(int program, Set<Integer> has) {
    entries.set(program, has);
    for (Reg r : state.regs) {
      if (r.owner == program && r.body != null) {
        r.quarantined = !has.contains(r.body.entry());
        for (Trig t : List.copyOf(r.open)) {
          if (t.held && !r.quarantined) {
            t.held = false;
            enqueue(t, CARRY);
          }
        }
      }
    }
  }

  public boolean replay(long seq) {
    Optional<Trig> letter = state.letters.stream().filter(t -> t.seq == seq).findFirst();
    letter.ifPresent(
        old -> {
          state.letters.remove(old);
          Reg r = old.reg;
          if (!r.live && !state.retired.contains(r)) {
            state.retired.add(r);
          }
          Trig t = create(r, old.nominal, soonest(r.wave));
          t.payload = old.payload == null ? null : old.payload.clone();
        });
    return letter.isPresent();
  }

  /** A user's transaction; results of its operations. */
  public List<Long> transaction(int program, List<Op> ops, boolean fails) {
    cause = 0;
    List<Long> results = new ArrayList<>();
    invoke(program, ops, fails, results);
    cause = 0;
    return results;
  }

  private boolean invoke(int program, List<Op> ops, boolean fails, List<Long> results) {
    State saved = fails ? state.copy() : state;
    long[] before = state.copy(program);
    List<Reg> made = new ArrayList<>();
    List<Runnable> later = new ArrayList<>();
    emissions = 0;
    holding = true;
    for (Op op : ops) {
      results.add(perform(program, op, made, later));
    }
    holding = false;
    if (fails) {
      held.clear();
      state = saved;
      return false;
    }
    told.addAll(held);
    held.clear();
    changed(program, before);
    for (Reg r : made) {
      if (r.watch != null) {
        r.installed = true;
        r.reference = state.copy(r.watch.program());
      }
    }
    later.forEach(Runnable::run);
    return true;
  }

  /** Runs the waves of the current slot. */
  public void process() {
    left = slotBudget;
    closed = false;
    wave = TRANSACTIONS;
    for (Optional<Trig> late = late(); late.isPresent(); late = late()) {
      end(late.get(), "EXPIRED");
    }
    for (wave = CARRY; wave <= WORK; wave++) {
      Set<Trig> visited = new HashSet<>();
      for (Optional<Trig> t = first(visited); t.isPresent(); t = first(visited)) {
        if (wave == CARRY && closed) {
          break;
        }
        visited.add(t.get());
        if (wave == CARRY || t.get().reg.period == 0 || falls(t.get())) {
          visit(t.get());
        }
      }
    }
    wave = WORK;
  }

  private Optional<Trig> late() {
    return state.waiting().stream()
        .filter(t -> t.reg.deadline < slot)
        .min(Comparator.<Trig>comparingLong(t -> t.reg.deadline).thenComparingLong(t -> t.seq));
  }

  private Optional<Trig> first(Set<Trig> visited) {
    return state.waiting().stream()
        .filter(t -> t.wave == wave && t.due <= slot && !(wave == CARRY && visited.contains(t)))
        .min(
            Comparator.<Trig>comparingLong(t -> t.due)
                .thenComparingInt(t -> -t.priority)
                .thenComparingLong(t -> t.seq));
  }

  /** Lets a tick of a grid fall due; whether it is to run. */
  private boolean falls(Trig t) {
    Reg r = t.reg;
    r.next = r.next == t ? null : r.next;
    long further = (slot - t.nominal) / r.period;
    if (r.policy == 0) {
      boolean runs = r.pending == null;
      Trig into = runs ? t : Objects.requireNonNull(r.pending);
      if (!runs) {
        finish(t, "COALESCED");
      }
      if (further > 0) {
        ended(r.id, r.kind, "COALESCED", t.nominal + r.period, further);
      }
      into.missed += further + (runs ? 0 : 1);
      tick(r, t.nominal + (further + 1) * r.period, 0);
      return runs;
    }
    if (r.policy == 1) {
      return true;
    }
    if (t.nominal == slot && r.pending == null) {
      tick(r, slot + r.period, 0);
      return true;
    }
    finish(t, "EXPIRED");
    long late = 0;
    long following = t.nominal + r.period;
    while (following < slot) {
      late++;
      following += r.period;
    }
    if (late > 0) {
      ended(r.id, r.kind, "EXPIRED", t.nominal + r.period, late);
    }
    tick(r, following, 0);
    return false;
  }

  private void tick(Reg r, long nominal, long notBefore) {
    long when = bugs.contains(Bug.PERIOD_FROM_NOW) ? slot + r.period : nominal;
    r.next = create(r, when, Math.max(when, notBefore));
  }

  private void visit(Trig t) {
    Reg r = t.reg;
    if (r.quarantined) {
      keep(t);
      t.wave = -1;
      t.held = true;
      tell(t, "QUARANTINED");
    } else if (!closed && r.openUntil > slot && !bugs.contains(Bug.BREAKER_STAYS_CLOSED)) {
      if (r.period > 0) {
        end(t, "SUPPRESSED");
      } else {
        giveUp(t);
      }
    } else if (!closed && r.budget <= left) {
      execute(t);
    } else {
      closed |= !fillSkip;
      if (t.wave != CARRY) {
        defer(t);
      }
    }
  }

  private static void keep(Trig t) {
    if (t.reg.period > 0 && t.reg.pending == null) {
      t.reg.pending = t;
    }
  }

  private void defer(Trig t) {
    if (bugs.contains(Bug.POP_BEFORE_ADMIT)) {
      t.wave = -1;
    } else if (t.reg.period > 0 && t.reg.policy == 2) {
      end(t, "EXPIRED");
    } else if (t.reg.wave != WORK && crowd(t.reg.owner) >= MOST_WAITING) {
      if (t.reg.period > 0) {
        end(t, "EXPIRED");
      } else {
        giveUp(t);
      }
    } else {
      keep(t);
      enqueue(t, CARRY);
      tell(t, "DEFERRED");
    }
  }

  private void execute(Trig start) {
    Reg before = start.reg;
    start.wave = -1;
    before.pending = before.pending == start ? null : before.pending;
    if (before.watch != null && start.attempt == 0 && start.payload == null) {
      start.payload = payload(before);
    }
    Op.Body body = Objects.requireNonNull(before.body);
    runs.add(context(start));
    boolean fails =
        body.failsWhile() == Op.Body.ALWAYS
            || (body.failsWhile() >= 0 && state.words[before.owner][body.failsWhile()] != 0);
    state.running = start;
    cause = start.seq;
    boolean good = invoke(before.owner, body.ops(), fails, new ArrayList<>());
    Trig t = Objects.requireNonNull(state.running);
    state.running = null;
    Reg r = t.reg;
    long used = units.applyAsLong(ran++);
    left -= good || !bugs.contains(Bug.FAILURE_IS_FREE) ? used : 0;
    cause = t.seq;
    if (good) {
      r.failures = 0;
      r.openUntil = 0;
      end(t, "EXECUTED");
      if (bugs.contains(Bug.DOUBLE_DELIVERY) && r.event != null && r.period == 0) {
        create(r, slot, slot + 1);
      }
    } else {
      failed(t);
    }
    if (r.tells) {
      emit("completed");
    }
    cause = 0;
  }

  private void failed(Trig t) {
    Reg r = t.reg;
    if (++r.failures >= 10) {
      r.openUntil = slot + 100;
    }
    if (r.period > 0) {
      end(t, "FAILED");
    } else if (t.attempt >= r.retries) {
      giveUp(t);
    } else {
      tell(t, "RETRIED");
      t.due = slot + (1L << t.attempt++);
      t.seq = bugs.contains(Bug.RETRY_KEEPS_ITS_PLACE) ? t.seq : state.nextSeq++;
      enqueue(t, r.wave);
    }
  }

  private void giveUp(Trig t) {
    Reg r = t.reg;
    if (r.pending == t && r.watch != null) {
      t.payload = payload(r);
    }
    Trig letter = new Trig(r);
    letter.seq = t.seq;
    letter.nominal = t.nominal;
    letter.payload = t.payload;
    List<Trig> own = state.letters.stream().filter(l -> l.reg.owner == r.owner).toList();
    if (own.size() == MOST_LETTERS) {
      state.letters.remove(own.get(0));
    }
    state.letters.add(letter);
    end(t, "DEAD_LETTERED");
  }

  private void end(Trig t, String fate) {
    finish(t, fate);
    Reg r = t.reg;
    if (!r.live) {
      return;
    }
    if (r.period > 0) {
      if (r.next == null && r.pending == null) {
        tick(r, t.nominal + r.period, slot + 1);
      }
    } else if (r.isOneShot() && r.wave != WORK && r.open.isEmpty()) {
      remove(r);
    }
  }

  /** The current state, for messages. */
  @Override
  public String toString() {
    return "slot " + slot + ", " + state.regs.size() + " registrations";
  }
}
