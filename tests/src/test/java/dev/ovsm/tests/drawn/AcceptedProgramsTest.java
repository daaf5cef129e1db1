package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.verifier.Verdicts;
import dev.ovsm.verifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the verifier proves of drawn programs as IR it proves of their machine code too: none of
 * their entries is refused, and none left undecided, for what was passed before.
 *
 * <p>Among many more seeds than are drawn here are some that are not proved again: what is copied
 * to places in the heap that are only known when it runs may change what lies there.
 *
 * <p>{@code -Ddrawn.accepted=N} sets how many are drawn for each version, {@code -Ddrawn.seed=N}
 * the first; those of which something was not proved again once are kept as sources and always
 * tried.
 */
class AcceptedProgramsTest {
  private static final int COUNT = Integer.getInteger("drawn.accepted", 80);
  private static final long FIRST = Long.getLong("drawn.seed", 1);

  /** Of whose machine code something was not proved once. */
  private static final Path ONCE = Path.of("accepted");

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void areAcceptedAsMachineCode(Version version) throws IOException {
    int accepted = 0;
    int judged = 0;
    List<String> refused = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    List<Source> sources = sources();
    for (Source source : sources) {
      Compilation.Target target = new Compilation.Target(version, Optimizer.ALL, false);
      Compilation made = Compilation.of(List.of(source), target, new Diagnostics());
      if (made.elf().isEmpty()) {
        continue;
      }
      accepted++;
      Map<String, Verdict> ir = Verdicts.worst(made.report().orElseThrow().findings());
      for (Map.Entry<String, Verdict> one : Verdicts.ofCode(made).entrySet()) {
        judged++;
        boolean passed = ir.getOrDefault(one.getKey(), Verdict.SAFE).passes();
        if (passed && !one.getValue().passes()) {
          (one.getValue() == Verdict.UNSAFE ? refused : undecided)
              .add(source.name() + ": " + one.getKey());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "machine code: %d of %d drawn sources accepted for %s, %,d properties judged, refused %s,"
            + " undecided on code alone %s%n",
        accepted,
        sources.size(),
        version,
        judged,
        refused,
        undecided);
    assertThat(accepted).isGreaterThan(sources.size() * 3 / 4);
    assertThat(refused).isEmpty();
    assertThat(undecided).isEmpty();
  }

  private static List<Source> sources() throws IOException {
    List<Source> all = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      Drawn program = Drawn.of(seed);
      if (program.isJudged()) {
        all.add(new Source("seed " + seed, program.text()));
      }
    }
    try (Stream<Path> kept = Files.list(ONCE)) {
      for (Path file : kept.sorted().toList()) {
        all.add(new Source(file.toString(), Files.readString(file)));
      }
    }
    return all;
  }
}
