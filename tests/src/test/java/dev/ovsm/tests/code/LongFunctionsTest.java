package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions whose jumps go further than the offset of a jump, forwards and back. */
@ComparedWithRealVm(minimum = 80)
class LongFunctionsTest {
  private static final int MOST_OFFSET = 32_767;

  private static byte[] input(int first) {
    byte[] input = new byte[RandomModule.INPUT_START + 8];
    input[RandomModule.INPUT_START] = (byte) first;
    input[RandomModule.INPUT_START + 5] = 77;
    return input;
  }

  @ParameterizedTest
  @ValueSource(ints = {12_000, 40_000})
  void jumpsReachWhereTheyGo(int steps, RealVm vm, Comparisons comparisons) {
    compare(Stretches.module(steps), vm, comparisons);
  }

  @Test
  void manyJumpsGoFarAtOnce(RealVm vm, Comparisons comparisons) {
    compare(FarJumps.module(7_000), vm, comparisons);
  }

  @Test
  void manyWaysOutAreLong(RealVm vm, Comparisons comparisons) {
    compare(WaysOut.module(3_400), vm, comparisons);
  }

  @Test
  void waysOutAreSharedByChecksFarApart(RealVm vm, Comparisons comparisons) {
    compare(SharedWaysOut.module(40_000), vm, comparisons);
  }

  private static void compare(Module module, RealVm vm, Comparisons comparisons) {
    List<Deployed> all = new ArrayList<>();
    List<Meaning> meanings = new ArrayList<>();
    for (Version version : List.of(Version.V0, Version.V3)) {
      for (int level : new int[] {Optimizer.NONE, Optimizer.ALL}) {
        byte[] elf = Runs.elf(Optimizer.optimize(module, level), version);
        assertThat(slots(elf)).isGreaterThan(MOST_OFFSET);
        for (int first = 0; first < 4; first++) {
          Meaning meaning = Runs.interpreted(module, input(first));
          assertThat(meaning.end()).startsWith("result");
          assertThat(Runs.emulated(elf, input(first), meaning.kept())).isEqualTo(meaning);
          all.add(new Deployed(all.size(), elf, input(first)));
          meanings.add(meaning);
        }
      }
    }
    List<Deployed.Call> real = Deployed.real(all, vm);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).emulated()).isEqualTo(real.get(i));
      assertThat(real.get(i).shows(meanings.get(i))).isTrue();
      comparisons.count(1);
    }
  }

  private static int slots(byte[] elf) {
    return ElfLoader.load(elf, LoaderConfig.execution(Set.of(Syscall.SOL_LOG_64_.hash())))
        .program()
        .orElseThrow()
        .slots();
  }
}
