package dev.ovsm.cli.run;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Forecast;
import dev.ovsm.runtime.autonomous.Forecast.Load;
import dev.ovsm.runtime.autonomous.Prospects;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.autonomous.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the timers of programs ask of slots, if every callback uses its whole budget.
 *
 * <p>It looks at two stretches of slots: those in which the programs were watched, for what falls
 * due in them once and is gone then, and those that follow.
 *
 * @param rows one for each registration that falls or fell due by time, by id
 * @param hyperperiod slots after which all begins anew, at most {@link #MOST_SLOTS}
 * @param utilisation what periodic callbacks take of all slots, where 1 is everything
 * @param stakes compute units that a program would have to reserve so that nothing of it is late
 * @param reserved compute units of every slot that programs have reserved
 */
public record Schedule(
    List<Row> rows,
    long slotBudget,
    long hyperperiod,
    double utilisation,
    long peakSlot,
    long peakUnits,
    Map<Pubkey, Long> stakes,
    Map<Pubkey, Long> reserved) {
  /** Hyperperiods are followed this far. */
  public static final long MOST_SLOTS = 500_000;

  /** Times at one distance after which a timer counts as periodic. */
  private static final int ENOUGH = 3;

  public Schedule {
    rows = List.copyOf(rows);
  }

  /** The most that a program can reserve, besides what others have. */
  public long reservable(Pubkey program) {
    long others =
        reserved.entrySet().stream()
            .filter(one -> !one.getKey().equals(program))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return slotBudget - others;
  }

  /**
   * A registration.
   *
   * @param period slots between two times, 0 if it comes once
   * @param lateness the most slots that it runs late; {@link Long#MAX_VALUE} if it falls behind
   * @param skips whether it is left out where there is no room
   * @param expires whether it finds no room until its deadline
   */
  public record Row(Task task, long period, long lateness, boolean skips, boolean expires) {
    /** Whether it may come to nothing for want of room. */
    public boolean isLost() {
      return skips || expires;
    }
  }

  /**
   * Hears in which slots what ran was meant to, to see which timers arm themselves again, and what
   * was to fall due when the programs had started.
   */
  public static final class Observer implements Report {
    private final Map<Long, List<Long>> nominal = new HashMap<>();
    private @Nullable Simulation simulation;
    private boolean isStarted;
    private List<Load> atStart = List.of();
    private Map<Pubkey, Long> reservedAtStart = Map.of();
    private final Map<Long, Task> tasksAtStart = new HashMap<>();

    @Override
    public void begun(Simulation begun) {
      simulation = begun;
    }

    @Override
    public void slotEnded(SlotReport report) {
      if (!isStarted && simulation != null) {
        isStarted = true;
        Prospects prospects = simulation.prospects();
        atStart = prospects.loads();
        reservedAtStart = prospects.reservedIn(report.slot());
        for (Load load : atStart) {
          prospects.task(load.id()).ifPresent(task -> tasksAtStart.put(task.id(), task));
        }
      }
    }

    @Override
    public void fate(FateRecord fate) {
      if (fate.fate() == Fate.EXECUTED) {
        List<Long> slots = nominal.computeIfAbsent(fate.registration(), id -> new ArrayList<>());
        slots.add(fate.nominal());
      }
    }

    @Override
    public void ended(Summary summary, long millis) {
      // only what happened meanwhile is of interest
    }

    /** The distance of its last times, or 0 if they have none in common. */
    private long period(long id) {
      List<Long> slots = nominal.getOrDefault(id, List.of());
      int last = slots.size() - 1;
      if (last < ENOUGH) {
        return 0;
      }
      long distance = slots.get(last) - slots.get(last - 1);
      for (int i = last - 1; i > last - ENOUGH; i--) {
        if (slots.get(i) - slots.get(i - 1) != distance) {
          return 0;
        }
      }
      return distance;
    }
  }

  /** Foresees how a simulation goes on, of which {@code observer} heard what it did so far. */
  public static Schedule of(Simulation simulation, Observer observer) {
    Settings settings = simulation.settings();
    List<Load> loads = new ArrayList<>();
    long hyperperiod = 1;
    double units = 0;
    for (Load load : simulation.prospects().loads()) {
      long period = load.period() > 0 ? load.period() : observer.period(load.id());
      loads.add(load.every(period));
      if (period > 0) {
        hyperperiod = Math.min(MOST_SLOTS, leastMultiple(hyperperiod, period));
        units += (double) load.budget() / period;
      }
    }
    long from = simulation.slot() + 1;
    long furthest = loads.stream().mapToLong(Load::first).max().orElse(from);
    long to = Math.max(from, furthest) + 2 * hyperperiod;
    LongFunction<Map<Pubkey, Long>> reserved = simulation.prospects()::reservedIn;
    Forecast.Outlook outlook = Forecast.of(loads, settings, reserved, from, to);
    double utilisation = units / settings.slotBudget();
    List<Row> rows = new ArrayList<>(rows(simulation, loads, outlook, utilisation > 1));
    Map<Pubkey, Long> stakes = stakes(settings, loads, outlook, from, to);
    Set<Long> known = loads.stream().map(Load::id).collect(Collectors.toSet());
    List<Load> watched =
        observer.atStart.stream()
            .map(load -> load.period() > 0 ? load : load.every(observer.period(load.id())))
            .toList();
    long first = settings.startSlot() + 1;
    Forecast.Outlook early =
        Forecast.of(watched, settings, slot -> observer.reservedAtStart, first, from - 1);
    for (Load load : watched) {
      Task task = observer.tasksAtStart.get(load.id());
      if (task != null && !known.contains(load.id())) {
        rows.add(row(task, load, early));
      }
    }
    rows.sort(Comparator.comparingLong(row -> row.task().id()));
    stakes(settings, watched, early, first, from - 1)
        .forEach((program, wanted) -> stakes.merge(program, wanted, Math::max));
    return new Schedule(
        rows,
        settings.slotBudget(),
        hyperperiod,
        utilisation,
        outlook.peakSlot(),
        outlook.peakUnits(),
        stakes,
        simulation.prospects().reservedIn(to));
  }

  private static List<Row> rows(
      Simulation simulation, List<Load> loads, Forecast.Outlook outlook, boolean overloaded) {
    Map<Long, Load> byId = new TreeMap<>();
    loads.forEach(load -> byId.put(load.id(), load));
    List<Row> rows = new ArrayList<>();
    for (Task task : simulation.prospects().tasks()) {
      Load load = byId.get(task.id());
      if (load != null) {
        boolean behind = overloaded && outlook.unfinished().contains(load.id());
        Row row = row(task, load, outlook);
        rows.add(
            behind
                ? new Row(task, load.period(), Long.MAX_VALUE, row.skips(), row.expires())
                : row);
      }
    }
    return rows;
  }

  private static Row row(Task task, Load load, Forecast.Outlook outlook) {
    return new Row(
        task,
        load.period(),
        outlook.lateness().getOrDefault(load.id(), 0L),
        outlook.skipped().contains(load.id()),
        outlook.expired().contains(load.id()));
  }

  /** Of each program with something late or lost, the most that falls due for it in one slot. */
  private static Map<Pubkey, Long> stakes(
      Settings settings, List<Load> loads, Forecast.Outlook outlook, long from, long to) {
    Map<Pubkey, List<Load>> byProgram = new TreeMap<>();
    loads.forEach(
        load -> byProgram.computeIfAbsent(load.program(), p -> new ArrayList<>()).add(load));
    Map<Pubkey, Long> stakes = new TreeMap<>();
    byProgram.forEach(
        (program, own) -> {
          boolean late =
              own.stream()
                  .anyMatch(
                      load ->
                          outlook.lateness().getOrDefault(load.id(), 0L) > 0
                              || outlook.skipped().contains(load.id())
                              || outlook.expired().contains(load.id()));
          if (late) {
            stakes.put(program, Forecast.of(own, settings, slot -> Map.of(), from, to).peakUnits());
          }
        });
    return stakes;
  }

  private static long leastMultiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    long factor = a / x;
    return factor > MOST_SLOTS / b ? MOST_SLOTS : factor * b;
  }
}
