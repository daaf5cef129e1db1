package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of registrations whose program gets another file. */
class UpgradeTest {
  private static final long TIMER = Stage.MAP_ADDRESS + 64;

  private final Stage stage = new Stage(Settings.DEFAULT.withStartSlot(100), manifest(0, 1));

  private static Manifest manifest(long... entries) {
    List<Manifest.Entry> all = new ArrayList<>();
    Manifest.Account map = new Manifest.Account(Stage.MAP, false, true, Stage.MAP, null);
    for (long entry : entries) {
      all.add(
          new Manifest.Entry(
              "entry-" + entry,
              entry,
              Manifest.EntryKind.CALLBACK,
              true,
              0,
              List.of(),
              List.of(map)));
    }
    return new Manifest("puppet", all, List.of(), List.of(), List.of());
  }

  /** Upgrades the puppet, which can be called at once as if that had been long ago. */
  private void upgrade(long... entries) {
    assertThat(stage.simulation.upgrade(Stage.PUPPET, Puppet.elf(manifest(entries))).succeeded())
        .isTrue();
    Pubkey key =
        DerivedAddress.find(List.of(Stage.PUPPET.bytes()), ProgramIds.LOADER_V3)
            .orElseThrow()
            .address();
    Account data = stage.simulation.account(key).orElseThrow();
    byte[] bytes = data.data().clone();
    LittleEndian.put64(bytes, 4, 0);
    stage.simulation.put(key, data.withData(bytes));
    stage.simulation.put(Stage.PUPPET, stage.simulation.account(Stage.PUPPET).orElseThrow());
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
