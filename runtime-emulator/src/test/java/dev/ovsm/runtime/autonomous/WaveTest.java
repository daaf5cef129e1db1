package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which slot runs what is begun in a wave, and what becomes of it when the slot is full. */
class WaveTest {
  private static final byte[] ANYBODY = new byte[32];
  private static final long EFFECT = Stage.MAP_ADDRESS + 64;
  private static final long CAUSE = Stage.MAP_ADDRESS + 80;
  private static final int EQUAL = 0;

  private final Stage stage = new Stage();

  private static void work(Script script, long handle, Script callback) {
    byte[] instruction = Stage.bincode(Stage.PUPPET, callback);
    script.call(SOL_WQ_INIT, handle, Stage.MAP_ID);
    script.call(SOL_WQ_SET_CALLBACK, handle, script.bytes(instruction), instruction.length);
  }

  private static int subscribe(Script script, String id, Script callback) {
    return Callbacks.subscribe(
        script, 6, Callbacks.programEvent(ANYBODY, id, new byte[0]), callback);
  }

  private static byte[] comesTo(int offset, long value) {
    return Callbacks.criteria(EQUAL, offset, -1, value);
  }

  /** Work 1, subscription 2 and watcher 3, which wait for {@link #effects}. */
  private void prepare() {
    Script script = new Script();
    work(script, EFFECT, new Script());
    subscribe(script, "EFFECT", new Script());
    byte[] map = Stage.map(Stage.PUPPET).bytes();
    Callbacks.watch(script, map, comesTo(600, 1), new Script());
    stage.send(script);
  }

