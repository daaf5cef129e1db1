package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** What programs do with timers and work items whose handles stand in their maps. */
abstract class HandleBook extends RingBook {
  private static final String OVERWRITTEN = "its handle was overwritten";

  HandleBook(Life life, IntToLongFunction units) {
    super(life, units);
  }

  /** Whether it is an operation on handles, done then with what it says in the results. */
  boolean handle(int program, Op op, List<Runnable> later, List<Long> results) {
    if (op instanceof Op.Init init) {
      coded(results, init(program, init, later));
    } else if (op instanceof Op.SetCallback set) {
      coded(results, setCallback(program, set, later));
    } else if (op instanceof Op.Start start) {
      coded(results, start.isTimer() ? startTimer(program, start) : startWork(program, start));
    } else if (op instanceof Op.CancelAt cancel) {
      Reg r = live(program, true, cancel.place());
      if (r != null) {
        cancel(r, "CANCELLED", "cancelled");
      }
      coded(results, r == null ? 2 : 0);
    } else if (op instanceof Op.Overwrite overwrite) {
      long[] map = state.words[program];
      int from = overwrite.from();
      for (int half = 0; half < 2; half++) {
        if (from != Op.Overwrite.NOWHERE) {
          results.add(map[State.PLACES + 2 * from + half]);
        }
        results.add(0L);
      }
      for (int half = 0; half < 2; half++) {
        map[State.PLACES + 2 * overwrite.place() + half] =
            from == Op.Overwrite.NOWHERE ? 0 : map[State.PLACES + 2 * from + half];
      }
      if (overwrite.isEviction()) {
        results.add(slot);
        results.add(0L);
        map[State.EVICTIONS] = slot;
      }
    } else {
      return false;
    }
    return true;
  }

  private @Nullable Reg at(int program, int place) {
    return state.regs.stream()
        .filter(r -> r.owner == program && r.place == place)
        .findFirst()
        .orElse(null);
  }

  private boolean stands(Reg r) {
    long[] map = state.words[r.owner];
    return map[State.PLACES + 2 * r.place] == r.id
        && map[State.PLACES + 2 * r.place + 1] == r.generation;
  }

  private @Nullable Reg live(int program, boolean isTimer, int place) {
    Reg r = at(program, place);
    return r != null && (r.wave == TIMERS) == isTimer && stands(r) ? r : null;
  }

  private long init(int program, Op.Init init, List<Runnable> later) {
    long[] map = state.words[program];
    int bytes = State.PLACES + 2 * init.place();
    Reg there = at(program, init.place());
    if (map[bytes] != 0 || map[bytes + 1] != 0) {
      return there != null && stands(there) ? 17 : 2;
    } else if (closing) {
      return 7;
    } else if (init.isTimer() && count(program, true) >= MOST_TIMERS) {
      return 4;
    } else if (!money.canPay(program, Money.REGISTRATION_FEE)) {
      return 13;
    }
    if (there != null) {
      cancel(there, "CANCELLED", OVERWRITTEN);
      remove(there);
    }
    String kind = init.isTimer() ? "timer" : "work";
    Reg r = register(program, kind, init.isTimer() ? TIMERS : WORK, null, 0);
    r.place = init.place();
    r.generation = slot;
    map[bytes] = r.id;
    map[bytes + 1] = slot;
    later.add(
        () -> {
          if (r.live && !stands(r)) {
            cancel(r, "CANCELLED", OVERWRITTEN);
            remove(r);
          }
        });
    return 0;
  }

  private long setCallback(int program, Op.SetCallback set, List<Runnable> later) {
    Reg r = live(program, set.isTimer(), set.place());
    long code = r == null ? 2 : budgetCode(program, HANDLE_BUDGET);
    if (r != null && code == 0) {
      r.body = set.body();
      r.budget = HANDLE_BUDGET;
      later.add(() -> release(r));
    }
    return code;
  }

  /** Lets what was held for want of its callback's entry go on. */
  void release(Reg r) {
    r.quarantined = false;
    for (Trig t : List.copyOf(r.open)) {
      if (t.held) {
        t.held = false;
        enqueue(t, CARRY);
      }
    }
  }

  private long startTimer(int program, Op.Start start) {
    Reg r = live(program, true, start.place());
    if (r == null || r.body == null) {
      return 2;
    } else if (closing) {
      return 7;
    } else if (start.slots() < 1 || start.slots() > 1_000_000) {
      return 6;
    } else if (!r.counted && count(program, true) >= MOST_TIMERS) {
      return 4;
    }
    for (Trig t : List.copyOf(r.open)) {
      if ((t.wave >= 0 || t.held) && t.attempt == 0) {
        finish(t, "CANCELLED", "armed anew by " + actor(r));
      }
    }
    r.counted = true;
    create(r, slot + start.slots(), slot + start.slots());
    return 0;
  }

  private long startWork(int program, Op.Start start) {
    Reg r = live(program, false, start.place());
    if (r == null || r.body == null) {
      return 2;
    } else if (closing) {
      return 7;
    } else if (r.pending != null) {
      ended(r, "COALESCED", slot, 1, "it is queued already");
      return 0;
    } else if (crowd(program) >= MOST_WAITING) {
      return 18;
    }
    boolean own = state.running != null && state.running.reg == r;
    r.pending = create(r, slot, own ? slot + 1 : soonest(WORK));
    return 0;
  }

  /** Ends what lost its handle in a change of its program's map. */
  void checkHandles(int program, long[] before, long[] after) {
    boolean evicted = life.isLru() && after[State.EVICTIONS] > before[State.EVICTIONS];
    List<Reg> inMap =
        state.regs.stream()
            .filter(r -> r.owner == program && r.place >= 0)
            .sorted(Comparator.comparingInt(r -> r.place))
            .toList();
    for (Reg r : inMap) {
      if (!stands(r)) {
        String done = evicted ? "its map element was evicted" : OVERWRITTEN;
        cancel(r, evicted ? "EVICTED" : "CANCELLED", done);
        remove(r);
      }
    }
  }
}
