package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** What programs do, and what watchers see of it. */
abstract class Operations extends Book {
  Operations(long slot, long slotBudget, boolean fillSkip, IntToLongFunction units, Bug... bugs) {
    super(slot, slotBudget, fillSkip, units, bugs);
  }

  long perform(int program, Op op, List<Reg> made, List<Runnable> later) {
    if (op instanceof Op.Time time) {
      return time(program, time, made);
    } else if (op instanceof Op.Watch watch) {
      if (watch.budget() < 1 || watch.budget() > slotBudget || count(program, false) >= 32) {
        return 0;
      }
      Reg r = register(program, "watcher", WATCHERS, watch.body(), watch.budget(), made);
      r.watch = watch;
      return r.id;
    } else if (op instanceof Op.Subscribe subscribe) {
      if (!isEventAllowed(program, subscribe.budget())) {
        return 0;
      }
      Reg r = register(program, "event", EVENTS, subscribe.body(), subscribe.budget(), made);
      r.event = subscribe.event();
      return r.id;
    } else if (op instanceof Op.Interval interval) {
      if (interval.period() < 1 || !isEventAllowed(program, interval.budget())) {
        return 0;
      }
      Reg r = register(program, "event", EVENTS, interval.body(), interval.budget(), made);
      r.period = interval.period();
      long first = interval.start();
      while (first <= slot) {
        first += r.period;
      }
      r.next = create(r, first, first);
      return r.id;
    } else if (op instanceof Op.Cancel cancel) {
      return cancel.id() == 0 ? 1 : end(program, cancel.id(), true) ? 0 : 2;
    } else if (op instanceof Op.Remove remove) {
      return end(program, remove.id(), false) ? 0 : 3;
    } else if (op instanceof Op.Configure set) {
      return configure(program, set, later);
    } else if (op instanceof Op.Write write) {
      state.words[program][write.word()] = write.value();
      return 0;
    } else if (op instanceof Op.Emit emit) {
      if (++emissions > 100) {
        return 16;
      }
      emit(emit.event());
      return 0;
    } else if (op instanceof Op.Work work) {
      return work(program, work.item());
    }
    throw new AssertionError(op);
  }

  boolean isEventAllowed(int program, long budget) {
    return budget >= 1 && budget <= slotBudget && count(program, false) < 32;
  }

  long time(int program, Op.Time time, List<Reg> made) {
    long ahead = time.slot() - slot;
    boolean late =
        time.kind() == Op.Timed.DEADLINE && (time.more() < time.slot() || time.more() <= slot);
    boolean bad = ahead < 1 || ahead > 1_000_000 || late;
    bad |= time.kind() == Op.Timed.PERIODIC && time.more() < 1;
    if (bad || time.budget() < 1 || time.budget() > slotBudget || count(program, true) >= 16) {
      return 0;
    }
    String kind = time.kind().name().toLowerCase(Locale.ROOT);
    Reg r = register(program, kind, TIMERS, time.body(), time.budget(), made);
    r.deadline = time.kind() == Op.Timed.DEADLINE ? time.more() : Long.MAX_VALUE;
    r.period = time.kind() == Op.Timed.PERIODIC ? time.more() : 0;
    Trig t = create(r, time.slot(), time.slot());
    r.next = r.period > 0 ? t : null;
    return r.id;
  }

  /** The code that the last failed operation of a program would be told. */
  public long codeOf(int program, Op op) {
    if (op instanceof Op.Time time) {
      long ahead = time.slot() - slot;
      boolean late =
          time.kind() == Op.Timed.DEADLINE && (time.more() < time.slot() || time.more() <= slot);
      boolean bad = ahead < 1 || ahead > 1_000_000 || late;
      bad |= time.kind() == Op.Timed.PERIODIC && time.more() < 1;
      return bad ? 6 : time.budget() < 1 || time.budget() > slotBudget ? 11 : 4;
    } else if (op instanceof Op.Interval interval && interval.period() < 1) {
      return 6;
    }
    long budget =
        op instanceof Op.Watch w
            ? w.budget()
            : op instanceof Op.Subscribe s ? s.budget() : ((Op.Interval) op).budget();
    return budget < 1 || budget > slotBudget ? 11 : 5;
  }

  long count(int program, boolean timed) {
    return state.regs.stream()
        .filter(r -> r.owner == program && r.wave != WORK && (r.wave == TIMERS) == timed)
        .count();
  }

  /** Makes a work item, which programs find by its number. */
  public long item(int program, Op.Body body, long budget) {
    return register(program, "work", WORK, body, budget, new ArrayList<>()).id;
  }

  Reg register(int program, String kind, int runsIn, Op.Body body, long budget, List<Reg> made) {
    Reg r = new Reg();
    r.id = nextId++;
    r.owner = program;
    r.kind = kind;
    r.wave = runsIn;
    r.body = body;
    r.budget = budget;
    state.regs.add(r);
    made.add(r);
    return r;
  }

  long work(int program, int item) {
    Reg r =
        state.regs.stream().filter(x -> x.owner == program && x.wave == WORK).toList().get(item);
    if (r.pending != null) {
      ended(r.id, r.kind, "COALESCED", slot, 1);
      return 0;
    }
    if (crowd(program) >= MOST_WAITING) {
      return 18;
    }
    boolean own = state.running != null && state.running.reg == r;
    r.pending = create(r, slot, own ? slot + 1 : soonest(WORK));
    return 0;
  }