  /** Begins something for each of the waves of watchers, events and work. */
  private static Script effects() {
    Script script = new Script();
    script.call(SOL_WQ_START, EFFECT);
    Callbacks.emit(script, "EFFECT", new byte[0]);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 600, 1);
    return script;
  }

  /** Lets the effects be begun in a wave of slot 105. */
  private void begin(Wave wave) {
    Script script = new Script();
    switch (wave) {
      case TRANSACTIONS -> {}
      case CARRY_OVER -> {
        stage.send(Callbacks.timer(104, Callbacks.spinning(150_000), 400_000));
        stage.send(Callbacks.timer(104, effects(), 200_000));
      }
      case TIMERS -> stage.send(Callbacks.timer(105, effects()));
      case WATCHERS ->
          Callbacks.watch(script, Stage.map(Stage.OTHER).bytes(), comesTo(600, 1), effects());
      case EVENTS -> subscribe(script, "CAUSE", effects());
      case WORK -> work(script, CAUSE, effects());
    }
    stage.send(script);
    stage.steps(4);
    stage.simulation.enter();
    switch (wave) {
      case TRANSACTIONS -> stage.send(effects());
      case CARRY_OVER, TIMERS -> {}
      case WATCHERS -> stage.write(Stage.map(Stage.OTHER), 600, 1);
      case EVENTS -> {
        Script emitting = new Script();
        Callbacks.emit(emitting, "CAUSE", new byte[0]);
        stage.send(emitting);
      }
      case WORK -> stage.send(Callbacks.calling(SOL_WQ_START, CAUSE));
    }
    stage.simulation.finish();
    stage.steps(2);
  }

  /** A wave that has not run yet comes in the same slot, and any other one in the next. */
  @ParameterizedTest
  @EnumSource
  void whatIsBegunInAWaveRunsInTheNextWaveOfItsKind(Wave wave) {
    prepare();
    begin(wave);
    Wave[] effects = {Wave.WORK, Wave.EVENTS, Wave.WATCHERS};
    for (int i = 0; i < effects.length; i++) {
      int slot = effects[i].compareTo(wave) > 0 ? 105 : 106;
      assertThat(stage.fatesOf(i + 1L)).as("%s", effects[i]).containsExactly(slot + " EXECUTED");
    }
  }

  /** A watcher that emits and an event that writes: each lap takes a slot, however long it goes. */
  @Test
  void aLapTakesASlot() {
    Script writing = new Script();
    writing.add(Puppet.STORE, Stage.MAP_ADDRESS + 600, 1);
    Script emitting = new Script();
    emitting.add(Puppet.STORE, Stage.MAP_ADDRESS + 600, 0);
    Callbacks.emit(emitting, "PING", new byte[0]);
    Script script = new Script();
    Callbacks.watch(script, Stage.map(Stage.PUPPET).bytes(), comesTo(600, 1), emitting);
    subscribe(script, "PING", writing);
    stage.send(script);
    stage.send(writing);
    stage.simulation.finish();
    stage.steps(9);
    for (long id : new long[] {1, 2}) {
      assertThat(stage.fatesOf(id)).hasSize(10).doesNotHaveDuplicates();
      assertThat(stage.fatesOf(id)).startsWith("100 EXECUTED").endsWith("109 EXECUTED");
    }
  }

  @Test
  void everythingThatIsDueInAFullSlotIsCarriedOver() {
    prepare();
    stage.send(Callbacks.timer(105, Callbacks.spinning(100_000), 300_000));
    stage.send(Callbacks.timer(105, new Script(), 300_000));
    stage.send(Callbacks.timer(105, new Script(), 1_000));
    stage.steps(4);
    stage.simulation.enter();
    stage.send(effects());
    stage.simulation.finish();
    stage.steps(1);
    assertThat(stage.fates)
        .extracting(fate -> fate.slot() + " " + fate.registration() + " " + fate.fate())
        .containsExactly(
            "105 4 EXECUTED",
            "105 5 DEFERRED",
            "105 6 DEFERRED",
            "105 3 DEFERRED",
            "105 2 DEFERRED",
            "105 1 DEFERRED",
            "106 5 EXECUTED",
            "106 6 EXECUTED",
            "106 1 EXECUTED",
            "106 2 EXECUTED",
            "106 3 EXECUTED");
  }

  @Test
  void whatWasCarriedOverComesBeforeWhatIsDueWhateverItsPriority() {
    stage.send(Callbacks.timer(105, Callbacks.spinning(100_000), 300_000));
    stage.send(Callbacks.timer(105, new Script(), 300_000));
    stage.send(Callbacks.timer(106, new Script()));
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, 2, 2, 0));
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, 3, 2, 3));
    stage.steps(6);
    assertThat(stage.fates)
        .filteredOn(fate -> fate.slot() == 106)
        .extracting(FateRecord::registration)
        .containsExactly(2L, 3L);
  }

  /** One row of numbers for all programs and kinds, in which nothing that failed has a place. */
  @Test
  void triggersAreNumberedInTheOrderOfCommits() {
    Script both = Callbacks.timer(105, new Script());
    subscribe(both, "E", new Script());
    stage.send(both);
    Script failing = Callbacks.timer(103, new Script());
    failing.add(Puppet.EXIT, 1);
    assertThat(stage.attempt(Stage.PUPPET, failing).succeeded()).isFalse();
    stage.send(Stage.OTHER, Callbacks.timer(104, new Script()));
    Script emitting = new Script();
    Callbacks.emit(emitting, "E", new byte[0]);
    Callbacks.emit(emitting, "NOBODY", new byte[0]);
    Callbacks.emit(emitting, "E", new byte[0]);
    stage.send(Stage.OTHER, emitting);
    stage.steps(6);
    List<String> told =
        stage.fates.stream().map(fate -> fate.seq() + " " + fate.kind().word()).toList();
    assertThat(told).containsExactly("4 event", "3 event", "5 event", "2 timer", "1 timer");
  }

  @Test
  void aSlotHasFourHundredThousandUnitsUnlessTheSettingsSayMore() {
    stage.send(Callbacks.timer(105, Callbacks.spinning(50_000), 399_000));
    stage.send(Callbacks.timer(105, new Script(), 300_000));
    stage.send(Callbacks.timer(105, new Script(), 1_000));
    stage.steps(5);
    assertThat(stage.fatesOf(2)).containsExactly("105 DEFERRED");
    Stage wide = new Stage(Settings.DEFAULT.withStartSlot(100).withSlotBudget(1_400_000), null);
    wide.send(Callbacks.timer(105, Callbacks.spinning(690_000), 1_400_000));
    assertThat(wide.send(Callbacks.timer(105, new Script(), 1_400_001))).containsExactly(0L);
    wide.steps(5);
    assertThat(wide.fatesOf(1)).containsExactly("105 EXECUTED");
    assertThat(wide.simulation.units()).isGreaterThan(1_380_000);
  }
}
