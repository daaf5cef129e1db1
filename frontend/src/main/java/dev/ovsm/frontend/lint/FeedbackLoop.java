package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Watchers and handlers of events that wake themselves, directly or by way of others. */
final class FeedbackLoop implements Rule {
  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    List<Wakings.Waking> wakings = Wakings.of(subject);
    Set<Execution> told = new LinkedHashSet<>();
    for (Execution execution : subject.executions()) {
      boolean reacts = execution.trigger() == Trigger.WATCH || execution.trigger() == Trigger.EVENT;
      List<Wakings.Waking> cycle =
          reacts && !told.contains(execution) ? cycle(execution, wakings) : List.of();
      if (!cycle.isEmpty()) {
        cycle.forEach(step -> told.add(step.to()));
        out.accept(warning(execution, cycle, wakings));
      }
    }
  }

  /** The shortest way from an execution back to itself, empty if there is none. */
  private static List<Wakings.Waking> cycle(Execution start, List<Wakings.Waking> wakings) {
    Map<Execution, List<Wakings.Waking>> ways = new LinkedHashMap<>();
    Deque<Execution> pending = new ArrayDeque<>(List.of(start));
    for (Execution next = pending.poll(); next != null; next = pending.poll()) {
      List<Wakings.Waking> way = ways.getOrDefault(next, List.of());
      for (Wakings.Waking step : wakings) {
        if (step.from().equals(next) && !ways.containsKey(step.to())) {
          List<Wakings.Waking> longer = new ArrayList<>(way);
          longer.add(step);
          ways.put(step.to(), longer);
          pending.add(step.to());
        }
      }
    }
    return ways.getOrDefault(start, List.of());
  }

  private static Diagnostic warning(
      Execution execution, List<Wakings.Waking> cycle, List<Wakings.Waking> wakings) {
    String what = execution.trigger() == Trigger.WATCH ? "watcher" : "handler";
    Diagnostic warning =
        Diagnostic.at(
            execution.span(), LintCode.FEEDBACK_LOOP, "this " + what + " can wake itself");
    long gain = 1;
    for (Wakings.Waking step : cycle) {
      warning = warning.withLabel(step.span(), who(step.from()) + " " + step.deed() + " here");
      gain = product(gain, times(step, wakings));
    }
    return warning
        .withNote(gain(gain))
        .withHelp(
            execution.trigger() == Trigger.WATCH
                ? "write to another place, or watch only bytes that the callback leaves alone"
                : "emit an event of another name, or count the rounds and stop");
  }

  private static String who(Execution execution) {
    return execution.name().equals("lambda") ? "the callback" : execution.name();
  }

  /** How often the source of a step wakes its target, all places taken together. */
  private static long times(Wakings.Waking step, List<Wakings.Waking> wakings) {
    if (step.to().trigger() == Trigger.WATCH) {
      return 1;
    }
    long sum = 0;
    for (Wakings.Waking other : wakings) {
      if (other.from().equals(step.from()) && other.to().equals(step.to())) {
        sum = other.times() == Wakings.MANY || sum == Wakings.MANY ? Wakings.MANY : sum + 1;
      }
    }
    return sum;
  }

  private static long product(long a, long b) {
    return a == Wakings.MANY || b == Wakings.MANY ? Wakings.MANY : a * b;
  }

  private static String gain(long gain) {
    if (gain == Wakings.MANY) {
      return "its gain has no bound: one execution leads to as many as a loop has rounds";
    }
    return gain == 1
        ? "its gain is 1: once woken it goes on for ever"
        : "its gain is " + gain + ": one execution leads to as many as " + gain;
  }
}
