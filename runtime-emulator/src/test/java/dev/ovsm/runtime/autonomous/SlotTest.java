package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The waves of a slot: order, admission, charge, failure. */
class SlotTest {
  private static final Pubkey ORACLE = NamedKey.of("oracle");
  private static final long QUEUE = Stage.MAP_ADDRESS + 64;
  private static final int CATCH_UP = 1;
  private static final int SKIP = 2;

  private final Stage stage = new Stage();

  private List<String> runs(int slot) {
    return stage.fates.stream()
        .filter(fate -> fate.slot() == slot && fate.fate() == Fate.EXECUTED)
        .map(fate -> fate.kind().word() + " " + fate.registration())
        .toList();
  }

  @Test
  void wavesRunInTheirOrder() {
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[32], Stage.PUPPET));
    Script start = new Script();
    byte[] work = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    start.call(SOL_WQ_INIT, QUEUE, Stage.MAP_ID);
    start.call(SOL_WQ_SET_CALLBACK, QUEUE, start.bytes(work), work.length);
    Callbacks.subscribe(
        start, 6, Callbacks.programEvent(new byte[32], "E", new byte[0]), Callbacks.recording());
    Callbacks.watchKind(start, Stage.map(Stage.PUPPET).bytes(), 2, Callbacks.recording());
    stage.send(start);
    stage.simulation.finish();
    stage.fates.clear();
    Script all = new Script();
    all.call(SOL_WQ_START, QUEUE);
    Callbacks.emit(all, "E", new byte[0]);
    all.add(Puppet.STORE, Stage.MAP_ADDRESS + 600, 1);
    stage.send(Callbacks.timer(105, all));
    stage.steps(5);
    assertThat(runs(105)).containsExactly("timer 4", "watcher 3", "event 2", "work 1");
  }

  @Test
  void prioritiesComeFirstThenTheOrderOfCreation() {
    for (int i = 0; i < 4; i++) {
      stage.send(Callbacks.timer(105, Callbacks.recording()));
    }
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, 3, 2, 3));
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, 1, 2, 0));
    stage.steps(5);
    assertThat(runs(105)).containsExactly("timer 3", "timer 2", "timer 4", "timer 1");
  }

  @Test
  void theFirstThatDoesNotFitClosesTheSlot() {
    stage.send(Callbacks.timer(105, Callbacks.spinning(100_000), 300_000));
    stage.send(Callbacks.timer(105, Callbacks.recording(), 200_000));
    stage.send(Callbacks.timer(105, Callbacks.recording(), 1_000));
    stage.send(Callbacks.timer(106, Callbacks.recording(), 50_000));
    stage.steps(6);
    assertThat(stage.fates)
        .extracting(fate -> fate.slot() + " " + fate.registration() + " " + fate.fate())
        .containsExactly(
            "105 1 EXECUTED",
            "105 2 DEFERRED",
            "105 3 DEFERRED",
            "106 2 EXECUTED",
            "106 3 EXECUTED",
            "106 4 EXECUTED");
  }

  @Test
  void skippingFillsTheSlotWithWhatFits() {
    Stage filling = new Stage(Settings.DEFAULT.withStartSlot(100).withFillSkip(true), null);
    filling.send(Callbacks.timer(105, Callbacks.spinning(100_000), 300_000));
    filling.send(Callbacks.timer(105, Callbacks.recording(), 250_000));
    filling.send(Callbacks.timer(105, Callbacks.recording(), 50_000));
    filling.steps(6);
    assertThat(filling.fates)
        .extracting(fate -> fate.slot() + " " + fate.registration() + " " + fate.fate())
        .containsExactly("105 1 EXECUTED", "105 2 DEFERRED", "105 3 EXECUTED", "106 2 EXECUTED");
  }

  @Test
  void whatWasNotConsumedReturnsToTheSlot() {
    stage.send(Callbacks.timer(105, Callbacks.recording(), 400_000));
    stage.send(Callbacks.timer(105, Callbacks.recording(), 390_000));
    stage.steps(5);
    assertThat(runs(105)).hasSize(2);
    assertThat(stage.simulation.summary().units()).isLessThan(10_000);
  }

  @Test
  void failureIsChargedToo() {
    Script failing = Callbacks.spinning(100_000);
    failing.add(Puppet.EXIT, 1);
    stage.send(Callbacks.timer(105, failing, 300_000));
    stage.send(Callbacks.timer(105, Callbacks.recording(), 300_000));
    stage.steps(5);
    assertThat(stage.fatesOf(1)).containsExactly("105 RETRIED");
    assertThat(stage.fates.get(0).units()).isGreaterThan(200_000);
    assertThat(stage.fatesOf(2)).containsExactly("105 DEFERRED");
  }

  @Test
  void aSlotIsProcessedOnce() {
    stage.send(Callbacks.timer(101, Callbacks.recording()));
    stage.steps(1);
    stage.simulation.finish();
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
  }

  @Test
  void aCarriedOverTickGathersTheFollowingOnes() {
    Script script = new Script();
    Callbacks.periodic(script, 105, 2, Callbacks.recording());
    stage.send(script);
    for (int i = 0; i < 5; i++) {
      stage.send(Callbacks.timer(104, Callbacks.spinning(190_000), 400_000));
    }
    stage.steps(11);
    assertThat(stage.fatesOf(1))
        .containsExactly(
            "105 DEFERRED", "107 COALESCED", "109 EXECUTED", "109 EXECUTED", "111 EXECUTED");
    assertThat(stage.fates.stream().filter(f -> f.registration() == 1).map(FateRecord::nominal))
        .containsExactly(105L, 107L, 105L, 109L, 111L);
  }

  @Test
  void catchingUpRunsEveryTickOneASlot() {
    Script script = new Script();
    Callbacks.periodic(script, 103, 3, Callbacks.recording());
    script.call(SOL_REGISTRATION_SET, Script.result(0), 1, CATCH_UP);
    stage.send(script);
    stage.simulation.skip(10);
    stage.steps(8);
    // ticks 103, 106, 109, 112, 115, 118 in slots 111 and following
    assertThat(stage.fatesOf(1))
        .containsExactly(
            "111 EXECUTED",
            "112 EXECUTED",
            "113 EXECUTED",
            "114 EXECUTED",
            "115 EXECUTED",
            "118 EXECUTED");
    assertThat(stage.fates)
        .extracting(FateRecord::nominal)
        .containsExactly(103L, 106L, 109L, 112L, 115L, 118L);
  }

  @Test
  void skippingLetsLateTicksExpire() {
    Script script = new Script();
    Callbacks.periodic(script, 103, 3, Callbacks.recording());
    script.call(SOL_REGISTRATION_SET, Script.result(0), 1, SKIP);
    stage.send(script);
    stage.simulation.skip(11);
    stage.steps(4);
    // 103, 106 and 109 are late in slot 112, to which a tick belongs
    assertThat(stage.fatesOf(1))
        .containsExactly("112 EXPIRED", "112 EXPIRED", "112 EXECUTED", "115 EXECUTED");
    assertThat(stage.fates).extracting(FateRecord::count).containsExactly(1L, 2L, 1L, 1L);
  }

  @Test
  void whatFellDueInAGapRunsInNominalOrder() {
    stage.send(Callbacks.timer(108, Callbacks.recording()));
    stage.send(Callbacks.timer(104, Callbacks.recording()));
    stage.send(Callbacks.timer(106, Callbacks.recording()));
    stage.simulation.skip(20);
    stage.steps(1);
    assertThat(runs(121)).containsExactly("timer 2", "timer 3", "timer 1");
  }

  @Test
  void tenFailuresOpenTheBreakerAndOneProbeDecides() {
    Script script = new Script();
    Script failing = new Script();
    failing.add(Puppet.LOAD, Stage.MAP_ADDRESS + 200);
    failing.add(Puppet.SKIP_IF_EQUAL, Script.result(0), 1, 1);
    failing.add(Puppet.EXIT, 5);
    Callbacks.periodic(script, 101, 1, failing);
    stage.send(script);
    stage.steps(110);
    List<String> fates = stage.fatesOf(1);
    assertThat(fates.subList(0, 10)).allMatch(fate -> fate.endsWith(" FAILED"));
    assertThat(fates.subList(10, 109)).allMatch(fate -> fate.endsWith(" SUPPRESSED"));
    assertThat(fates.get(109)).as("the probe").isEqualTo("210 FAILED");
    assertThat(stage.fates.get(50).units()).isZero();
    stage.steps(50);
    assertThat(stage.fatesOf(1).subList(110, 160)).allMatch(f -> f.endsWith(" SUPPRESSED"));
    stage.write(Stage.map(Stage.PUPPET), 200, 1);
    stage.steps(52);
    assertThat(stage.fatesOf(1).subList(208, 212))
        .containsExactly("309 SUPPRESSED", "310 EXECUTED", "311 EXECUTED", "312 EXECUTED");
  }

  @Test
  void aSuppressedOneShotIsDeadLettered() {
    Script script = new Script();
    Callbacks.subscribe(
        script, 6, Callbacks.programEvent(new byte[32], "E", new byte[0]), Callbacks.failing());
    stage.send(script);
    Script emitting = new Script();
    for (int i = 0; i < 12; i++) {
      Callbacks.emit(emitting, "E", new byte[0]);
    }
    stage.send(emitting);
    stage.simulation.finish();
    assertThat(stage.fatesOf(1)).hasSize(12);
    assertThat(stage.fatesOf(1).subList(0, 10)).allMatch(fate -> fate.endsWith(" RETRIED"));
    assertThat(stage.fatesOf(1).subList(10, 12)).allMatch(f -> f.endsWith(" DEAD_LETTERED"));
    assertThat(stage.fates.get(11).reason()).isEqualTo("breaker open until slot 200");
  }

  @Test
  void aDeadLetterIsReplayedOnce() {
    Script script = new Script();
    Script picky = new Script();
    picky.add(Puppet.LOAD, Stage.MAP_ADDRESS + 200);
    picky.add(Puppet.SKIP_IF_EQUAL, Script.result(0), 1, 1);
    picky.add(Puppet.EXIT, 5);
    picky.add(Puppet.LOAD, Stage.MAP_ADDRESS + 208);
    picky.add(Puppet.STORE, Stage.MAP_ADDRESS + 208, 9);
    Callbacks.subscribe(script, 6, Callbacks.programEvent(new byte[32], "E", new byte[0]), picky);
    stage.send(script);
    Script emitting = new Script();
    Callbacks.emit(emitting, "E", new byte[] {4});
    stage.send(emitting);
    stage.steps(10);
    assertThat(stage.fatesOf(1)).endsWith("108 DEAD_LETTERED");
    long seq = stage.fates.get(stage.fates.size() - 1).seq();
    stage.write(Stage.map(Stage.PUPPET), 200, 1);
    assertThat(stage.simulation.replayDeadLetter(seq)).isTrue();
    assertThat(stage.simulation.replayDeadLetter(seq)).isFalse();
    stage.steps(2);
    assertThat(stage.fatesOf(1)).endsWith("108 DEAD_LETTERED", "111 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, 208)).isEqualTo(9);
  }

  @Test
  void nothingDueCostsNothing() {
    stage.send(Callbacks.timer(1_000, Callbacks.recording()));
    stage.steps(50);
    assertThat(stage.fates).isEmpty();
    assertThat(stage.simulation.summary().units()).isZero();
  }

  @Test
  void aProgramHasAtMostSoManyWaitingActivations() {
    Script script = new Script();
    Callbacks.subscribe(
        script,
        6,
        Callbacks.programEvent(new byte[32], "E", new byte[0]),
        Callbacks.spinning(20_000));
    stage.send(script);
    for (int i = 0; i < 11; i++) {
      Script emitting = new Script();
      for (int j = 0; j < 100; j++) {
        Callbacks.emit(emitting, "E", new byte[0]);
      }
      stage.send(emitting);
    }
    stage.simulation.finish();
    long run = stage.fates.stream().filter(f -> f.fate() == Fate.EXECUTED).count();
    assertThat(stage.fates.stream().filter(f -> f.fate() == Fate.DEFERRED).count())
        .isEqualTo(1_024);
    assertThat(stage.fates.stream().filter(f -> f.fate() == Fate.DEAD_LETTERED).count())
        .isEqualTo(1_100 - 1_024 - run);
    stage.steps(200);
    assertThat(stage.simulation.summary().of(Fate.EXECUTED)).isEqualTo(run + 1_024);
  }

  @Test
  void whatIsBegunAfterASlotWasProcessedWaitsForTheNext() {
    Script start = new Script();
    byte[] work = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    start.call(SOL_WQ_INIT, QUEUE, Stage.MAP_ID);
    start.call(SOL_WQ_SET_CALLBACK, QUEUE, start.bytes(work), work.length);
    stage.send(start);
    stage.steps(1);
    stage.send(Callbacks.calling(SOL_WQ_START, QUEUE));
    stage.simulation.finish();
    assertThat(stage.fates).isEmpty();
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("102 EXECUTED");
  }

  @Test
  void whatWaitsLongestComesFirstWhateverItsPriority() {
    for (int slot : new int[] {105, 105, 105, 106}) {
      stage.send(Callbacks.timer(slot, Callbacks.spinning(150_000), 400_000));
    }
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, 3, 2, 0));
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, 4, 2, 3));
    stage.steps(8);
    assertThat(runs(107)).containsExactly("timer 3");
    assertThat(runs(108)).containsExactly("timer 4");
  }
}
