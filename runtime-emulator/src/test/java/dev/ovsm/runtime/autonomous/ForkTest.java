package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_POP;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whoever follows an earlier slot finds everything as it was there, whatever happened since. */
class ForkTest {
  private static final long OUT = 0x3_0000_0000L;

  private final Stage stage = new Stage();

  @Test
  void registrationsComeBackAndGo() {
    stage.send(Callbacks.timer(120, Callbacks.recording()));
    leave(
        () -> {
          assertThat(stage.send(Callbacks.calling(SOL_TIMER_CANCEL, 1))).containsExactly(0L);
          stage.send(Callbacks.timer(121, Callbacks.recording()));
        });
    assertThat(stage.simulation.prospects().tasks()).extracting(Task::id).containsExactly(1L);
    stage.steps(20);
    assertThat(stage.fatesOf(1)).endsWith("120 EXECUTED");
  }

  @Test
  void ringsHaveTheirRecordsAgain() {
    Script script = new Script();
    int ring = script.call(SOL_RING_BUFFER_CREATE, 64);
    script.call(SOL_RING_BUFFER_PUSH, Script.result(ring), script.bytes(new byte[] {5}), 1);
    stage.send(script);
    Script pop = Callbacks.calling(SOL_RING_BUFFER_POP, 1, OUT, 8);
    leave(
        () -> {
          assertThat(stage.send(pop)).containsExactly(1L);
          assertThat(stage.send(pop)).containsExactly(0L);
        });
    assertThat(stage.send(pop)).containsExactly(1L);
    assertThat(stage.send(pop)).containsExactly(0L);
  }

  @Test
  void anOpenBreakerIsClosedAgain() {
    Script script = new Script();
    Callbacks.periodic(script, 101, 1, Callbacks.failing());
    stage.send(script);
    stage.steps(5);
    leave(() -> stage.steps(10));
    Task task = stage.simulation.prospects().task(1).orElseThrow();
    assertThat(task.failures()).isEqualTo(5);
    assertThat(task.openUntil()).isZero();
    stage.fates.clear();
    stage.steps(6);
    assertThat(stage.fatesOf(1)).filteredOn(fate -> fate.endsWith("FAILED")).hasSize(5);
  }

  @Test
  void aDeadLetterThatWasReplayedCanBeReplayed() {
    stage.send(Callbacks.timer(101, Callbacks.failing()));
    stage.steps(10);
    long letter = stage.simulation.prospects().deadLetters().get(0);
    leave(() -> assertThat(stage.simulation.replayDeadLetter(letter)).isTrue());
    assertThat(stage.simulation.prospects().deadLetters()).containsExactly(letter);
    assertThat(stage.simulation.replayDeadLetter(letter)).isTrue();
    assertThat(stage.simulation.replayDeadLetter(letter)).isFalse();
  }

  /** Does something on a branch that is left afterwards. */
  private void leave(Runnable branch) {
    stage.simulation.finish();
    long parent = stage.simulation.slot();
    stage.simulation.mark();
    stage.simulation.step();
    branch.run();
    stage.simulation.finish();
    assertThat(stage.simulation.fork(parent)).isTrue();
    assertThat(stage.simulation.fork(parent - 1)).isFalse();
    stage.simulation.enter();
  }
}
