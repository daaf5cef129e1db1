package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** That all engines leave the same after an experiment, whatever the budget. */
final class Agreement {
  private static final long ALL_UP_TO = 2000;
  private static final int SAMPLES = 200;

  private final String name;
  private final Experiment experiment;
  private final List<Candidate> candidates;

  private record Candidate(Engines engine, Executable executable) {}

  Agreement(String name, Experiment experiment) {
    this.name = name;
    this.experiment = experiment;
    this.candidates =
        Arrays.stream(Engines.values())
            .map(
                engine ->
                    new Candidate(
                        engine, new Executable(experiment.program(), experiment.syscalls())))
            .toList();
  }

  /** What all engines leave with the whole budget. */
  Result atFullBudget() {
    return at(experiment.budget());
  }

  /** Checks every smaller budget than was needed, or many of them: each ends where it ends. */
  void checkSmallerBudgets(long needed) {
    budgets(needed)
        .forEach(
            budget -> {
              Result cut = at(budget);
              assertThat(cut.fault())
                  .as("%s with budget %d", name, budget)
                  .startsWith(Fault.Kind.EXCEEDED_MAX_INSTRUCTIONS.name());
              assertThat(cut.outcome().instructions()).as(name).isEqualTo(budget);
            });
  }

  /** What all engines leave with a budget. */
  Result at(long budget) {
    Result expected = run(candidates.get(0), budget);
    for (Candidate candidate : candidates.subList(1, candidates.size())) {
      assertThat(run(candidate, budget).differenceFrom(expected))
          .as("%s on %s with budget %d", name, candidate.engine, budget)
          .isEmpty();
    }
    return expected;
  }

  private Result run(Candidate candidate, long budget) {
    return experiment.run(candidate.engine, candidate.executable, budget);
  }

  private LongStream budgets(long needed) {
    if (needed <= ALL_UP_TO) {
      return LongStream.range(0, needed);
    }
    return new SplittableRandom(name.hashCode()).longs(SAMPLES, 0, needed);
  }
}
