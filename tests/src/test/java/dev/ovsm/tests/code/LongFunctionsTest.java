package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.ir.text.IrParser;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions whose jumps go further than the offset of a jump, forwards and back. */
@ComparedWithRealVm(minimum = 64)
class LongFunctionsTest {
  private static final int MOST_OFFSET = 32_767;

  /**
   * Depending on the first byte of the account it passes over two long stretches of code, over one,
   * or runs both; twice. A check in the first of them can fail.
   */
  private static Module module(int steps) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            fn entrypoint(%%0: ptr) -> u64 {
            b0:
              %%1 = load u64 [%%0 + %1$d]
              %%2 = const u64 0
              %%3 = const u64 1
              %%4 = const u64 2
              %%5 = const u64 31
              jump b1(%%2, %%1)
            b1(%%6: u64, %%7: u64):
              %%8 = and.wrap u64 %%1, %%4
              %%9 = eq u64 %%8, %%2
              branch %%9, b2(%%7), b3(%%7)
            b2(%%10: u64):
              %%11 = and.wrap u64 %%1, %%3
              %%12 = eq u64 %%11, %%2
              branch %%12, b5(%%10), b6(%%10)
            b3(%%13: u64):
              store u64 [%%0 + %1$d], %%13
              %%14 = add u64 %%6, %%3
              %%15 = lt u64 %%14, %%4
              branch %%15, b1(%%14, %%13), b4
            b4:
              return %%2
            b5(%%16: u64):
            """,
            RandomModule.INPUT_START));
    int value = 16;
    int next = 17;
    for (int i = 0; i < 2 * steps; i++) {
      if (i == steps) {
        text.append("  jump b6(%").append(value).append(")\nb6(%").append(next).append(": u64):\n");
        value = next++;
      }
      String check = i == steps / 2 ? "add u64" : "add.wrap u64";
      text.append(
          String.format(
              Locale.ROOT,
              "  %%%d = mul.wrap u64 %%%d, %%5\n  %%%d = %s %%%d, %%1\n",
              next,
              value,
              next + 1,
              check,
              next));
      value = next + 1;
      next += 2;
    }
    text.append("  jump b3(%").append(value).append(")\n}\n");
    Diagnostics found = new Diagnostics();
    return IrParser.parse(new Source("long.ir", text.toString()), found)
        .orElseThrow(() -> new AssertionError(found.list().toString()));
  }

  private static byte[] input(int first) {
    byte[] input = new byte[RandomModule.INPUT_START + 8];
    input[RandomModule.INPUT_START] = (byte) first;
    input[RandomModule.INPUT_START + 5] = 77;
    return input;
  }

  @ParameterizedTest
  @ValueSource(ints = {12_000, 40_000})
  void jumpsReachWhereTheyGo(int steps, RealVm vm, Comparisons comparisons) {
    compare(module(steps), vm, comparisons);
  }

  @Test
  void manyJumpsGoFarAtOnce(RealVm vm, Comparisons comparisons) {
    compare(FarJumps.module(7_000), vm, comparisons);
  }

  @Test
  void manyWaysOutAreLong(RealVm vm, Comparisons comparisons) {
    compare(WaysOut.module(3_400), vm, comparisons);
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
