package dev.ovsm.ir.opt;

import dev.ovsm.ir.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Passes in a fixed order, the same one several times. A pass that left a function as it is is not
 * run on it again before another one has changed it: it would say the same.
 */
final class Schedule implements Pass {
  private final List<Pass> distinct = new ArrayList<>();
  private final List<Pass> passes = new ArrayList<>();
  private final List<Integer> steps = new ArrayList<>();
  private final Settled settled;

  /**
   * A schedule.
   *
   * @param steps passes, each object one pass
   * @param watch what each pass is put through before it is used
   * @param settled what earlier schedules found out, and what this one does
   */
  Schedule(List<Pass> steps, UnaryOperator<Pass> watch, Settled settled) {
    this.settled = settled;
    for (Pass pass : steps) {
      int index = distinct.indexOf(pass);
      if (index < 0) {
        index = distinct.size();
        distinct.add(pass);
        passes.add(watch.apply(pass));
      }
      this.steps.add(index);
    }
  }

  @Override
  public Function run(Function function) {
    Set<Pass> known = settled.of(function);
    boolean[] isSettled = new boolean[passes.size()];
    for (int i = 0; i < isSettled.length; i++) {
      isSettled[i] = known.contains(distinct.get(i));
    }
    Function current = function;
    for (int step : steps) {
      if (!isSettled[step]) {
        Function next = passes.get(step).run(current);
        if (next.equals(current)) {
          isSettled[step] = true;
        } else {
          Arrays.fill(isSettled, false);
          current = next;
        }
      }
    }
    note(current, isSettled);
    return current;
  }

  private void note(Function function, boolean[] isSettled) {
    Set<Pass> idle = new HashSet<>();
    for (int i = 0; i < isSettled.length; i++) {
      if (isSettled[i]) {
        idle.add(distinct.get(i));
      }
    }
    settled.note(function, idle);
  }
}
