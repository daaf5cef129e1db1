package dev.ovsm.tests.drawn;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Tries drawn programs until one does something else than it means: with a slip first the one that
 * found it before; without, those that find slips, of which none finds anything.
 */
public final class SlipSearch implements Callable<String>, Consumer<String> {
  private static final long PROGRAMS = 600;

  private LongStream seeds = LongStream.empty();

  /** Makes the slip of a name, or none. */
  @Override
  public void accept(String name) {
    Slip.make(name);
    LongStream known = Arrays.stream(Slip.values()).mapToLong(Slip::from);
    seeds =
        name.isEmpty()
            ? known
            : LongStream.concat(
                LongStream.of(Slip.valueOf(name).from()), LongStream.rangeClosed(1, PROGRAMS));
  }

  @Override
  public String call() {
    Trials trials = new Trials();
    return seeds
        .mapToObj(seed -> finding(trials, seed))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  /** That a program is refused, or that the compiler fails, is not enough. */
  private static Optional<String> finding(Trials trials, long seed) {
    Drawn program = Drawn.of(seed);
    try {
      return trials
          .interpreted(program)
          .filter(found -> !found.startsWith("is refused"))
          .map(found -> "program " + seed + ": " + found + program.text());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
