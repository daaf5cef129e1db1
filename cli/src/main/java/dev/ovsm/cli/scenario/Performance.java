package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Span;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Simulation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One performance of a scenario: acts in every slot between users' transactions and callbacks, and
 * checks what is expected at the end of it.
 */
public final class Performance implements Listener {
  private final List<Role> roles;
  private final List<Step> steps;
  private final List<Expectation> expectations;
  private final Diagnostics found;
  private final List<Counter> counters = new ArrayList<>();
  private final Remarks remarks;
  private final Acting acting;
  private final TreeMap<Long, Memory> marks = new TreeMap<>();
  private @Nullable Stage stage;
  private @Nullable Figures figures;
  private long first;
  private long last = -1;

  Performance(
      List<Role> roles, List<Step> steps, List<Expectation> expectations, Diagnostics found) {
    this.roles = roles;
    this.steps = steps;
    this.expectations = expectations;
    this.found = found;
    this.remarks = new Remarks(found);
    this.acting = new Acting(remarks);
    for (Expectation expectation : expectations) {
      if (expectation instanceof Expectation.Count count) {
        counters.add(new Counter(count));
      }
    }
  }

  /** Puts the accounts there, before programs are deployed. */
  public void begin(Simulation simulation) {
    Stage set = new Stage(simulation);
    stage = set;
    figures = new Figures(set);
    first = simulation.slot();
    roles.forEach(set::enter);
  }

  /** Goes on where another performance of the same scenario stood. */
  public void resume(Simulation simulation, Memory memory) {
    Stage set = new Stage(simulation);
    Figures known = new Figures(set);
    stage = set;
    figures = known;
    first = memory.first();
    last = memory.last();
    recall(set, memory);
    remarks.said().addAll(memory.said());
    Iterator<@Nullable BigDecimal> starts = memory.starts().iterator();
    conditions().forEach(condition -> known.restore(condition, starts));
  }

  /** All that {@link #resume} needs. */
  public Memory memory() {
    List<@Nullable BigDecimal> starts = new ArrayList<>();
    Figures known = figures;
    if (known != null) {
      conditions().forEach(condition -> known.starts(condition, starts));
    }
    return new Memory(
        first,
        last,
        new TreeSet<>(stage().frozen()),
        new TreeSet<>(remarks.said()),
        counters.stream().map(Counter::count).toList(),
        starts);
  }

  /** Lets the next slot follow an earlier one, if the scenario says so. */
  public void fork() {
    Simulation simulation = stage().simulation();
    long next = simulation.nextSlot() - first;
    for (Step step : steps) {
      long due = step.timing().due(last, next);
      if (step.action() instanceof Action.Fork fork && due >= 0) {
        long parent = due - 1 - fork.slots();
        Map.Entry<Long, Memory> kept = marks.floorEntry(parent);
        if (kept == null || !simulation.fork(first + parent)) {
          remarks.say(fork.span(), "no state of so early a slot is kept", "leave fewer slots");
        } else {
          marks.tailMap(kept.getKey(), false).clear();
          recall(stage(), kept.getValue());
        }
      }
    }
  }

  /** Keeps how things stand at the end of a slot that a fork comes back to. */
  public void mark() {
    Simulation simulation = stage().simulation();
    long now = simulation.slot() - first;
    long next = simulation.nextSlot() - first;
    for (Step step : steps) {
      if (step.action() instanceof Action.Fork fork
          && !marks.containsKey(now)
          && step.timing().due(now + fork.slots(), next + fork.slots()) >= 0) {
        simulation.mark();
        marks.put(now, memory());
        if (marks.size() > Simulation.MOST_MARKS) {
          marks.pollFirstEntry();
        }
      }
    }
  }

  /** Whether a fork goes back behind the slot in which this performance goes on. */
  public boolean leavesWhatIsGone() {
    return steps.stream()
        .anyMatch(
            step ->
                step.action() instanceof Action.Fork fork
                    && step.timing().due(last, last + fork.slots()) >= 0);
  }

  /** What was counted and frozen on a branch that was left is no more. */
  private void recall(Stage set, Memory memory) {
    set.frozen().clear();
    set.frozen().addAll(memory.frozen());
    Iterator<Long> counts = memory.counts().iterator();
    for (Counter counter : counters) {
      counter.count(counts.hasNext() ? counts.next() : 0);
    }
  }

  /** Does what the scenario has for the current slot. */
  public void act() {
    Stage set = stage();
    long now = set.simulation().slot() - first;
    for (Step step : steps) {
      long due = step.timing().due(last, now);
      if (due >= 0) {
        acting.perform(set, step, due, last, now);
      }
    }
    last = now;
  }

  /** Notes how things stand after start-up, which conditions may refer to, and checks. */
  public void started() {
    Figures known = figures;
    if (known != null) {
      conditions().forEach(known::remember);
    }
    check();
  }

  private List<Expression> conditions() {
    List<Expression> all = new ArrayList<>();
    for (Expectation expectation : expectations) {
      if (expectation instanceof Expectation.Always always) {
        all.add(always.condition());
      } else if (expectation instanceof Expectation.AtEnd atEnd) {
        all.add(atEnd.condition());
      }
    }
    return all;
  }

  /** Checks what must always hold, at the end of the current slot. */
  public void check() {
    for (Expectation expectation : expectations) {
      if (expectation instanceof Expectation.Always always) {
        check(
            always.span(),
            always.text(),
            always.condition(),
            "in slot " + stage().simulation().slot());
      }
    }
  }

  /** Checks what must hold when the run is over. */
  public void end() {
    for (Expectation expectation : expectations) {
      if (expectation instanceof Expectation.AtEnd atEnd) {
        check(atEnd.span(), atEnd.text(), atEnd.condition(), "at the end");
      }
    }
    for (Counter counter : counters) {
      if (!counter.holds()) {
        Expectation.Count wanted = counter.expectation();
        found.add(
            Diagnostic.at(
                    wanted.span(),
                    RunCode.EXPECTATION_FAILED,
                    wanted.what().words() + " happened " + times(counter.count()))
                .withHelp("the scenario wants " + range(wanted)));
      }
    }
  }

  @Override
  public void log(long slot, Pubkey program, String line) {
    counters.forEach(counter -> counter.log(line));
  }

  @Override
  public void fate(FateRecord fate) {
    counters.forEach(counter -> counter.fate(fate));
  }

  private Stage stage() {
    if (stage == null) {
      throw new IllegalStateException("the performance has not begun");
    }
    return stage;
  }

  private void check(Span span, String text, Expression condition, String when) {
    if (figures == null || remarks.concern(span)) {
      return;
    }
    String problem = figures.problem(condition);
    if (problem != null) {
      remarks.broken(
          span,
          Diagnostic.at(span, RunCode.EXPECTATION_FAILED, text + " does not hold " + when)
              .withNote(problem)
              .withHelp("ovsm run -v shows what happened"));
    }
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String range(Expectation.Count wanted) {
    if (wanted.least() == wanted.most()) {
      return "exactly " + wanted.least();
    }
    return wanted.most() == Long.MAX_VALUE
        ? "at least " + wanted.least()
        : wanted.least() + " to " + wanted.most();
  }
}
