package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * How slots fill if every callback uses its whole budget: what runs late, and by how much.
 *
 * <p>Counts what is known to fall due, timers and schedules; changes and events come on top. It
 * follows the scheduler's order, carried over first, then by slot, priority and age, and the
 * scheduler's admission, what programs have reserved included.
 */
public final class Forecast {
  /**
   * What falls due.
   *
   * @param nominal the slot that the first time is meant for
   * @param first the slot in which it may run; one that is over waits among what was carried over
   * @param period slots from one time to the next, 0 if there is only one
   * @param deadline the last slot in which it may run
   */
  public record Load(
      long id,
      Kind kind,
      Pubkey program,
      long nominal,
      long first,
      long period,
      long deadline,
      long budget,
      int priority,
      OverduePolicy policy) {

    /** The same with another deadline. */
    Load until(long slot) {
      return new Load(id, kind, program, nominal, first, period, slot, budget, priority, policy);
    }

    /** The same with another distance between two times. */
    public Load every(long slots) {
      return new Load(id, kind, program, nominal, first, slots, deadline, budget, priority, policy);
    }
  }

  /**
   * What is foreseen.
   *
   * @param lateness the most slots that an activation of each load, by id, runs after its slot
   * @param peakSlot the slot in which the most falls due
   * @param peakUnits and how much that is
   * @param free what is left of the last slot for programs that have reserved nothing
   * @param reserved what is left there of the reservations of the others
   * @param unfinished loads of which something still waits at the end
   * @param skipped loads of which a tick finds no room and, by their policy, does not wait for any
   * @param expired loads that find no room until their deadline
   */
  public record Outlook(
      Map<Long, Long> lateness,
      long peakSlot,
      long peakUnits,
      long free,
      Map<Pubkey, Long> reserved,
      List<Long> unfinished,
      Set<Long> skipped,
      Set<Long> expired) {

    /** The largest budget with which a callback of a program would still run in the last slot. */
    public long room(Pubkey program) {
      return free + reserved.getOrDefault(program, 0L);
    }
  }

  private static final Comparator<Item> ORDER =
      Comparator.<Item>comparingLong(item -> item.due)
          .thenComparing(Comparator.<Item>comparingInt(item -> item.load.priority).reversed())
          .thenComparingLong(item -> item.seq);

  /** In their own slot they run wave by wave; what waits is of one wave. */
  private static final Comparator<Item> FRESH =
      Comparator.<Item, Wave>comparing(item -> item.load.kind.wave()).thenComparing(ORDER);

  private record Item(Load load, long nominal, long due, long seq) {}

  private final Settings settings;
  private final LongFunction<Map<Pubkey, Long>> reserved;
  private final TreeMap<Long, List<Item>> ticks = new TreeMap<>();
  private final Set<Long> pending = new HashSet<>();
  private final Map<Long, Long> lateness = new TreeMap<>();
  private final Set<Long> skipped = new TreeSet<>();
  private final Set<Long> expired = new TreeSet<>();
  private PriorityQueue<Item> waiting = new PriorityQueue<>(ORDER);
  private SlotBudget budget;
  private long seq;

  private Forecast(Settings settings, LongFunction<Map<Pubkey, Long>> reserved, long from) {
    this.settings = settings;
    this.reserved = reserved;
    this.budget = fresh(from);
  }

  /**
   * Foresees the slots from one to another, both included.
   *
   * @param reserved what programs have reserved of a slot
   */
  public static Outlook of(
      List<Load> loads,
      Settings settings,
      LongFunction<Map<Pubkey, Long>> reserved,
      long from,
      long to) {
    Forecast forecast = new Forecast(settings, reserved, from);
    for (Load load : loads) {
      forecast.lateness.put(load.id, 0L);
      forecast.plan(load, load.nominal, load.first, from);
    }
    return forecast.run(from, to);
  }

