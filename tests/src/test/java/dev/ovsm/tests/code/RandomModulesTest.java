package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.IrPrinter;
import dev.ovsm.sbpf.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The machine code of random modules does what the modules mean. */
class RandomModulesTest {
  private static final int COUNT = Integer.getInteger("ovsm.code.modules", 400);
  private static final long FIRST = Long.getLong("ovsm.code.seed", 1);

  @Test
  void machineCodeMeansWhatTheIrMeans() {
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      Module module = RandomModule.of(seed);
      assertThat(IrChecker.check(module)).isEmpty();
      byte[] input = RandomModule.input(seed);
      Meaning meaning = Runs.interpreted(module, input);
      for (Version version : List.of(Version.V0, Version.V3)) {
        Meaning emulated =
            Runs.emulated(Runs.elf(module, version), input, !meaning.input().isEmpty());
        assertThat(emulated).as(() -> IrPrinter.print(module)).isEqualTo(meaning);
      }
    }
  }
}
