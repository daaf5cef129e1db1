package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Cost;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verifier;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No execution takes more compute units than the verifier says it can. */
class ExecutedBoundsTest {
  private static final int PROGRAMS = Integer.getInteger("verifier.programs", 1_500);
  private static final int RUNS = 3;
  private static final long BUDGET = 1_400_000;
  private static final Manifest MANIFEST = new Manifest("random", List.of(), List.of(), List.of());

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void executionsStayWithinTheBound(Version version) {
    int bounded = 0;
    int looping = 0;
    int tight = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      Program program = RandomLoops.draw(seed, version);
      assertThat(Validator.validate(program)).as("seed %d", seed).isEmpty();
      Cost cost = Verifier.cost(program, MANIFEST, pc -> Span.none(), Policy.standard()).get(0);
      if (cost.units() > BUDGET) {
        continue;
      }
      bounded++;
      long most = 0;
      for (int run = 0; run < RUNS; run++) {
        Outcome outcome = run(program, new Random(seed * RUNS + run));
        assertThat(outcome.instructions())
            .as("seed %d of %s, run %d", seed, version, run)
            .isLessThanOrEqualTo(cost.units());
        most = Math.max(most, outcome.instructions());
      }
      looping += most > 2L * program.slots() ? 1 : 0;
      tight += 2 * most >= cost.units() ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d programs bounded, %d ran through loops, %d came to half of their bound%n",
        version,
        bounded,
        PROGRAMS,
        looping,
        tight);
    assertThat(bounded).isGreaterThan(PROGRAMS / 10);
    assertThat(looping).isGreaterThan(PROGRAMS / 100);
    assertThat(tight).isGreaterThan(PROGRAMS / 100);
  }

  private static Outcome run(Program program, Random random) {
    byte[] input = new byte[64];
    random.nextBytes(input);
    Executable executable = new Executable(program, SyscallTable.empty());
    Vm vm = new Vm(executable, new Memory(executable, 1_024, input), BUDGET + 1, input);
    vm.registers()[1] = MemoryMap.INPUT;
    return new Interpreter().execute(vm);
  }
}
