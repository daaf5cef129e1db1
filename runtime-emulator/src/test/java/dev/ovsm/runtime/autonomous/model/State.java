package dev.ovsm.runtime.autonomous.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a failing transaction must leave as it was. */
final class State {
  /** Where in the words of a map its handles begin, of two words each. */
  static final int PLACES = 8;

  /** Where in the words of a map it says how often it evicted. */
  static final int EVICTIONS = PLACES + 16;

  private static final int WORDS = EVICTIONS + 1;

  final List<Reg> regs = new ArrayList<>();
  final List<Trig> letters = new ArrayList<>();
  final long[][] words = new long[2][WORDS];
  long nextSeq = 1;
  @Nullable Trig running;
  final List<Store> rings = new ArrayList<>();

  /** A registration. */
  static final class Reg {
    long id;
    int owner;
    String kind = "";
    int wave;
    Op.@Nullable Body body;
    long budget;
    long period;
    long deadline = Long.MAX_VALUE;
    @Nullable String event;
    Op.@Nullable Watch watch;
    long[] reference = {};
    long[] baseline = {};
    long changes;
    boolean installed;
    int policy;
    int priority = 1;
    long minInterval;
    long lastDue = -1;
    int retries = 3;
    boolean tells;
    boolean quarantined;
    boolean live = true;

    /** Where in its program's map its handle stands, or -1, and the handle's second word. */
    int place = -1;

    long generation;

    /** Whether it counts towards its program's quota. */
    boolean counted = true;

    int failures;
    long openUntil;
    final List<Trig> open = new ArrayList<>();
    @Nullable Trig pending;
    @Nullable Trig next;

    boolean isOneShot() {
      return period == 0 && watch == null && event == null;
    }
  }

  /** A trigger. */
  static final class Trig {
    final Reg reg;
    long seq;
    long nominal;
    long due;
    long cause;
    String origin = "";
    long made;
    int attempt;
    long missed;
    int priority;

    /** The wave whose queue it is in, or -1. */
    int wave = -1;

    boolean held;
    long @Nullable [] payload;

    Trig(Reg reg) {
      this.reg = reg;
    }
  }

  /** All triggers that wait in some wave. */
  List<Trig> waiting() {
    List<Trig> all = new ArrayList<>();
    for (List<Reg> holders : List.of(regs, retired)) {
      for (Reg holder : holders) {
        for (Trig trig : holder.open) {
          if (trig.wave >= 0) {
            all.add(trig);
          }
        }
      }
    }
    return all;
  }

  /** Registrations that are over but still have a trigger, replayed from the dead letters. */
  final List<Reg> retired = new ArrayList<>();

  /** A copy that shares nothing that changes. */
  State copy() {
    return new Copy().of(this);
  }

  private static final class Copy {
    private final IdentityHashMap<Reg, Reg> regs = new IdentityHashMap<>();
    private final IdentityHashMap<Trig, Trig> trigs = new IdentityHashMap<>();

    State of(State from) {
      State to = new State();
      from.regs.forEach(r -> to.regs.add(reg(r)));
      from.retired.forEach(r -> to.retired.add(reg(r)));
      from.letters.forEach(t -> to.letters.add(trig(t)));
      for (int i = 0; i < from.words.length; i++) {
        to.words[i] = from.words[i].clone();
      }
      from.rings.forEach(ring -> to.rings.add(ring.copy()));
      to.nextSeq = from.nextSeq;
      to.running = from.running == null ? null : trig(from.running);
      return to;
    }

    private Reg reg(Reg from) {
      Reg made = regs.get(from);
      if (made != null) {
        return made;
      }
      Reg to = new Reg();
      regs.put(from, to);
      to.id = from.id;
      to.owner = from.owner;
      to.kind = from.kind;
      to.wave = from.wave;
      to.body = from.body;
      to.budget = from.budget;
      to.period = from.period;
      to.deadline = from.deadline;
      to.event = from.event;
      to.watch = from.watch;
      to.reference = from.reference.clone();
      to.baseline = from.baseline.clone();
      to.changes = from.changes;
      to.installed = from.installed;
      to.policy = from.policy;
      to.priority = from.priority;
      to.minInterval = from.minInterval;
      to.lastDue = from.lastDue;
      to.retries = from.retries;
      to.tells = from.tells;
      to.quarantined = from.quarantined;
      to.live = from.live;
      to.place = from.place;
      to.generation = from.generation;
      to.counted = from.counted;
      to.failures = from.failures;
      to.openUntil = from.openUntil;
      from.open.forEach(t -> to.open.add(trig(t)));
      to.pending = from.pending == null ? null : trig(from.pending);
      to.next = from.next == null ? null : trig(from.next);
      return to;
    }

    private Trig trig(Trig from) {
      Trig made = trigs.get(from);
      if (made != null) {
        return made;
      }
      Trig to = new Trig(reg(from.reg));
      Trig inside = trigs.get(from);
      if (inside != null) {
        return inside;
      }
      trigs.put(from, to);
      to.seq = from.seq;
      to.nominal = from.nominal;
      to.due = from.due;
      to.cause = from.cause;
      to.origin = from.origin;
      to.made = from.made;
      to.attempt = from.attempt;
      to.missed = from.missed;
      to.priority = from.priority;
      to.wave = from.wave;
      to.held = from.held;
      to.payload = from.payload == null ? null : from.payload.clone();
      return to;
    }
  }

  long[] copy(int program) {
    return Arrays.copyOf(words[program], WORDS);
  }
}
