package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Tries drawn programs until one does something else than it means; finds nothing as a rule. Those
 * that found something before come first.
 */
public final class SlipSearch implements Callable<String> {
  private static final long PROGRAMS = 2_000;

  @Override
  public String call() {
    Trials trials = new Trials();
    List<Long> seeds = new ArrayList<>();
    for (Slip slip : Slip.values()) {
      seeds.add(slip.from());
    }
    for (long seed = 1; seed <= PROGRAMS; seed++) {
      seeds.add(seed);
    }
    for (long seed : seeds) {
      Drawn program = Drawn.of(seed);
      Optional<String> found = finding(trials, program);
      if (found.isPresent()) {
        return "program " + seed + ": " + found.get() + program.text();
      }
    }
    return "";
  }

  /** That a program is refused, or that the compiler fails, is not enough. */
  private static Optional<String> finding(Trials trials, Drawn program) {
    try {
      return trials.interpreted(program).filter(found -> !found.startsWith("is refused"));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
