package dev.ovsm.tests.rings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Drawn programs that use a ring say what they mean: on the IR's interpreter, and in the emulator
 * at every level of optimisation. The real VM has no rings.
 *
 * <p>{@code -Ddrawn.rings=N} sets how many are tried, {@code -Ddrawn.seed=N} the first.
 */
class RingProgramsTest {
  private static final int COUNT = Integer.getInteger("drawn.rings", 60);
  private static final long FIRST = Long.getLong("drawn.seed", 1);
  private static final int MISTAKEN = 20;
  private static final Pubkey PROGRAM = NamedKey.ofProgram("rings");
  private static final String LOG = "Program log: ";

  @Test
  void sayWhatTheyMean() {
    Set<String> said = new HashSet<>();
    int compared = 0;
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      RingProgram program = RingProgram.of(seed);
      said.addAll(program.logs());
      for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
        Compilation made = compiled(program, seed, level);
        if (level == Optimizer.NONE) {
          assertThat(RingHost.logs(Objects.requireNonNull(made.phases().module()), program))
              .as("%d, interpreted: %s", seed, program.text())
              .isEqualTo(program.logs());
        }
        assertThat(emulated(made.elf().orElseThrow(), program))
            .as("%d at level %d: %s", seed, level, program.text())
            .isEqualTo(program.logs());
        compared++;
      }
    }
    System.out.printf("RingProgramsTest: %,d runs compared, %,d lines%n", compared, said.size());
    assertThat(said).contains("true", "false", "0", "9", "17");
    assertThat(compared).isEqualTo(3 * COUNT);
  }

  /** Mistakes that a compiler could make: another call, another operation. */
  @ParameterizedTest
  @CsvSource({
    "sol-ringbuf-submit, sol-ringbuf-discard",
    "(wrapping-u8 (wrapping-add, (wrapping-u8 (wrapping-sub",
    "sol-ringbuf-discard, sol-ringbuf-submit"
  })
  void aMistakeIsNoticed(String right, String wrong) {
    int noticed = 0;
    for (long seed = 1; seed <= MISTAKEN; seed++) {
      RingProgram program = RingProgram.of(seed);
      RingProgram other = program.withText(program.text().replace(right, wrong));
      Compilation made = compiled(other, seed, Optimizer.NONE);
      List<String> interpreted =
          RingHost.logs(Objects.requireNonNull(made.phases().module()), other);
      assertThat(emulated(made.elf().orElseThrow(), other)).isEqualTo(interpreted);
      noticed += interpreted.equals(program.logs()) ? 0 : 1;
    }
    assertThat(noticed).isGreaterThan(MISTAKEN / 10);
  }

  private static Compilation compiled(RingProgram program, long seed, int level) {
    Diagnostics found = new Diagnostics();
    Version version = (seed & 1) == 0 ? Version.V0 : Version.V3;
    Compilation made =
        Compilation.of(
            List.of(new Source("ring", program.text())),
            new Compilation.Target(version, level, false),
            found);
    assertThat(made.elf()).as("%s%n%s", found.list(), program.text()).isPresent();
    return made;
  }

  private static List<String> emulated(byte[] elf, RingProgram program) {
    Simulation simulation = new Simulation(Settings.DEFAULT, new Listener() {});
    assertThat(simulation.deploy(PROGRAM, elf)).isEmpty();
    TransactionOutcome outcome =
        simulation.send(new Instruction(PROGRAM, List.of(), program.input()));
    List<String> said = new ArrayList<>();
    for (String line : outcome.logs()) {
      if (line.startsWith(LOG)) {
        said.add(line.substring(LOG.length()));
      }
    }
    if (outcome.error() != null) {
      said.add(outcome.error().json());
    }
    return said;
  }
}
