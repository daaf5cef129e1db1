package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.autonomous.Forecast.Load;
import dev.ovsm.sbpf.Syscall;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is foreseen is what happens when every callback uses exactly its budget. */
class ForecastTest {
  private static final int START = 100;
  private static final int LAST = 700;
  private static final int CALLBACKS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void latenessIsThatOfTheSimulation(long seed) {
    long[] units = new long[CALLBACKS];
    for (int i = 0; i < CALLBACKS; i++) {
      units[i] = unitsOf(200 * i);
    }
    Random random = new Random(seed);
    Settings settings =
        Settings.DEFAULT
            .withStartSlot(START)
            .withSlotBudget(units[CALLBACKS - 1] + random.nextInt(6_000))
            .withFillSkip(seed % 4 == 0);
    Stage stage = new Stage(settings, null);
    for (int i = 0; i < CALLBACKS; i++) {
      Script script = new Script();
      byte[] callback = Stage.instruction(Stage.PUPPET, spin(200 * i)).data();
      if (i % 4 == 0) {
        script.call(
            Syscall.SOL_TIMER_CREATE,
            START + 1 + random.nextInt(40),
            script.bytes(callback),
            callback.length,
            units[i]);
      } else {
        script.call(
            Syscall.SOL_TIMER_CREATE_PERIODIC,
            START + 1 + random.nextInt(20),
            2 + random.nextInt(9),
            script.bytes(callback),
            callback.length,
            units[i]);
      }
      long id = stage.send(script).get(0);
      assertThat(id).isNotZero();
      if (random.nextInt(3) == 0) {
        Script configure = new Script();
        configure.call(Syscall.SOL_REGISTRATION_SET, id, 2, random.nextInt(4));
        stage.send(configure);
      }
    }
    stage.simulation.finish();
    List<Load> loads = stage.simulation.loads();
    assertThat(loads).hasSize(CALLBACKS);
    Forecast.Outlook outlook = Forecast.of(loads, settings, START + 1, LAST);
    stage.steps(LAST - START);
    Map<Long, Long> lateness = new TreeMap<>();
    loads.forEach(load -> lateness.put(load.id(), 0L));
    for (FateRecord fate : stage.fates) {
      if (fate.fate() == Fate.EXECUTED) {
        lateness.merge(fate.registration(), fate.slot() - fate.nominal(), Math::max);
      }
    }
    outlook.unfinished().forEach(lateness::remove);
    outlook.unfinished().forEach(outlook.lateness()::remove);
    assertThat(outlook.lateness()).isEqualTo(lateness);
    assertThat(lateness.values()).anyMatch(late -> late > 0);
  }

  @Test
  void whatIsFreeIsWhatIsLeftOfTheBudget() {
    Settings settings = Settings.DEFAULT;
    List<Load> loads =
        List.of(
            new Load(1, 10, 0, 300_000, 1, OverduePolicy.COALESCE),
            new Load(2, 10, 0, 200_000, 1, OverduePolicy.COALESCE),
            new Load(3, 12, 5, 50_000, 1, OverduePolicy.COALESCE));
    assertThat(Forecast.of(loads, settings, 1, 9).free()).isEqualTo(400_000);
    assertThat(Forecast.of(loads, settings, 1, 10).free()).isEqualTo(100_000);
    assertThat(Forecast.of(loads, settings, 1, 11).free()).isEqualTo(200_000);
    assertThat(Forecast.of(loads, settings, 1, 17).free()).isEqualTo(350_000);
    Forecast.Outlook outlook = Forecast.of(loads, settings, 1, 100);
    assertThat(outlook.peakSlot()).isEqualTo(10);
    assertThat(outlook.peakUnits()).isEqualTo(500_000);
    assertThat(outlook.lateness())
        .containsExactly(Map.entry(1L, 0L), Map.entry(2L, 1L), Map.entry(3L, 0L));
  }

  private static Script spin(int rounds) {
    Script script = new Script();
    script.add(Puppet.SPIN, rounds);
    return script;
  }

  /** What a callback takes, as the simulation has it. */
  private static long unitsOf(int rounds) {
    Stage stage = new Stage();
    Script script = new Script();
    byte[] callback = Stage.instruction(Stage.PUPPET, spin(rounds)).data();
    script.call(Syscall.SOL_TIMER_CREATE, 101, script.bytes(callback), callback.length, 100_000);
    stage.send(script);
    stage.steps(1);
    return stage.fates.get(0).units();
  }
}