  boolean end(int program, long id, boolean timed) {
    Optional<Reg> found =
        state.regs.stream()
            .filter(r -> r.id == id && r.owner == program && r.wave != WORK)
            .filter(r -> (r.wave == TIMERS) == timed)
            .findFirst();
    found.ifPresent(
        r -> {
          for (Trig t : List.copyOf(r.open)) {
            if (t.wave >= 0 || t.held) {
              finish(t, "CANCELLED");
            }
          }
          remove(r);
        });
    return found.isPresent();
  }

  void remove(Reg r) {
    r.live = false;
    state.regs.remove(r);
  }

  long configure(int program, Op.Configure set, List<Runnable> later) {
    boolean isWatcher = set.key() == 3 || set.key() == 4;
    Reg r =
        state.regs.stream()
            .filter(x -> x.id == set.id() && x.owner == program)
            .findFirst()
            .orElse(null);
    if (set.key() < 1 || set.key() == 5 || set.key() > 7) {
      return set.key() == 5 ? 8 : 17;
    }
    if (r == null) {
      return isWatcher ? 3 : 2;
    }
    long value = set.value();
    boolean valued = r.watch != null || r.event != null;
    if (set.key() == 1 && value >= 0 && value <= 2 && r.period > 0) {
      r.policy = (int) value;
    } else if (set.key() == 2 && value >= 0 && value <= 3) {
      r.priority = (int) value;
      r.open.stream().filter(t -> t.wave >= 0).forEach(t -> t.priority = r.priority);
    } else if (set.key() == 3 && value >= 0 && value <= 1_000_000 && valued) {
      r.minInterval = value;
    } else if (set.key() == 4 && value >= 0 && value <= 1 && r.watch != null) {
      if (value == 1) {
        later.add(() -> fireNow(r));
      }
    } else if (set.key() == 6 && value >= 0 && value <= 10 && r.period == 0) {
      r.retries = (int) value;
    } else if (set.key() == 7 && value >= 0 && value <= 1) {
      r.tells = value == 1;
    } else {
      return 17;
    }
    return 0;
  }

  void fireNow(Reg r) {
    Op.Watch watch = Objects.requireNonNull(r.watch);
    if (r.live && holds(watch, state.words[watch.program()])) {
      if (r.changes++ == 0) {
        r.baseline = state.copy(watch.program());
      }
      notice(r);
    }
  }

  void emit(String event) {
    boolean wanted = false;
    for (Reg r : List.copyOf(state.regs)) {
      if (event.equals(r.event)) {
        create(r, slot, planned(r));
        wanted = true;
      }
    }
    if (!wanted) {
      ended(0, "event", "NO_SUBSCRIBER", slot, 1);
    }
  }

  void changed(int program, long[] before) {
    long[] after = state.words[program];
    if (Arrays.equals(before, after)) {
      return;
    }
    for (Reg r : List.copyOf(state.regs)) {
      if (r.watch != null && r.watch.program() == program && r.installed) {
        see(r, r.watch, before, after);
      }
    }
  }

  void see(Reg r, Op.Watch watch, long[] before, long[] after) {
    boolean moves = watch.kind() == Op.Watched.MOVE;
    long[] from = moves ? r.reference : before;
    if (!fires(watch, from, after)) {
      return;
    }
    if (moves) {
      r.reference = after.clone();
    }
    if (bugs.contains(Bug.LOST_CROSSING) && r.pending != null) {
      return;
    }
    if (r.changes++ == 0) {
      r.baseline = from.clone();
    }
    notice(r);
  }

  static boolean fires(Op.Watch watch, long[] before, long[] after) {
    return switch (watch.kind()) {
      case ANY -> !Arrays.equals(before, after);
      case MOVE -> {
        long a = before[watch.word()];
        long b = after[watch.word()];
        yield a != b && Math.abs(a - b) >= watch.threshold();
      }
      case ABOVE, BELOW -> !holds(watch, before) && holds(watch, after);
    };
  }

  static boolean holds(Op.Watch watch, long[] words) {
    long value = words[watch.word()];
    return (watch.kind() == Op.Watched.ABOVE && value > watch.threshold())
        || (watch.kind() == Op.Watched.BELOW && value < watch.threshold());
  }

  void notice(Reg r) {
    if (r.pending != null) {
      ended(r.id, r.kind, "COALESCED", slot, 1);
    } else {
      r.pending = create(r, slot, planned(r));
    }
  }

  long[] payload(Reg r) {
    Op.Watch watch = Objects.requireNonNull(r.watch);
    long[] now = state.words[watch.program()];
    boolean level = watch.kind() == Op.Watched.ABOVE || watch.kind() == Op.Watched.BELOW;
    boolean any = watch.kind() == Op.Watched.ANY;
    boolean still = level ? holds(watch, now) : fires(watch, r.baseline, now);
    long[] payload = {
      any ? LAMPORTS : r.baseline[watch.word()],
      any ? LAMPORTS : now[watch.word()],
      r.changes | (still ? 1L << 32 : 0)
    };
    r.changes = 0;
    return payload;
  }
}
