package dev.ovsm.ir.opt;

import dev.ovsm.ir.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Passes in a fixed order, the same one several times. A pass that left a function as it is is not
 * run on it again before another one has changed it: it would say the same.
 */
final class Schedule implements Pass {
  private final List<Pass> passes = new ArrayList<>();
  private final List<Integer> steps = new ArrayList<>();

  /**
   * A schedule.
   *
   * @param steps passes, each object one pass
   * @param watch what each pass is put through before it is used
   */
  Schedule(List<Pass> steps, UnaryOperator<Pass> watch) {
    List<Pass> distinct = new ArrayList<>();
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
    boolean[] isSettled = new boolean[passes.size()];
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
    return current;
  }
}
