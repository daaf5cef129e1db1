package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The autonomous runtime in plain words: lists that are searched from end to end, and a copy of
 * everything before whatever may fail.
 */
public final class Model {
  private static final int TRANSACTIONS = 0;
  private static final int CARRY = 1;
  private static final int TIMERS = 2;
  private static final int WATCHERS = 3;
  private static final int EVENTS = 4;
  private static final int WORK = 5;
  private static final int MOST_LETTERS = 1_024;
  private static final int MOST_WAITING = 1_024;
  private static final long LAMPORTS = 10_000_000_000L;

  /** What becomes of a trigger. */
  public record Told(
      long slot,
      long registration,
      String kind,
      String fate,
      long seq,
      long nominal,
      long cause,
      int attempt,
      long count) {}

  /** Mistakes that the model can be made to make, of which a comparison must show each. */
  public enum Bug {
    POP_BEFORE_ADMIT,
    PERIOD_FROM_NOW,
    LOST_CROSSING,
    DOUBLE_DELIVERY,
    RETRY_KEEPS_ITS_PLACE,
    FAILURE_IS_FREE,
    BREAKER_STAYS_CLOSED
  }

  private final List<Told> told = new ArrayList<>();
  private final List<List<Long>> runs = new ArrayList<>();
  private final Set<Bug> bugs;
  private final long slotBudget;
  private final boolean fillSkip;
  private final IntToLongFunction units;
  private final List<Set<Integer>> entries = new ArrayList<>();
  private State state = new State();
  private long nextId = 1;
  private long slot;
  private int wave;
  private long cause;
  private long left;
  private boolean closed;
  private int emissions;
  private final List<Told> held = new ArrayList<>();
  private boolean holding;
  private int ran;

