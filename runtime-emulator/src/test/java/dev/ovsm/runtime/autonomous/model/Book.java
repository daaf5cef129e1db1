package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  static final int MOST_TIMERS = 16;
  static final int MOST_WATCHERS = 32;
  static final long HANDLE_BUDGET = 100_000;
  static final long LAMPORTS = 10_000_000_000L;

  final List<Told> told = new ArrayList<>();
  final List<List<Long>> runs = new ArrayList<>();
  final Life life;
  final Money money;
  final IntToLongFunction units;
  final List<Long> codes = new ArrayList<>();
  State state = new State();
  long nextId = 1;
  long slot;
  int wave;
  long cause;

  /** Whether it is a user who acts. */
  boolean isTransaction;

  long left;
  boolean closed;
  long lastError;

  /** Whether the program that runs has closed itself. */
  boolean closing;

  final List<Told> held = new ArrayList<>();
  boolean holding;
  int ran;

  Book(Life life, IntToLongFunction units) {
    this.life = life;
    this.slot = life.slot();
    this.units = units;
    money = new Money(life.isStrict());
  }

  /** Says why a call fails that gives an id or another number. */
  long refuse(int code) {
    lastError = code;
    return 0;
  }

  /** A call that gives a code. */
  void coded(List<Long> results, long code) {
    lastError = code == 0 ? lastError : code;
    results.add(code);
    codes.add(code);
  }

  /** A call that gives an id, and then one that gives the code of the last failure. */
  void made(List<Long> results, long id) {
    results.add(id);
    results.add(lastError);
    codes.add(id == 0 ? lastError : 0);
  }

  long budgetCode(int program, long budget) {
    if (budget < 1 || budget > life.slotBudget()) {
      return 11;
    }
    return budget > life.slotBudget() - money.reserved(1 - program) ? 12 : 0;
  }

  long count(int program, boolean timed) {
    return state.regs.stream()
        .filter(r -> r.owner == program && r.counted && r.wave != WORK)
        .filter(r -> (r.wave == TIMERS) == timed)
        .count();
  }

  Reg register(int program, String kind, int runsIn, Op.@Nullable Body body, long budget) {
    Reg r = new Reg();
    r.id = nextId++;
    r.owner = program;
    r.kind = kind;
    r.wave = runsIn;
    r.body = body;
    r.budget = budget;
    state.regs.add(r);
    money.owes(Money.REGISTRATION_FEE);
    return r;
  }

  /** What makes triggers now. */
  String origin() {
    String ofUser = slot == life.slot() ? "start_up" : "transaction";
    return cause != 0 ? "callback" : isTransaction ? ofUser : "outside";
  }

  /** What makes a trigger of a registration now: its grid, if no program acts. */
  String origin(Reg r) {
    return r.period > 0 && !holding ? "grid" : origin();
  }

  /** Who acts on a registration. */
  String actor(Reg r) {
    Trig running = state.running;
    if (running != null) {
      Reg acting = running.reg;
      return acting.id == r.id
          ? "its own callback"
          : acting.kind + " " + acting.id + " as trigger " + running.seq;
    }
    return switch (origin()) {
      case "start_up" -> "a transaction at start-up";
      case "transaction" -> "a transaction";
      default -> "a change from outside";
    };
  }

  /** Ends all that waits of a registration, and it too unless its handle can be started again. */
  void cancel(Reg r, String fate, String done) {
    for (Trig t : List.copyOf(r.open)) {
      if (t.wave >= 0 || t.held) {
        finish(t, fate, done + " by " + actor(r));
      }
    }
    retire(r);
  }

  void retire(Reg r) {
    r.counted = false;
    if (r.place < 0) {
      remove(r);
    }
  }

  void remove(Reg r) {
    r.live = false;
    state.regs.remove(r);
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
    t.origin = origin(r);
    t.made = slot;
    r.open.add(t);
    enqueue(t, r.wave);
    return t;
  }

  static void enqueue(Trig t, int queue) {
    t.wave = queue;
    t.priority = t.reg.priority;
  }

  void ended(Reg r, String fate, long nominal, long count, String why) {
    ended(r.id, r.kind, fate, nominal, origin(r), count, why);
  }

  void ended(
      long registration,
      String kind,
      String fate,
      long nominal,
      String origin,
      long count,
      String why) {
    long seq = state.nextSeq;
    tell(
        new Told(slot, registration, kind, fate, seq, nominal, cause, origin, slot, 0, count, why));
    state.nextSeq += count;
  }

  void finish(Trig t, String fate, String why) {
    t.wave = -1;
    t.held = false;
    t.reg.open.remove(t);
    t.reg.pending = t.reg.pending == t ? null : t.reg.pending;
    t.reg.next = t.reg.next == t ? null : t.reg.next;
    tell(t, fate, why);
  }

  void tell(Trig t, String fate, String why) {
    tell(
        new Told(
            slot,
            t.reg.id,
            t.reg.kind,
            fate,
            t.seq,
            t.nominal,
            t.cause,
            t.origin,
            t.made,
            t.attempt,
            1,
            why));
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
