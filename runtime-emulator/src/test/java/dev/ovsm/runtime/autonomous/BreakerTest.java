package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_PERIODIC;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a failure, what failures lead to, and what is left of what was given up. */
class BreakerTest {
  private static final int SWITCH = 200;
  private static final int COUNT = 208;
  private static final int SKIP = 2;

  private final Stage stage = new Stage();

  /** Fails unless the switch is on; else adds one to the count. */
  private static Script switched() {
    Script script = new Script();
    script.add(Puppet.LOAD, Stage.MAP_ADDRESS + SWITCH);
    script.add(Puppet.SKIP_IF_EQUAL, Script.result(0), 1, 1);
    script.add(Puppet.EXIT, 5);
    script.add(Puppet.LOAD, Stage.MAP_ADDRESS + COUNT);
    for (long count = 0; count < 3; count++) {
      script.add(Puppet.SKIP_IF_EQUAL, Script.result(3), count, 1);
      script.add(Puppet.SKIP_IF_EQUAL, 0, 0, 2);
      script.add(Puppet.STORE, Stage.MAP_ADDRESS + COUNT, count + 1);
      script.add(Puppet.EXIT, 0);
    }
    return script;
  }

  private void turn(boolean on) {
    stage.write(Stage.map(Stage.PUPPET), SWITCH, on ? 1 : 0);
  }

  private long subscribe(Script callback) {
    Script script = new Script();
    byte[] wanted = Callbacks.programEvent(new byte[32], "E", new byte[0]);
    Callbacks.subscribe(script, 6, wanted, callback);
    return stage.send(script).get(0);
  }

  private void emit(int times) {
    Script script = new Script();
    for (int i = 0; i < times; i++) {
      Callbacks.emit(script, "E", new byte[] {4});
    }
    stage.send(script);
  }

  /** Three events, each tried after 0, 1, 3 and 7 slots: the tenth attempt is the last. */
  @Test
  void everyFailedAttemptCounts() {
    long id = subscribe(Callbacks.failing());
    emit(3);
    stage.simulation.finish();
    stage.steps(20);
    List<String> expected = new ArrayList<>();
    for (int slot : new int[] {100, 101, 103}) {
      expected.addAll(List.of(slot + " RETRIED", slot + " RETRIED", slot + " RETRIED"));
    }
    expected.addAll(List.of("107 DEAD_LETTERED", "107 DEAD_LETTERED", "107 DEAD_LETTERED"));
    assertThat(stage.fatesOf(id)).isEqualTo(expected);
    assertThat(stage.simulation.failures()).isEqualTo(10);
    assertThat(stage.fates.subList(10, 12))
        .allMatch(fate -> fate.reason().equals("breaker open until slot 207") && fate.units() == 0);
  }

