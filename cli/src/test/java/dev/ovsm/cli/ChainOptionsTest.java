package dev.ovsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.autonomous.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ChainOptionsTest {
  @Test
  void withoutOptionsTheChainIsTheUsualOne() {
    assertThat(settings()).isEqualTo(Settings.DEFAULT);
    assertThat(Settings.DEFAULT)
        .isEqualTo(new Settings(400_000, false, false, 432_000, 0, 0, true, false));
  }

  @ParameterizedTest
  @CsvSource({"--slot-budget", "--max-autonomous-compute-per-slot"})
  void theBudgetOfASlotHasTwoNames(String name) {
    assertThat(settings(name, "7000"))
        .isEqualTo(new Settings(7_000, false, false, 432_000, 0, 0, true, false));
  }

  @Test
  void everyOptionChangesItsSettingAlone() {
    assertThat(settings("--fill", "skip"))
        .isEqualTo(new Settings(400_000, true, false, 432_000, 0, 0, true, false));
    assertThat(settings("--tailcall", "strict"))
        .isEqualTo(new Settings(400_000, false, true, 432_000, 0, 0, true, false));
    assertThat(settings("--slots-per-epoch", "32"))
        .isEqualTo(new Settings(400_000, false, false, 32, 0, 0, true, false));
    assertThat(settings("--genesis-time", "1700000000"))
        .isEqualTo(new Settings(400_000, false, false, 432_000, 1_700_000_000, 0, true, false));
    assertThat(settings("--start-slot", "990"))
        .isEqualTo(new Settings(400_000, false, false, 432_000, 0, 990, true, false));
    assertThat(settings("--economics", "strict"))
        .isEqualTo(new Settings(400_000, false, false, 432_000, 0, 0, true, true));
  }

  @Test
  void theOtherWordsAreTheUsualOnes() {
    assertThat(settings("--fill", "strict", "--tailcall", "lenient", "--economics", "dev"))
        .isEqualTo(Settings.DEFAULT);
  }

  private static Settings settings(String... words) {
    ChainOptions options = new ChainOptions();
    new CommandLine(new Holder(options)).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
    return options.settings();
  }

  /** A command with these options alone. */
  @CommandLine.Command
  private record Holder(@CommandLine.Mixin ChainOptions options) {}
}
