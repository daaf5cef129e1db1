package dev.ovsm.tests.machine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A campaign that ends with the first difference between engines, or the first exception; finds
 * nothing as a rule.
 */
public final class Search implements Callable<String> {
  private static final long SEED = 1;
  private static final long PROGRAMS = 3000;

  @Override
  public String call() {
    Campaign campaign = new Campaign(SEED, List.of(Engines.INTERPRETER, Engines.JIT));
    for (long number = 0; number < PROGRAMS; number++) {
      Optional<String> finding = finding(campaign, number);
      if (finding.isPresent()) {
        return finding.get();
      }
    }
    return "";
  }

  private static Optional<String> finding(Campaign campaign, long number) {
    try {
      return campaign.run(number);
    } catch (IndexOutOfBoundsException e) {
      return Optional.of("program " + number + ": " + e);
    }
  }
}
