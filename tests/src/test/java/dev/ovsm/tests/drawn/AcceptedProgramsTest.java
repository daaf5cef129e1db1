package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the verifier proves of drawn programs as IR it proves of their machine code too: none of
 * their entries is refused, and none left undecided, for what was passed before.
 *
 * <p>Among many more seeds than are drawn here are some that are not proved again: what is copied
 * to places in the heap that are only known when it runs may change what lies there, and groups of
 * digits are counted as if each were full.
 *
 * <p>{@code -Ddrawn.accepted=N} sets how many are drawn for each version, {@code -Ddrawn.seed=N}
 * the first; those that were not proved again once are always among them.
 */
class AcceptedProgramsTest {
  private static final int COUNT = Integer.getInteger("drawn.accepted", 40);
  private static final long FIRST = Long.getLong("drawn.seed", 1);

  /** Of whose machine code something was not proved once. */
  private static final long[] ONCE = {
    49, 195, 211, 335, 399, 467, 474, 483, 602, 643, 687, 780, 787, 851, 956, 958, 998
  };

  private static final Set<Integer> SYSCALLS =
      Stream.of(Syscall.values()).map(Syscall::hash).collect(Collectors.toUnmodifiableSet());

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void areAcceptedAsMachineCode(Version version) {
    int accepted = 0;
    int judged = 0;
    List<String> refused = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    long[] seeds =
        LongStream.concat(LongStream.range(FIRST, FIRST + COUNT), Arrays.stream(ONCE)).toArray();
    for (long seed : seeds) {
      List<Source> sources = List.of(new Source("drawn", Drawn.of(seed).text()));
      Compilation.Target target = new Compilation.Target(version, Optimizer.ALL, false);
      Compilation made = Compilation.of(sources, target, new Diagnostics());
      if (made.elf().isEmpty()) {
        continue;
      }
      accepted++;
      Map<String, Verdict> ir = worst(made.report().orElseThrow().findings());
      for (Map.Entry<String, Verdict> one : worst(findings(made)).entrySet()) {
        judged++;
        boolean passed = ir.getOrDefault(one.getKey(), Verdict.SAFE).passes();
        if (passed && !one.getValue().passes()) {
          (one.getValue() == Verdict.UNSAFE ? refused : undecided)
              .add("seed " + seed + ": " + one.getKey());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "machine code: %d of %d drawn sources accepted for %s, %,d properties judged, refused %s,"
            + " undecided on code alone %s%n",
        accepted,
        seeds.length,
        version,
        judged,
        refused,
        undecided);
    assertThat(accepted).isGreaterThan(seeds.length * 3 / 4);
    assertThat(refused).isEmpty();
    assertThat(undecided).isEmpty();
  }

  private static List<Finding> findings(Compilation made) {
    Program program =
        ElfLoader.load(made.elf().orElseThrow(), LoaderConfig.execution(SYSCALLS))
            .program()
            .orElseThrow();
    return Verifier.verify(
        program, made.output().orElseThrow().manifest(), pc -> Span.none(), Policy.standard());
  }

  private static Map<String, Verdict> worst(List<Finding> findings) {
    Map<String, Verdict> worst = new TreeMap<>();
    for (Finding one : findings) {
      worst.merge(one.entry() + " " + one.property(), one.verdict(), Verdict::worse);
    }
    return worst;
  }
}
