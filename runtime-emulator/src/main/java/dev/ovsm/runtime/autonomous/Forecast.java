package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * How slots fill if every callback uses its whole budget: what runs late, and by how much.
 *
 * <p>Counts what is known to fall due, timers and schedules; changes and events come on top. It
 * follows the scheduler's order: carried over first, then by slot, priority and age.
 */
public final class Forecast {
  /**
   * What falls due.
   *
   * @param first the first slot in which it does
   * @param period slots from one time to the next, 0 if there is only one
   */
  public record Load(
      long id, long first, long period, long budget, int priority, OverduePolicy policy) {}

  /**
   * What is foreseen.
   *
   * @param lateness the most slots that an activation of each load, by id, runs after its slot
   * @param peakSlot the slot in which the most falls due
   * @param peakUnits and how much that is
   * @param free what is left of the last slot
   * @param unfinished loads of which something still waits at the end
   */
  public record Outlook(
      Map<Long, Long> lateness, long peakSlot, long peakUnits, long free, List<Long> unfinished) {}

  private static final Comparator<Item> ORDER =
      Comparator.<Item>comparingLong(item -> item.due)
          .thenComparing(Comparator.<Item>comparingInt(item -> item.load.priority).reversed())
          .thenComparingLong(item -> item.seq);

  private record Item(Load load, long due, long seq) {}

  private final long slotBudget;
  private final boolean fillSkip;
  private final TreeMap<Long, List<Item>> ticks = new TreeMap<>();
  private final PriorityQueue<Item> waiting = new PriorityQueue<>(ORDER);
  private final Map<Long, Long> lateness = new TreeMap<>();
  private final Map<Long, Integer> pending = new TreeMap<>();
  private long seq;
  private long left;

  private Forecast(long slotBudget, boolean fillSkip) {
    this.slotBudget = slotBudget;
    this.fillSkip = fillSkip;
  }

  /** Foresees the slots from one to another, both included. */
  public static Outlook of(List<Load> loads, Settings settings, long from, long to) {
    Forecast forecast = new Forecast(settings.slotBudget(), settings.fillSkip());
    for (Load load : loads) {
      forecast.lateness.put(load.id, 0L);
      forecast.plan(load, Math.max(load.first, from));
    }
    return forecast.run(from, to);
  }

  private void plan(Load load, long slot) {
    ticks.computeIfAbsent(slot, s -> new ArrayList<>()).add(new Item(load, slot, seq++));
  }

  private Outlook run(long from, long to) {
    long peakSlot = from;
    long peakUnits = 0;
    left = slotBudget;
    for (long slot = from; slot <= to; slot++) {
      if (waiting.isEmpty()) {
        Long next = ticks.ceilingKey(slot);
        left = slotBudget;
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
      lateness.merge(item.load.id, to + 1 - item.due, Math::max);
    }
    return new Outlook(lateness, peakSlot, peakUnits, Math.max(0, left), unfinished);
  }

  /** Runs a slot; what falls due in it. */
  private long slot(long slot) {
    left = slotBudget;
    boolean closed = admit(slot, new ArrayList<>(List.of(drain())));
    List<Item> fresh = new ArrayList<>();
    long due = 0;
    List<Item> falling = ticks.remove(slot);
    for (Item tick : falling == null ? List.<Item>of() : falling) {
      Load load = tick.load;
      due += load.budget;
      if (load.period > 0) {
        plan(load, slot + load.period);
      }
      boolean merges =
          load.period > 0
              && load.policy == OverduePolicy.COALESCE
              && pending.getOrDefault(load.id, 0) > 0;
      if (!merges) {
        fresh.add(tick);
      }
    }
    fresh.sort(ORDER);
    List<Item> later = new ArrayList<>();
    for (Item item : fresh) {
      if (!closed && item.load.budget <= left) {
        left -= item.load.budget;
      } else {
        closed |= !fillSkip;
        if (item.load.period == 0 || item.load.policy != OverduePolicy.SKIP) {
          later.add(item);
        }
      }
    }
    for (Item item : later) {
      waiting.add(item);
      pending.merge(item.load.id, 1, Integer::sum);
    }
    return due;
  }

  private Item[] drain() {
    Item[] all = new Item[waiting.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = waiting.remove();
    }
    return all;
  }

  /** Runs what was carried over; whether the slot is closed for all behind it. */
  private boolean admit(long slot, List<Item> carried) {
    boolean closed = false;
    for (Item item : carried) {
      if (!closed && item.load.budget <= left) {
        left -= item.load.budget;
        lateness.merge(item.load.id, slot - item.due, Math::max);
        pending.merge(item.load.id, -1, Integer::sum);
      } else {
        closed |= !fillSkip;
        waiting.add(item);
      }
    }
    return closed;
  }
}
