package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** What there is, and how triggers come and go. */
abstract class Book {
  static final int TRANSACTIONS = 0;
  static final int CARRY = 1;
  static final int TIMERS = 2;
  static final int WATCHERS = 3;
  static final int EVENTS = 4;
  static final int WORK = 5;
  static final int MOST_LETTERS = 1_024;
  static final int MOST_WAITING = 1_024;
  static final long LAMPORTS = 10_000_000_000L;

  final List<Told> told = new ArrayList<>();
  final List<List<Long>> runs = new ArrayList<>();
  final Set<Bug> bugs;
  final long slotBudget;
  final boolean fillSkip;
  final IntToLongFunction units;
  final List<Set<Integer>> entries = new ArrayList<>();
  State state = new State();
  long nextId = 1;
  long slot;
  int wave;
  long cause;
  long left;
  boolean closed;
  int emissions;
  final List<Told> held = new ArrayList<>();
  boolean holding;
  int ran;

  Book(long slot, long slotBudget, boolean fillSkip, IntToLongFunction units, Bug... bugs) {
    this.slot = slot;
    this.slotBudget = slotBudget;
    this.fillSkip = fillSkip;
    this.units = units;
    this.bugs = EnumSet.noneOf(Bug.class);
    this.bugs.addAll(Arrays.asList(bugs));
    entries.add(Set.of(0, 1, 2));
    entries.add(Set.of(0, 1, 2));
  }

  long soonest(int target) {
    return wave < target ? slot : slot + 1;
  }

  long planned(Reg r) {
    long due = soonest(r.wave);
    if (r.lastDue >= 0) {
      due = Math.max(due, r.lastDue + r.minInterval);
    }
    r.lastDue = due;
    return due;
  }

  Trig create(Reg r, long nominal, long due) {
    Trig t = new Trig(r);
    t.seq = state.nextSeq++;
    t.nominal = nominal;
    t.due = due;
    t.cause = cause;
    r.open.add(t);
    enqueue(t, r.wave);
    return t;
  }

  static void enqueue(Trig t, int queue) {
    t.wave = queue;
    t.priority = t.reg.priority;
  }

  void ended(long registration, String kind, String fate, long nominal, long count) {
    tell(new Told(slot, registration, kind, fate, state.nextSeq, nominal, cause, 0, count));
    state.nextSeq += count;
  }

  void finish(Trig t, String fate) {
    t.wave = -1;
    t.held = false;
    t.reg.open.remove(t);
    t.reg.pending = t.reg.pending == t ? null : t.reg.pending;
    t.reg.next = t.reg.next == t ? null : t.reg.next;
    tell(t, fate);
  }

  void tell(Trig t, String fate) {
    tell(new Told(slot, t.reg.id, t.reg.kind, fate, t.seq, t.nominal, t.cause, t.attempt, 1));
  }

  void tell(Told one) {
    (holding ? held : told).add(one);
  }

  /** How many activations and work items of a program wait. */
  long crowd(int program) {
    return state.waiting().stream()
        .filter(t -> t.reg.owner == program && (t.wave == CARRY || t.reg.wave == WORK))
        .count();
  }

  /** The nine words that a callback reads of its trigger. */
  List<Long> context(Trig t) {
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
