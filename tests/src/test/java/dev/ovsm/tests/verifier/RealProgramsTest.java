package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Program;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.analysis.Examination.FunctionLoops;
import dev.ovsm.verifier.analysis.Loop;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Of nearly all functions of programs that are in use it is shown that their own loops end; the
 * others are printed, each loop with the reason.
 */
@ComparedWithRealVm(minimum = 5)
final class RealProgramsTest {
  private static final Manifest NO_MANIFEST = Manifest.of("");
  private static final List<String> NAMES =
      List.of("token", "token-2022", "associated-token", "memo-v1", "memo-v3");
  private static final double LEAST = 0.95;

  @Test
  void loopsEnd(RealVm vm, Comparisons comparisons) {
    int all = 0;
    int shown = 0;
    int direct = 0;
    int byAddress = 0;
    for (String name : NAMES) {
      Program program =
          ElfLoader.load(vm.standardProgram(name).elf(), LoaderConfig.autonomous())
              .program()
              .orElseThrow();
      List<FunctionLoops> functions = Verifier.loops(program, NO_MANIFEST);
      long bounded = functions.stream().filter(f -> f.isKnown() && bounded(f)).count();
      long ended = functions.stream().filter(RealProgramsTest::ends).count();
      print(
          "%s: %,d functions, all loops end in %,d, with a number in %,d",
          name, functions.size(), ended, bounded);
      print(
          "  with all that they call: %,d end, %,d more but for what they call by address,"
              + " %,d can call themselves",
          whole(functions, false).cardinality(),
          whole(functions, true).cardinality() - whole(functions, false).cardinality(),
          functions.stream().filter(FunctionLoops::callsItself).count());
      functions.stream().filter(f -> !ends(f)).forEach(RealProgramsTest::explain);
      direct += whole(functions, false).cardinality();
      byAddress += whole(functions, true).cardinality();
      comparisons.equal(name + " has functions", functions.isEmpty(), false);
      all += functions.size();
      shown += (int) ended;
    }
    print("together: %,d of %,d, %.1f %%", shown, all, 100.0 * shown / all);
    print(
        "with all that they call: %,d, %.1f %%; what is called by address left out: %,d, %.1f %%",
        direct, 100.0 * direct / all, byAddress, 100.0 * byAddress / all);
    assertThat(shown).isGreaterThan((int) (LEAST * all));
  }

  /**
   * The functions that end with all that they call.
   *
   * @param evenByAddress whether what is called by address is taken to end
   */
  private static BitSet whole(List<FunctionLoops> functions, boolean evenByAddress) {
    BitSet whole = new BitSet();
    for (int i = 0; i < functions.size(); i++) {
      FunctionLoops one = functions.get(i);
      whole.set(i, ends(one) && !one.callsItself() && (evenByAddress || !one.callsAnything()));
    }
    for (int before = -1; before != whole.cardinality(); ) {
      before = whole.cardinality();
      for (int i = 0; i < functions.size(); i++) {
        if (!functions.get(i).callees().stream().allMatch(whole::get)) {
          whole.clear(i);
        }
      }
    }
    return whole;
  }

  private static boolean ends(FunctionLoops function) {
    return function.isKnown() && function.loops().stream().allMatch(l -> l.isBounded() || l.ends());
  }

  private static boolean bounded(FunctionLoops function) {
    return function.loops().stream().allMatch(Loop::isBounded);
  }

  private static void explain(FunctionLoops function) {
    print("  %s%s", function.function(), function.isKnown() ? "" : ": not looked into");
    function.loops().stream()
        .filter(loop -> !loop.isBounded() && !loop.ends())
        .forEach(loop -> print("    loop at %s: %s", loop.place(), loop.reason()));
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }
}
