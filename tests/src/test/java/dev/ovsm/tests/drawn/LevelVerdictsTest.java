package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.verifier.Verdicts;
import dev.ovsm.verifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the verifier says of the machine code of drawn programs, property by property, does not
 * depend on how much it was optimised.
 *
 * <p>Which accesses are left to the machine does: code that is optimised away makes none, and what
 * becomes plain is proved.
 *
 * <p>{@code -Ddrawn.levels=N} sets how many are drawn for each version, {@code -Ddrawn.seed=N} the
 * first.
 */
class LevelVerdictsTest {
  private static final int COUNT = Integer.getInteger("drawn.levels", 50);
  private static final long FIRST = Long.getLong("drawn.seed", 1);

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void areTheSameAtAllLevels(Version version) {
    int judged = 0;
    int tried = 0;
    List<String> different = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      Drawn program = Drawn.of(seed);
      if (!program.isJudged()) {
        continue;
      }
      tried++;
      Map<String, Verdict> plain = verdicts(program, version, Optimizer.NONE);
      for (int level = Optimizer.NONE + 1; level <= Optimizer.ALL; level++) {
        Map<String, Verdict> better = verdicts(program, version, level);
        judged += better.size();
        if (!better.equals(plain)) {
          different.add("seed " + seed + ": " + plain + ", at level " + level + ": " + better);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "levels: %d drawn sources for %s, %,d verdicts compared%n",
        tried,
        version,
        judged);
    assertThat(different).isEmpty();
    assertThat(judged).isGreaterThan(8 * tried);
  }

  /** The verdicts on the code of a program, by entry and property; none if it is refused. */
  private static Map<String, Verdict> verdicts(Drawn program, Version version, int level) {
    Source source = new Source("drawn", program.text());
    Compilation.Target target = new Compilation.Target(version, level, false);
    Compilation made = Compilation.of(List.of(source), target, new Diagnostics());
    if (made.elf().isEmpty()) {
      return Map.of();
    }
    Map<String, Verdict> verdicts = Verdicts.ofCode(made);
    verdicts.replaceAll(
        (where, verdict) ->
            verdict == Verdict.GUARDED && Verdicts.isAccess(where) ? Verdict.SAFE : verdict);
    return verdicts;
  }
}
