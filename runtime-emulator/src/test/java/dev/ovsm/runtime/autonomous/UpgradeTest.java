package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of registrations whose program gets another file. */
class UpgradeTest {
  private static final long TIMER = Stage.MAP_ADDRESS + 64;

  private final Stage stage =
      new Stage(Settings.DEFAULT.withStartSlot(100), PuppetFile.manifest(Set.of(0, 1)));

  /** Upgrades the puppet, which can be called at once. */
  private void upgrade(Integer... entries) {
    assertThat(stage.simulation.upgrade(Stage.PUPPET, PuppetFile.of(Set.of(entries))).succeeded())
        .isTrue();
    PuppetFile.visibleAtOnce(stage.simulation, Stage.PUPPET);
  }

  private static byte[] entry(int number) {
    byte[] bytes = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    bytes[32 + 8 + 34 + 8] = (byte) number;
    return bytes;
  }

  private void timer(int entry) {
    Script script = new Script();
    byte[] instruction = entry(entry);
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(instruction), instruction.length);
    script.call(SOL_TIMER_START, TIMER, 3);
    assertThat(stage.send(script)).containsOnly(0L);
  }

  @Test
  void aRegistrationSurvivesIfItsEntryDoes() {
    timer(0);
    upgrade(0);
    stage.steps(5);
    assertThat(stage.fatesOf(1)).containsExactly("103 EXECUTED");
  }

  @Test
  void elseItIsQuarantinedUntilTheEntryIsBack() {
    timer(1);
    upgrade(0);
    stage.steps(5);
    assertThat(stage.fatesOf(1)).containsExactly("103 QUARANTINED");
    upgrade(1);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("103 QUARANTINED", "106 EXECUTED");
  }

  @Test
  void anotherCallbackEndsTheQuarantine() {
    timer(1);
    upgrade(0);
    stage.steps(5);
    byte[] instruction = entry(0);
    Script script = new Script();
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(instruction), instruction.length);
    assertThat(stage.send(script)).containsExactly(0L);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("103 QUARANTINED", "106 EXECUTED");
  }

  @Test
  void aTimerInQuarantineThatIsStartedAgainFiresOnce() {
    timer(1);
    upgrade(0);
    stage.steps(5);
    assertThat(stage.send(Callbacks.calling(SOL_TIMER_START, TIMER, 5))).containsExactly(0L);
    upgrade(0, 1);
    stage.steps(10);
    assertThat(stage.fatesOf(1))
        .containsExactly("103 QUARANTINED", "105 CANCELLED", "110 EXECUTED");
  }
}
