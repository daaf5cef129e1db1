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

/** What becomes of triggers in a slot, wave by wave. */
abstract class Slots extends Operations {
  private static final String WAITS = "an earlier tick waits";
  private static final String PASSED = "its slot has passed";
  private static final String NO_ROOM = "no room in its slot";
  private static final String CROWDED = "too many activations of its program wait";

  /** What programs may still use of what they reserved of the slot. */
  private final long[] reserved = new long[2];

  Slots(Life life, IntToLongFunction units) {
    super(life, units);
  }

  /** Does what a program does, or none of it if that fails; whether it did. */
  boolean invoke(int program, List<Op> ops, boolean fails, List<Long> results) {
    final State saved = state.copy();
    final long[] before = state.copy(program);
    List<Runnable> later = new ArrayList<>();
    holding = true;
    perform(program, ops, later, results);
    holding = false;
    if (fails || aborted || hasOpenReservations()) {
      held.clear();
      state = saved;
      money.settle(program);
      return false;
    }
    told.addAll(held);
    held.clear();
    changed(program, before);
    later.forEach(Runnable::run);
    money.settle(program);
    return true;
  }

  /** Runs the waves of the current slot. */
  public void process() {
    left = life.slotBudget();
    closed = false;
    for (int program = 0; program < 2; program++) {
      reserved[program] = money.reserved(program);
    }
    wave = TRANSACTIONS;
    for (Optional<Trig> late = late(); late.isPresent(); late = late()) {
      end(late.get(), "EXPIRED", "its deadline was slot " + late.get().reg.deadline);
    }
    for (wave = CARRY; wave <= WORK; wave++) {
      Set<Trig> visited = new HashSet<>();
      for (Optional<Trig> t = first(visited); t.isPresent(); t = first(visited)) {
        if (wave == CARRY && closed && reserved[0] + reserved[1] == 0) {
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
        finish(t, "COALESCED", WAITS);
      }
      if (further > 0) {
        ended(r, "COALESCED", t.nominal + r.period, further, WAITS);
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
    finish(t, "EXPIRED", PASSED);
    long late = 0;
    long following = t.nominal + r.period;
    while (following < slot) {
      late++;
      following += r.period;
    }
    if (late > 0) {
      ended(r, "EXPIRED", t.nominal + r.period, late, PASSED);
    }
    tick(r, following, 0);
    return false;
  }

  private void tick(Reg r, long nominal, long notBefore) {
    r.next = create(r, nominal, Math.max(nominal, notBefore));
  }

  private void visit(Trig t) {
    Reg r = t.reg;
    if (r.quarantined) {
      keep(t);
      t.wave = -1;
      t.held = true;
      tell(t, "QUARANTINED", "its callback's entry is gone");
    } else if (!(closed && r.budget > reserved[r.owner]) && r.openUntil > slot) {
      if (r.period > 0) {
        end(t, "SUPPRESSED", "breaker open until slot " + r.openUntil);
      } else {
        giveUp(t, "breaker open until slot " + r.openUntil);
      }
    } else if (isAdmitted(r)) {
      execute(t);
    } else {
      closed |= !life.fillsSkip();
      if (t.wave != CARRY) {
        defer(t);
      }
    }
  }

  /** Whether the budget of a registration fits what is left, or what its program reserved. */
  private boolean isAdmitted(Reg r) {
    return r.budget <= reserved[r.owner] || (!closed && r.budget <= left - reserved[1 - r.owner]);
  }

  private static void keep(Trig t) {
    if (t.reg.period > 0 && t.reg.pending == null) {
      t.reg.pending = t;
    }
  }

  private void defer(Trig t) {
    if (t.reg.period > 0 && t.reg.policy == 2) {
      end(t, "EXPIRED", NO_ROOM);
    } else if (t.reg.wave != WORK && crowd(t.reg.owner) >= MOST_WAITING) {
      if (t.reg.period > 0) {
        end(t, "EXPIRED", CROWDED);
      } else {
        giveUp(t, CROWDED);
      }
    } else {
      keep(t);
      enqueue(t, CARRY);
      tell(t, "DEFERRED", NO_ROOM);
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
    List<Long> said = context(start);
    boolean fails =
        body.failsWhile() == Op.Body.ALWAYS
            || (body.failsWhile() >= 0 && state.words[before.owner][body.failsWhile()] != 0);
    state.running = start;
    cause = start.seq;
    boolean good = invoke(before.owner, body.ops(), fails, said);
    runs.add(said);
    Trig t = Objects.requireNonNull(state.running);
    state.running = null;
    Reg r = t.reg;
    long used = units.applyAsLong(ran++);
    left -= used;
    reserved[r.owner] -= Math.min(reserved[r.owner], used);
    cause = t.seq;
    if (good) {
      r.failures = 0;
      r.openUntil = 0;
      end(t, "EXECUTED", "");
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
      end(t, "FAILED", Told.FAILED);
    } else if (t.attempt >= r.retries) {
      giveUp(t, Told.FAILED);
    } else {
      tell(t, "RETRIED", Told.FAILED);
      t.due = slot + (1L << t.attempt++);
      t.seq = state.nextSeq++;
      enqueue(t, r.wave);
    }
  }

  private void giveUp(Trig t, String why) {
    Reg r = t.reg;
    if (r.pending == t && r.watch != null) {
      t.payload = payload(r);
    }
    Trig letter = new Trig(r);
    letter.seq = t.seq;
    letter.nominal = t.nominal;
    letter.payload = t.payload;
    state.letters.add(letter);
    List<Trig> own = state.letters.stream().filter(l -> l.reg.owner == r.owner).toList();
    if (own.size() > MOST_LETTERS) {
      own.stream().min(Comparator.comparingLong(l -> l.seq)).ifPresent(state.letters::remove);
    }
    end(t, "DEAD_LETTERED", why);
  }

  private void end(Trig t, String fate, String why) {
    finish(t, fate, why);
    Reg r = t.reg;
    if (!r.live) {
      return;
    }
    if (r.period > 0) {
      if (r.next == null && r.pending == null) {
        tick(r, t.nominal + r.period, slot + 1);
      }
    } else if (r.isOneShot() && r.open.isEmpty()) {
      retire(r);
    }
  }
}