  /**
   * A model of two programs.
   *
   * @param units what the n-th activation consumes, which only a machine can know
   */
  public Model(long slot, long slotBudget, boolean fillSkip, IntToLongFunction units, Bug... bugs) {
    this.slot = slot;
    this.slotBudget = slotBudget;
    this.fillSkip = fillSkip;
    this.units = units;
    this.bugs = EnumSet.noneOf(Bug.class);
    this.bugs.addAll(Arrays.asList(bugs));
    entries.add(Set.of(0, 1, 2));
    entries.add(Set.of(0, 1, 2));
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

  // ------------------------------------------------------------------ operations

  private long perform(int program, Op op, List<Reg> made, List<Runnable> later) {
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

  private boolean isEventAllowed(int program, long budget) {
    return budget >= 1 && budget <= slotBudget && count(program, false) < 32;
  }

  private long time(int program, Op.Time time, List<Reg> made) {
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

  private long count(int program, boolean timed) {
    return state.regs.stream()
        .filter(r -> r.owner == program && r.wave != WORK && (r.wave == TIMERS) == timed)
        .count();
  }

  /** Makes a work item, which programs find by its number. */
  public long item(int program, Op.Body body, long budget) {
    return register(program, "work", WORK, body, budget, new ArrayList<>()).id;
  }

  private Reg register(
      int program, String kind, int runsIn, Op.Body body, long budget, List<Reg> made) {
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

  private long work(int program, int item) {
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

  private boolean end(int program, long id, boolean timed) {
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

  private void remove(Reg r) {
    r.live = false;
    state.regs.remove(r);
  }

  private long configure(int program, Op.Configure set, List<Runnable> later) {
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

  private void fireNow(Reg r) {
    Op.Watch watch = Objects.requireNonNull(r.watch);
    if (r.live && holds(watch, state.words[watch.program()])) {
      if (r.changes++ == 0) {
        r.baseline = state.copy(watch.program());
      }
      notice(r);
    }
  }

  private void emit(String event) {
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

  // ------------------------------------------------------------------ watchers

  private void changed(int program, long[] before) {
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

  private void see(Reg r, Op.Watch watch, long[] before, long[] after) {
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

  private static boolean fires(Op.Watch watch, long[] before, long[] after) {
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

  private static boolean holds(Op.Watch watch, long[] words) {
    long value = words[watch.word()];
    return (watch.kind() == Op.Watched.ABOVE && value > watch.threshold())
        || (watch.kind() == Op.Watched.BELOW && value < watch.threshold());
  }

  private void notice(Reg r) {
    if (r.pending != null) {
      ended(r.id, r.kind, "COALESCED", slot, 1);
    } else {
      r.pending = create(r, slot, planned(r));
    }
  }

  private long[] payload(Reg r) {
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

  // ------------------------------------------------------------------ triggers

  private long soonest(int target) {
    return wave < target ? slot : slot + 1;
  }

  private long planned(Reg r) {
    long due = soonest(r.wave);
    if (r.lastDue >= 0) {
      due = Math.max(due, r.lastDue + r.minInterval);
    }
    r.lastDue = due;
    return due;
  }

  private Trig create(Reg r, long nominal, long due) {
    Trig t = new Trig(r);
    t.seq = state.nextSeq++;
    t.nominal = nominal;
    t.due = due;
    t.cause = cause;
    r.open.add(t);
    enqueue(t, r.wave);
    return t;
  }

  private static void enqueue(Trig t, int queue) {
    t.wave = queue;
    t.priority = t.reg.priority;
  }

  private void ended(long registration, String kind, String fate, long nominal, long count) {
    tell(new Told(slot, registration, kind, fate, state.nextSeq, nominal, cause, 0, count));
    state.nextSeq += count;
  }

  private void finish(Trig t, String fate) {
    t.wave = -1;
    t.held = false;
    t.reg.open.remove(t);
    t.reg.pending = t.reg.pending == t ? null : t.reg.pending;
    t.reg.next = t.reg.next == t ? null : t.reg.next;
    tell(t, fate);
  }

  private void tell(Trig t, String fate) {
    tell(new Told(slot, t.reg.id, t.reg.kind, fate, t.seq, t.nominal, t.cause, t.attempt, 1));
  }

  private void tell(Told one) {
    (holding ? held : told).add(one);
  }

  // ------------------------------------------------------------------ a slot

  /** Runs the waves of the current slot. */
  public void process() {
    left = slotBudget;
    closed = false;
    wave = TRANSACTIONS;
    for (Optional<Trig> late = late(); late.isPresent(); late = late()) {
      end(late.get(), "EXPIRED");
    }
    for (wave = CARRY; wave <= WORK; wave++) {
      List<Trig> visited = new ArrayList<>();
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

  private Optional<Trig> first(List<Trig> visited) {
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

  /** How many activations and work items of a program wait. */
  private long crowd(int program) {
    return state.waiting().stream()
        .filter(t -> t.reg.owner == program && (t.wave == CARRY || t.reg.wave == WORK))
        .count();
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

  /** The nine words that a callback reads of its trigger. */
  private List<Long> context(Trig t) {
    Reg r = t.reg;
    List<String> kinds =
        List.of("timer", "schedule", "periodic", "deadline", "watcher", "event", "work");
    long[] payload = t.payload == null ? new long[3] : t.payload;
    List<Long> words = new ArrayList<>();
    words.add(
        kinds.indexOf(r.kind) | (long) r.policy << 8 | (long) t.attempt << 16 | t.missed << 32);
    words.addAll(List.of(r.id, t.seq, t.nominal, slot, t.payload == null ? 0L : 21L));
    Arrays.stream(payload).forEach(words::add);
    return words;
  }

  /** The current state, for messages. */
  @Override
  public String toString() {
    return "slot " + slot + ", " + state.regs.size() + " registrations";
  }

  /** Whether nothing is lost: every open trigger waits somewhere. */
  public @Nullable String lost() {
    for (Reg r : state.regs) {
      for (Trig t : r.open) {
        if (t.wave < 0 && !t.held) {
          return "trigger " + t.seq + " of registration " + r.id;
        }
      }
    }
    return null;
  }
}