  @Test
  void anAttemptHasANumberOfItsOwnAndThePayloadOfTheFirst() {
    Script recording = Callbacks.recording();
    recording.add(Puppet.LOAD_BYTE, Stage.MAP_ADDRESS + Callbacks.CONTEXT + 2);
    recording.add(Puppet.SKIP_IF_EQUAL, Script.result(recording.size() - 1), 2, 1);
    recording.add(Puppet.EXIT, 5);
    long id = subscribe(recording);
    emit(1);
    stage.steps(2);
    long between = stage.send(Callbacks.timer(110, new Script())).get(0);
    stage.steps(4);
    assertThat(stage.fatesOf(id)).containsExactly("101 RETRIED", "102 RETRIED", "104 EXECUTED");
    assertThat(stage.fates).extracting(FateRecord::seq).containsExactly(1L, 2L, 3L);
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 16)).as("its number").isEqualTo(3);
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 48) & 0xFF).isEqualTo(4);
    stage.steps(10);
    assertThat(stage.fates.get(3).registration()).isEqualTo(between);
    assertThat(stage.fates.get(3).seq()).isEqualTo(4);
  }

  @Test
  void aSuccessEndsTheRow() {
    Script script = new Script();
    Callbacks.periodic(script, 101, 1, switched());
    stage.send(script);
    stage.steps(9);
    turn(true);
    stage.steps(1);
    turn(false);
    stage.steps(9);
    assertThat(stage.fates.stream().filter(fate -> fate.fate() == Fate.FAILED)).hasSize(18);
    turn(true);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).endsWith("120 EXECUTED").noneMatch(f -> f.endsWith("SUPPRESSED"));
    turn(false);
    stage.steps(11);
    assertThat(stage.fatesOf(1)).endsWith("130 FAILED", "131 SUPPRESSED");
  }

  @Test
  void aProbeIsOneAndWhatFollowsItsFailureWaitsAgain() {
    Script script = new Script();
    Callbacks.periodic(script, 101, 1, switched());
    stage.send(script);
    stage.steps(109);
    assertThat(stage.simulation.failures()).isEqualTo(10);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).endsWith("209 SUPPRESSED", "210 FAILED");
    stage.steps(99);
    assertThat(stage.simulation.failures()).isEqualTo(11);
    turn(true);
    stage.steps(1);
    turn(false);
    stage.steps(10);
    assertThat(stage.fatesOf(1)).endsWith("319 FAILED", "320 FAILED").contains("310 EXECUTED");
    stage.steps(1);
    assertThat(stage.fatesOf(1)).as("ten more").endsWith("320 FAILED", "321 SUPPRESSED");
  }

  /** The first decides about the others. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofManyExactlyOneIsTheProbe(boolean succeeds) {
    long id = subscribe(switched());
    emit(10);
    stage.steps(1);
    assertThat(stage.simulation.failures()).isEqualTo(10);
    stage.simulation.skip(99);
    turn(succeeds);
    stage.simulation.enter();
    emit(3);
    stage.fates.clear();
    stage.simulation.finish();
    String after = succeeds ? "201 EXECUTED" : "201 DEAD_LETTERED";
    String probe = succeeds ? "201 EXECUTED" : "201 RETRIED";
    List<String> fates = stage.fatesOf(id);
    assertThat(fates).as("ten that are tried again, and three").hasSize(13);
    assertThat(fates.get(0)).isEqualTo(probe);
    assertThat(fates.subList(1, 13)).containsOnly(after);
    assertThat(stage.simulation.failures()).isEqualTo(succeeds ? 10 : 11);
  }

  @Test
  void expiryIsNoFailure() {
    Script script = new Script();
    byte[] greedy = Callbacks.spinning(180_000).data(Stage.ACCOUNT_BYTES);
    Script.Argument at = script.bytes(greedy);
    script.call(SOL_TIMER_CREATE_PERIODIC, 101, 1, at, greedy.length, 400_000);
    Callbacks.periodic(script, 101, 1, Callbacks.recording());
    script.call(SOL_REGISTRATION_SET, Script.result(1), 1, SKIP);
    stage.send(script);
    stage.steps(12);
    assertThat(stage.fatesOf(2)).hasSize(12).allMatch(fate -> fate.endsWith(" EXPIRED"));
    stage.send(Callbacks.calling(SOL_TIMER_CANCEL, 1));
    stage.steps(1);
    assertThat(stage.fatesOf(2)).endsWith("112 EXPIRED", "113 EXECUTED");
  }

  @Test
  void cancelAndDeferralAreNoFailures() {
    byte[] callback = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    long handle = Stage.MAP_ADDRESS + 64;
    Script script = new Script();
    script.call(SOL_TIMER_INIT, handle, Stage.MAP_ID);
    script.call(SOL_TIMER_SET_CALLBACK, handle, script.bytes(callback), callback.length);
    for (int i = 0; i < 12; i++) {
      script.call(SOL_TIMER_START, handle, 5);
      script.call(SOL_TIMER_CANCEL, handle);
    }
    script.call(SOL_TIMER_START, handle, 5);
    stage.send(script);
    stage.steps(5);
    assertThat(stage.fatesOf(1)).hasSize(13).endsWith("105 EXECUTED");
    long id = subscribe(new Script());
    stage.send(Callbacks.timer(106, Callbacks.spinning(180_000), 400_000));
    stage.simulation.enter();
    emit(12);
    stage.simulation.finish();
    stage.steps(1);
    assertThat(stage.fatesOf(id)).hasSize(24).startsWith("106 DEFERRED").endsWith("107 EXECUTED");
    assertThat(stage.fatesOf(id)).filteredOn(f -> f.endsWith("EXECUTED")).hasSize(12);
  }

  @Test
  void aLetterTellsWhyAndIsReplayedOnce() {
    long id = subscribe(switched());
    emit(1);
    stage.steps(10);
    FateRecord last = stage.fates.get(stage.fates.size() - 1);
    assertThat(last.fate()).isEqualTo(Fate.DEAD_LETTERED);
    assertThat(last.attempt()).isEqualTo(3);
    assertThat(last.reason()).isEqualTo("custom program error: 0x5");
    assertThat(last.units()).isPositive();
    turn(true);
    assertThat(stage.simulation.prospects().deadLetters()).containsExactly(last.seq());
    assertThat(stage.simulation.replayDeadLetter(last.seq())).isTrue();
    assertThat(stage.simulation.replayDeadLetter(last.seq())).isFalse();
    assertThat(stage.simulation.prospects().deadLetters()).isEmpty();
    stage.steps(5);
    assertThat(stage.fatesOf(id)).endsWith("108 DEAD_LETTERED", "111 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, COUNT)).isEqualTo(1);
  }
}
