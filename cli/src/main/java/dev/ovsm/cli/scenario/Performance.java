package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Span;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> said = new TreeSet<>();
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
    said.addAll(memory.said());
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
        new TreeSet<>(said),
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
          say(fork.span(), "no state of so early a slot is kept", "leave fewer slots");
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
        perform(set, step, due, now);
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
    if (figures == null || said.contains(key(span))) {
      return;
    }
    String problem = figures.problem(condition);
    if (problem != null) {
      said.add(key(span));
      found.add(
          Diagnostic.at(span, RunCode.EXPECTATION_FAILED, text + " does not hold " + when)
              .withNote(problem)
              .withHelp("ovsm run -v shows what happened"));
    }
  }

  private void perform(Stage set, Step step, long due, long now) {
    Action action = step.action();
    Simulation simulation = set.simulation();
    if (action instanceof Action.Put put) {
      put.assignments().forEach(one -> assign(set, one));
    } else if (action instanceof Action.Replay replay) {
      List<Action.Assignment> rows =
          step.timing().every() == 1 ? replay.table().between(last, now) : replay.table().at(due);
      rows.forEach(one -> assign(set, one));
    } else if (action instanceof Action.Ramp ramp) {
      ramp.courses().forEach(course -> assign(set, course, step.timing(), due));
    } else if (action instanceof Action.Freeze freeze) {
      freeze.roles().forEach(role -> set.freeze(role, freeze.on()));
    } else if (action instanceof Action.Skip skip) {
      simulation.skip(skip.slots());
    } else if (action instanceof Action.Send send) {
      expect(send.span(), send.wanted(), simulation.send(send.instruction()));
    } else if (action instanceof Action.Fail fail) {
      simulation.fail(fail.program(), fail.callbacks(), fail.fault());
    } else if (action instanceof Action.Absence absence) {
      absence.roles().forEach(role -> set.remove(role, absence.begins()));
    } else if (action instanceof Action.Deploy deploy) {
      deploy(simulation, deploy);
    } else if (action instanceof Action.Upgrade upgrade) {
      TransactionOutcome outcome = simulation.upgrade(upgrade.program().id(), upgrade.elf());
      expect(upgrade.span(), Action.Wanted.success(List.of()), outcome);
    } else if (action instanceof Action.Close close) {
      expect(close.span(), Action.Wanted.success(List.of()), simulation.close(close.program()));
    } else if (action instanceof Action.Grant grant) {
      give(simulation, grant);
    } else if (action instanceof Action.Again again) {
      again(simulation, again);
    }
  }

  private void deploy(Simulation simulation, Action.Deploy deploy) {
    Optional<String> refusal = simulation.deploy(deploy.program().id(), deploy.program().elf());
    if (refusal.isPresent()) {
      say(deploy.span(), "it is not deployed: " + refusal.get(), "compile the program again");
    } else if (deploy.start() != null) {
      Action.Wanted wanted = Action.Wanted.success(deploy.program().errors());
      expect(deploy.span(), wanted, simulation.send(deploy.start()));
    }
  }

  private void give(Simulation simulation, Action.Grant grant) {
    Optional<String> refusal =
        switch (grant.purse()) {
          case ESCROW -> simulation.fund(grant.program(), grant.lamports());
          case STAKE -> simulation.stake(grant.program(), grant.lamports());
          case UNSTAKE -> simulation.unstake(grant.program(), grant.lamports());
        };
    expect(grant.span(), grant.wanted(), refusal);
  }

  private void again(Simulation simulation, Action.Again again) {
    Long seq = again.seq();
    if (seq == null) {
      simulation.prospects().deadLetters().forEach(simulation::replayDeadLetter);
    } else if (!simulation.replayDeadLetter(seq)) {
      say(again.span(), "trigger " + seq + " was not given up", "ovsm run -v shows which were");
    }
  }

  private void assign(Stage set, Action.Course course, Timing timing, long due) {
    BigDecimal way = course.last().subtract(course.first());
    BigDecimal passed = BigDecimal.valueOf(due - timing.from());
    BigDecimal whole = BigDecimal.valueOf(timing.to() - timing.from());
    BigDecimal number =
        course.first().add(way.multiply(passed).divide(whole, 18, RoundingMode.HALF_EVEN));
    assign(set, new Action.Assignment(course.span(), course.target(), new Value.Amount(number)));
  }

  private void assign(Stage set, Action.Assignment assignment) {
    String problem = set.set(assignment.target(), assignment.value());
    if (problem != null) {
      say(
          assignment.span(),
          assignment.target().words() + " cannot be set: " + problem,
          "look at the account's layout and size");
    }
  }

  private void expect(Span span, Action.Wanted wanted, TransactionOutcome outcome) {
    expect(span, wanted, Optional.ofNullable(outcome.error()).map(Simulation::words));
  }

  private void expect(Span span, Action.Wanted wanted, Optional<String> error) {
    String words = error.orElse("");
    String expected = wanted.error();
    if (expected == null && error.isPresent()) {
      transaction(span, "the transaction failed: " + wanted.explain(words), wanted.help());
    } else if (expected != null && error.isEmpty()) {
      transaction(span, "the transaction succeeded, but should fail", "it was to say " + expected);
    } else if (expected != null && !wanted.isMetBy(words)) {
      transaction(
          span, "the transaction failed in another way: " + wanted.explain(words), wanted.help());
    }
  }

  private void transaction(Span span, String message, String help) {
    if (said.add(key(span))) {
      found.add(Diagnostic.at(span, RunCode.TRANSACTION_FAILED, message).withHelp(help));
    }
  }

  /** Says what is wrong with a place in the scenario, once. */
  private void say(Span span, String message, String help) {
    if (said.add(key(span))) {
      found.add(Diagnostic.at(span, RunCode.SCENARIO_VALUE, message).withHelp(help));
    }
  }

  private static String key(Span span) {
    return span.source().name() + ":" + span.start() + ":" + span.end();
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
