package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Forecast.Load;
import dev.ovsm.sbpf.Syscall;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is foreseen is what happens when every callback uses exactly its budget. */
class ForecastTest {
  private static final int START = 100;
  private static final int LAST = 700;
  private static final int CALLBACKS = 12;

  /** Half of the seeds have stakes, some of which leave meanwhile, and half begin in the middle. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 18, 23})
  void latenessIsThatOfTheSimulation(long seed) {
    Random random = new Random(seed);
    Settings settings =
        Settings.DEFAULT
            .withStartSlot(START)
            .withSlotBudget(unitsOf(200 * (CALLBACKS - 1)) + random.nextInt(3_000))
            .withFillSkip(seed % 8 < 2);
    Stage stage = new Stage(settings, null);
    register(stage, random);
    registerDeadlines(stage, new Random(seed));
    boolean isStaked = seed % 2 == 1;
    if (isStaked) {
      stake(stage, settings.slotBudget(), random);
    }
    stage.simulation.finish();
    stage.steps(seed % 4 < 2 ? 0 : 33);
    List<Load> loads = stage.simulation.prospects().loads();
    long from = stage.simulation.slot() + 1;
    Forecast.Outlook outlook =
        Forecast.of(loads, settings, stage.simulation.prospects()::reservedIn, from, LAST);
    Forecast.Outlook blind = Forecast.of(loads, settings, slot -> Map.of(), from, LAST);
    stage.fates.clear();
    stage.steps((int) (LAST - from + 1));
    Set<Long> expired =
        stage.fates.stream()
            .filter(fate -> fate.fate() == Fate.EXPIRED && fate.kind() == Kind.DEADLINE)
            .map(FateRecord::registration)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(outlook.expired())).isEqualTo(expired).isNotEmpty();
    Set<Long> skipped =
        stage.fates.stream()
            .filter(fate -> fate.fate() == Fate.EXPIRED && fate.kind() != Kind.DEADLINE)
            .map(FateRecord::registration)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(outlook.skipped())).isEqualTo(skipped);
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
    if (isStaked) {
      assertThat(blind.lateness()).isNotEqualTo(lateness);
    }
  }

  /** What a program asks of its fullest slot is the stake with which nothing of it is late. */
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 7})
  void enoughStakeRemovesLateness(long seed) {
    assertThat(latest(seed, false)).isPositive();
    assertThat(latest(seed, true)).isZero();
  }

  /** How late a program's callbacks ran at most. */
  private static long latest(long seed, boolean isStaked) {
    Random random = new Random(seed);
    long slotBudget = 5 * unitsOf(200 * (CALLBACKS - 1)) / 2;
    Settings settings = Settings.DEFAULT.withStartSlot(START).withSlotBudget(slotBudget);
    Stage stage = new Stage(settings, null);
    register(stage, random);
    List<Load> own =
        stage.simulation.prospects().loads().stream()
            .filter(load -> load.program().equals(Stage.PUPPET))
            .toList();
    long peak = Forecast.of(own, settings, slot -> Map.of(), START + 1, LAST + 200).peakUnits();
    if (isStaked) {
      long lamports = peak * Stakes.LAMPORTS_A_UNIT;
      assertThat(stage.simulation.stake(Stage.PUPPET, lamports)).isEmpty();
    }
    stage.steps(LAST - START);
    List<Long> ids = own.stream().map(Load::id).toList();
    return stage.fates.stream()
        .filter(fate -> fate.fate() == Fate.EXECUTED && ids.contains(fate.registration()))
        .mapToLong(fate -> fate.slot() - fate.nominal())
        .max()
        .orElseThrow();
  }

  /**
   * Timers and intervals of two programs with all priorities and what they may do when they are
   * late.
   */
  private static void register(Stage stage, Random random) {
    for (int i = 0; i < CALLBACKS; i++) {
      Pubkey program = i % 2 == 0 ? Stage.PUPPET : Stage.OTHER;
      long units = unitsOf(200 * i);
      Script script = new Script();
      byte[] callback = Stage.instruction(program, spin(200 * i)).data();
      boolean isPeriodic = i % 4 != 0;
      if (i % 4 == 3) {
        byte[] interval =
            new LittleEndian(16)
                .u64(2 + random.nextInt(9))
                .u64(START + 1 + random.nextInt(9))
                .bytes();
        script.call(
            Syscall.SOL_SUBSCRIBE_EVENT,
            0,
            script.bytes(interval),
            interval.length,
            script.structure(Stage.bincode(program, spin(200 * i))),
            units);
      } else if (isPeriodic) {
        script.call(
            Syscall.SOL_TIMER_CREATE_PERIODIC,
            START + 1 + random.nextInt(20),
            2 + random.nextInt(9),
            script.bytes(callback),
            callback.length,
            units);
      } else {
        script.call(
            Syscall.SOL_TIMER_CREATE,
            START + 1 + random.nextInt(40),
            script.bytes(callback),
            callback.length,
            units);
      }
      long id = stage.send(program, script).get(0);
      assertThat(id).isNotZero();
      Script configure = new Script();
      configure.call(Syscall.SOL_REGISTRATION_SET, id, 2, random.nextInt(4));
      if (isPeriodic) {
        configure.call(Syscall.SOL_REGISTRATION_SET, id, 1, random.nextInt(3));
      }
      stage.send(program, configure);
    }
  }

  /** Timers for the busiest slots, each with a deadline soon after. */
  private static void registerDeadlines(Stage stage, Random random) {
    for (int i = 0; i < 6; i++) {
      Pubkey program = i % 2 == 0 ? Stage.PUPPET : Stage.OTHER;
      int rounds = 200 * (CALLBACKS - 1 - i);
      Script script = new Script();
      byte[] callback = Stage.instruction(program, spin(rounds)).data();
      long slot = START + 40L + random.nextInt(20);
      script.call(
          Syscall.SOL_TIMER_CREATE_DEADLINE,
          slot,
          slot + random.nextInt(4),
          script.bytes(callback),
          callback.length,
          unitsOf(rounds));
      assertThat(stage.send(program, script).get(0)).isNotZero();
    }
  }

  private static void stake(Stage stage, long slotBudget, Random random) {
    long third = slotBudget / 3 * Stakes.LAMPORTS_A_UNIT;
    Simulation simulation = stage.simulation;
    assertThat(simulation.stake(Stage.PUPPET, third / 2 + random.nextInt(1_000_000_000))).isEmpty();
    assertThat(simulation.stake(Stage.OTHER, third)).isEmpty();
    assertThat(simulation.unstake(Stage.OTHER, third / (1 + random.nextInt(2)))).isEmpty();
  }

  @Test
  void whatIsFreeIsWhatIsLeftOfTheBudget() {
    Settings settings = Settings.DEFAULT;
    List<Load> loads =
        List.of(load(1, 10, 0, 300_000), load(2, 10, 0, 200_000), load(3, 12, 5, 50_000));
    assertThat(Forecast.of(loads, settings, slot -> Map.of(), 1, 9).free()).isEqualTo(400_000);
    assertThat(Forecast.of(loads, settings, slot -> Map.of(), 1, 10).free()).isZero();
    assertThat(Forecast.of(loads, settings, slot -> Map.of(), 1, 11).free()).isEqualTo(200_000);
    assertThat(Forecast.of(loads, settings, slot -> Map.of(), 1, 17).free()).isEqualTo(350_000);
    Forecast.Outlook outlook = Forecast.of(loads, settings, slot -> Map.of(), 1, 100);
    assertThat(outlook.peakSlot()).isEqualTo(10);
    assertThat(outlook.peakUnits()).isEqualTo(500_000);
    assertThat(outlook.lateness())
        .containsExactly(Map.entry(1L, 0L), Map.entry(2L, 1L), Map.entry(3L, 0L));
  }

  @Test
  void whatWaitsUntilItsDeadlineIsOverExpires() {
    List<Load> loads =
        List.of(
            load(1, 10, 3, 300_000),
            load(2, 10, 0, 200_000).until(10),
            load(3, 10, 0, 200_000).until(11));
    Forecast.Outlook outlook = Forecast.of(loads, Settings.DEFAULT, slot -> Map.of(), 1, 20);
    assertThat(outlook.expired()).containsExactly(2L);
    assertThat(outlook.lateness())
        .containsExactly(Map.entry(1L, 0L), Map.entry(2L, 0L), Map.entry(3L, 1L));
    assertThat(outlook.unfinished()).isEmpty();
  }

  @Test
  void whatIsReservedIsRoomForItsProgramAlone() {
    List<Load> loads = List.of(load(1, 10, 0, 300_000), load(2, 10, 0, 200_000));
    Map<Pubkey, Long> reserved = Map.of(Stage.OTHER, 90_000L);
    Forecast.Outlook outlook = Forecast.of(loads, Settings.DEFAULT, slot -> reserved, 1, 10);
    // the second does not fit what is left, and so closes the slot for all but the reservation
    assertThat(outlook.room(Stage.PUPPET)).isZero();
    assertThat(outlook.room(Stage.OTHER)).isEqualTo(90_000);
    assertThat(
            Forecast.firstWithRoom(
                loads, Settings.DEFAULT, slot -> reserved, 1, Stage.PUPPET, 110_001, 10, 99))
        .hasValue(12);
    assertThat(
            Forecast.firstWithRoom(
                loads, Settings.DEFAULT, slot -> reserved, 1, Stage.PUPPET, 310_001, 10, 99))
        .isEmpty();
  }

  private static Load load(long id, long slot, long period, long budget) {
    return new Load(
        id,
        Kind.TIMER,
        Stage.PUPPET,
        slot,
        slot,
        period,
        Long.MAX_VALUE,
        budget,
        1,
        OverduePolicy.COALESCE);
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
