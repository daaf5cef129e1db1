package dev.ovsm.runtime.autonomous.model;

import dev.ovsm.runtime.autonomous.model.State.Reg;
import dev.ovsm.runtime.autonomous.model.State.Trig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * The autonomous runtime in plain words: lists that are searched from end to end, and a copy of
 * everything before whatever may fail.
 */
public final class Model extends Slots {
  /**
   * A model of two programs.
   *
   * @param units what the n-th activation consumes, which only a machine can know
   */
  public Model(Life life, IntToLongFunction units) {
    super(life, units);
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

  /** The id that is given next. */
  public long nextId() {
    return nextId;
  }

  /** Registrations that exist. */
  public List<Long> ids() {
    return state.regs.stream().map(r -> r.id).toList();
  }

  /** The programs of the registrations that exist. */
  public Map<Long, Integer> owners() {
    Map<Long, Integer> owners = new TreeMap<>();
    state.regs.forEach(r -> owners.put(r.id, r.owner));
    return owners;
  }

  /** Registrations with a grid of ticks. */
  public List<Long> periodicIds() {
    return state.regs.stream().filter(r -> r.period > 0).map(r -> r.id).toList();
  }

  /** Rings that exist. */
  public List<Long> ringIds() {
    return state.rings.stream().map(ring -> ring.id).toList();
  }

  /** Where the handles of a program stand for which something waits. */
  public List<Integer> waitingPlaces(int program) {
    return state.waiting().stream()
        .filter(t -> t.reg.owner == program && t.reg.place >= 0)
        .map(t -> t.reg.place)
        .distinct()
        .toList();
  }

  /** The codes of all calls since it was last asked. */
  public List<Long> takeCodes() {
    List<Long> all = List.copyOf(codes);
    codes.clear();
    return all;
  }

  public void fund(int program, long lamports) {
    money.escrow[program] += lamports;
  }

  public boolean stake(int program, long lamports) {
    return money.stake(program, lamports, life.slotBudget());
  }

  public boolean unstake(int program, long lamports) {
    return money.unstake(program, lamports, slot);
  }

  /** What a program has in its escrow and at stake, and what all have paid. */
  public List<Long> money(int program) {
    return List.of(money.escrow[program], money.stake[program], money.collected);
  }

  /** Triggers that were given up and can be replayed. */
  public List<Long> letters() {
    return state.letters.stream().map(t -> t.seq).toList();
  }

  public void enter(long now) {
    slot = now;
    wave = TRANSACTIONS;
    cause = 0;
    money.enter(now);
  }

  /** Somebody writes a word of a program's map from outside. */
  public void put(int program, int word, long value) {
    isTransaction = false;
    long[] before = state.copy(program);
    state.words[program][word] = value;
    changed(program, before);
  }

  /** A program's file changes, and has these entries from now on. */
  public void upgrade(int program, Set<Integer> has) {
    state.retired.stream()
        .filter(r -> r.owner == program && r.body != null && has.contains(r.body.entry()))
        .filter(r -> r.open.stream().anyMatch(t -> t.held))
        .forEach(this::release);
    for (Reg r : state.regs) {
      if (r.owner == program && r.body != null) {
        if (has.contains(r.body.entry())) {
          release(r);
        } else {
          r.quarantined = true;
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
          t.origin = "replay";
          t.payload = old.payload == null ? null : old.payload.clone();
        });
    return letter.isPresent();
  }

  /** A user's transaction; results of its operations. */
  public List<Long> transaction(int program, List<Op> ops, boolean fails) {
    cause = 0;
    isTransaction = true;
    List<Long> results = new ArrayList<>();
    invoke(program, ops, fails, results);
    isTransaction = false;
    return results;
  }

  /** The current state, for messages. */
  @Override
  public String toString() {
    return "slot " + slot + ", " + state.regs.size() + " registrations";
  }
}
