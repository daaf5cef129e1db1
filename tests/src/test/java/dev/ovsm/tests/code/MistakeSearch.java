package dev.ovsm.tests.code;

import java.util.Optional;
import java.util.concurrent.Callable;

/** Tries random modules until one shows a difference, or an exception; finds nothing as a rule. */
public final class MistakeSearch implements Callable<String> {
  private static final long MODULES = 1_000;

  @Override
  public String call() {
    Trials trials = new Trials();
    for (long seed = 1; seed <= MODULES; seed++) {
      Optional<String> found = finding(trials, seed);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return "";
  }

  private static Optional<String> finding(Trials trials, long seed) {
    try {
      return trials.withoutRealVm(seed);
    } catch (RuntimeException e) {
      return Optional.of("module " + seed + ": " + e);
    }
  }
}