  /**
   * The first of some slots in which a callback of a program would still run with a budget.
   *
   * @param first from which slot on one is wanted
   * @param last up to which slot one is looked for
   */
  public static OptionalLong firstWithRoom(
      List<Load> loads,
      Settings settings,
      LongFunction<Map<Pubkey, Long>> reserved,
      long from,
      Pubkey program,
      long units,
      long first,
      long last) {
    Forecast forecast = new Forecast(settings, reserved, from);
    loads.forEach(load -> forecast.plan(load, load.nominal, load.first, from));
    for (long slot = from; slot <= last; slot++) {
      forecast.slot(slot);
      if (slot >= first && forecast.budget.admits(program, units)) {
        return OptionalLong.of(slot);
      }
    }
    return OptionalLong.empty();
  }

  private SlotBudget fresh(long slot) {
    return new SlotBudget(settings.slotBudget(), settings.fillSkip(), reserved.apply(slot));
  }

  private void plan(Load load, long nominal, long due, long from) {
    Item item = new Item(load, nominal, due, seq++);
    if (due < from) {
      carryOver(item);
    } else {
      ticks.computeIfAbsent(due, slot -> new ArrayList<>()).add(item);
    }
  }

  private void carryOver(Item item) {
    waiting.add(item);
    pending.add(item.load.id);
  }

  private Outlook run(long from, long to) {
    long peakSlot = from;
    long peakUnits = 0;
    for (long slot = from; slot <= to; slot++) {
      if (waiting.isEmpty()) {
        Long next = ticks.ceilingKey(slot);
        slot = next == null ? to : Math.min(to, Math.max(slot, next));
      }
      long due = slot(slot);
      if (due > peakUnits) {
        peakUnits = due;
        peakSlot = slot;
      }
    }
    List<Long> unfinished = waiting.stream().map(item -> item.load.id).distinct().sorted().toList();
    for (Item item : waiting) {
      lateness.merge(item.load.id, to + 1 - item.nominal, Math::max);
    }
    return new Outlook(
        lateness,
        peakSlot,
        peakUnits,
        budget.free(),
        budget.reserved(),
        unfinished,
        skipped,
        expired);
  }

  /** Runs a slot; what falls due in it. */
  private long slot(long slot) {
    budget = fresh(slot);
    expire(slot);
    PriorityQueue<Item> carried = waiting;
    waiting = new PriorityQueue<>(ORDER);
    pending.clear();
    carried.forEach(item -> pending.add(item.load.id));
    while (!carried.isEmpty()) {
      Item item = carried.remove();
      if (!admit(item, slot)) {
        waiting.add(item);
      }
    }
    List<Item> falling = ticks.getOrDefault(slot, List.of());
    ticks.remove(slot);
    long due = 0;
    for (Item tick : falling.stream().sorted(FRESH).toList()) {
      due += tick.load.budget;
      if (!follows(tick.load)) {
        repeat(tick, slot);
      }
      if (!merges(tick) && !admit(tick, slot)) {
        if (waits(tick.load)) {
          carryOver(tick);
        } else {
          skipped.add(tick.load.id);
        }
      }
    }
    return due;
  }

  /** What still waits after its deadline never runs. */
  private void expire(long slot) {
    for (Item item : waiting) {
      if (item.load.deadline < slot) {
        expired.add(item.load.id);
      }
    }
    waiting.removeIf(item -> item.load.deadline < slot);
  }

  /** Runs an item if the slot has room for it; else it may close the slot for others. */
  private boolean admit(Item item, long slot) {
    Load load = item.load;
    if (!budget.admits(load.program, load.budget)) {
      return false;
    }
    budget.charge(load.program, load.budget);
    lateness.merge(load.id, slot - item.nominal, Math::max);
    pending.remove(load.id);
    if (follows(load)) {
      repeat(item, slot);
    }
    return true;
  }

  private void repeat(Item item, long slot) {
    if (item.load.period > 0) {
      long next = item.nominal + item.load.period;
      plan(item.load, next, Math.max(next, slot + 1), slot + 1);
    }
  }

  /** Whether the next time comes only once this one has run. */
  private static boolean follows(Load load) {
    return load.policy == OverduePolicy.CATCH_UP;
  }

  private boolean merges(Item tick) {
    return tick.load.period > 0
        && tick.load.policy == OverduePolicy.COALESCE
        && pending.contains(tick.load.id);
  }

  private static boolean waits(Load load) {
    return load.period == 0 || load.policy != OverduePolicy.SKIP;
  }
}
