package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** What programs do. */
abstract class Operations extends Watching {
  private static final int MOST_TAILS = 33;
  private static final String CLOSED = "its program was closed";

  /** The elements of the program array: which entry each is, or 0. */
  private static final int[] STAGES = {1, 0, 2};

  private int tails;

  /** Whether a refused tail call has ended the invocation. */
  boolean aborted;

  Operations(Life life, IntToLongFunction units) {
    super(life, units);
  }

  /** Does operations, and what they become by tail calls; whatever is logged is in the results. */
  void perform(int program, List<Op> ops, List<Runnable> later, List<Long> results) {
    beginRings();
    tails = 0;
    aborted = false;
    closing = false;
    lastError = 0;
    run(program, ops, later, results);
  }

  private void run(int program, List<Op> ops, List<Runnable> later, List<Long> results) {
    again();
    for (Op op : ops) {
      if (op instanceof Op.Tail tail) {
        int code = tail(tail.index());
        codes.add((long) code);
        if (code == 0) {
          tails++;
          run(program, tail.rest() == null ? ops : tail.rest(), later, results);
          return;
        }
        if (life.hasStrictTails()) {
          aborted = true;
          return;
        }
        lastError = code;
        results.add((long) code);
      } else if (!ring(program, op, results) && !handle(program, op, later, results)) {
        other(program, op, later, results);
      }
    }
  }

  private int tail(int index) {
    if (tails == MOST_TAILS) {
      return 14;
    }
    return index < 0 || index >= STAGES.length || STAGES[index] == 0 ? 15 : 0;
  }

  private void other(int program, Op op, List<Runnable> later, List<Long> results) {
    if (op instanceof Op.Time time) {
      made(results, time(program, time));
    } else if (op instanceof Op.Watch watch) {
      made(results, watch(program, watch, later));
    } else if (op instanceof Op.Subscribe subscribe) {
      made(results, subscribe(program, subscribe));
    } else if (op instanceof Op.Interval interval) {
      made(results, interval(program, interval));
    } else if (op instanceof Op.Cancel cancel) {
      boolean done = end(program, cancel.id(), true);
      coded(results, cancel.id() == 0 ? 1 : done ? 0 : 2);
    } else if (op instanceof Op.Remove remove) {
      coded(results, end(program, remove.id(), false) ? 0 : 3);
    } else if (op instanceof Op.Configure set) {
      coded(results, configure(program, set, later));
    } else if (op instanceof Op.Write write) {
      state.words[program][write.word()] = write.value();
      results.add(0L);
    } else if (op instanceof Op.Emit emit) {
      coded(results, emitted(program, emit.event()));
    } else if (op instanceof Op.Close) {
      closing = true;
      later.add(() -> close(program));
      results.addAll(List.of(0L, 0L));
    } else {
      throw new AssertionError(op);
    }
  }

  private long watch(int program, Op.Watch watch, List<Runnable> later) {
    if (isRefused(program, watch.budget(), false)) {
      return 0;
    }
    Reg r = register(program, "watcher", WATCHERS, watch.body(), watch.budget());
    r.watch = watch;
    later.add(
        () -> {
          r.installed = true;
          r.reference = state.copy(watch.program());
        });
    return r.id;
  }

  private long subscribe(int program, Op.Subscribe subscribe) {
    if (isRefused(program, subscribe.budget(), false)) {
      return 0;
    }
    Reg r = register(program, "event", EVENTS, subscribe.body(), subscribe.budget());
    r.event = subscribe.event();
    return r.id;
  }

  private long interval(int program, Op.Interval interval) {
    if (interval.period() < 1) {
      return refuse(6);
    } else if (isRefused(program, interval.budget(), false)) {
      return 0;
    }
    Reg r = register(program, "event", EVENTS, interval.body(), interval.budget());
    r.period = interval.period();
    long first = interval.start();
    while (first <= slot) {
      first += r.period;
    }
    r.next = create(r, first, first);
    return r.id;
  }

  /** Whether there is no budget, place or money for one more registration. */
  private boolean isRefused(int program, long budget, boolean timed) {
    long code = budgetCode(program, budget);
    if (code != 0) {
      refuse((int) code);
    } else if (closing) {
      refuse(7);
    } else if (count(program, timed) >= (timed ? MOST_TIMERS : MOST_WATCHERS)) {
      refuse(timed ? 4 : 5);
    } else if (!money.canPay(program, Money.REGISTRATION_FEE)) {
      refuse(13);
    } else {
      return false;
    }
    return true;
  }

  private long time(int program, Op.Time time) {
    long ahead = time.slot() - slot;
    boolean late =
        time.kind() == Op.Timed.DEADLINE && (time.more() < time.slot() || time.more() <= slot);
    boolean bad = ahead < 1 || ahead > 1_000_000 || late;
    bad |= time.kind() == Op.Timed.PERIODIC && time.more() < 1;
    if (bad) {
      return refuse(6);
    } else if (isRefused(program, time.budget(), true)) {
      return 0;
    }
    String kind = time.kind().name().toLowerCase(Locale.ROOT);
    Reg r = register(program, kind, TIMERS, time.body(), time.budget());
    r.deadline = time.kind() == Op.Timed.DEADLINE ? time.more() : Long.MAX_VALUE;
    r.period = time.kind() == Op.Timed.PERIODIC ? time.more() : 0;
    Trig t = create(r, time.slot(), time.slot());
    r.next = r.period > 0 ? t : null;
    return r.id;
  }

  /** Frees all that a program owns. */
  private void close(int program) {
    for (Reg r : List.copyOf(state.regs)) {
      if (r.owner == program) {
        cancel(r, "CANCELLED", CLOSED);
        remove(r);
      }
    }
    state.retired.stream()
        .filter(r -> r.owner == program)
        .sorted(Comparator.comparingLong(r -> r.id))
        .forEach(r -> cancel(r, "CANCELLED", CLOSED));
    state.rings.removeIf(ring -> ring.owner == program);
    state.letters.removeIf(t -> t.reg.owner == program);
  }

  boolean end(int program, long id, boolean timed) {
    Optional<Reg> found =
        state.regs.stream()
            .filter(r -> r.id == id && r.owner == program && r.wave != WORK)
            .filter(r -> (r.wave == TIMERS) == timed)
            .findFirst();
    found.ifPresent(r -> cancel(r, "CANCELLED", timed ? "cancelled" : "removed"));
    return found.isPresent();
  }

  long configure(int program, Op.Configure set, List<Runnable> later) {
    boolean isWatcher = set.key() == 3 || set.key() == 4;
    Reg r =
        state.regs.stream()
            .filter(x -> x.id == set.id() && x.owner == program)
            .findFirst()
            .orElse(null);
    if (set.key() < 1 || set.key() > 7) {
      return 17;
    } else if (set.key() == 5) {
      return openRing(program, set);
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

  private long openRing(int program, Op.Configure set) {
    Store ring = ring(set.id());
    if (ring == null || ring.owner != program) {
      return 8;
    } else if (set.value() < 0 || set.value() > 1) {
      return 17;
    }
    ring.isOpen = set.value() == 1;
    return 0;
  }

  private long emitted(int program, String event) {
    if (emissions == MOST_EMISSIONS) {
      return 16;
    }
    emissions++;
    if (!money.canPay(program, Money.EVENT_FEE)) {
      return 13;
    }
    money.owes(Money.EVENT_FEE);
    emit(event);
    return 0;
  }
}
