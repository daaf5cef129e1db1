package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a simulation saves is all that decides how it goes on, and is never trusted. */
class SavedStateTest {
  private static final int SLOTS = 200;

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void aLifeThatIsResumedGoesOnAsTheModelSays(long seed) {
    assertThat(new Play(seed, Play.coverage()).moving(1 + (int) seed).live(SLOTS)).isNull();
  }

  @Test
  void ringsKeepTheirRecords() {
    Stage stage = new Stage();
    Script fill = new Script();
    int ring = fill.call(Syscall.SOL_RING_BUFFER_CREATE, 256);
    fill.call(Syscall.SOL_RING_BUFFER_PUSH, Script.result(ring), fill.bytes(new byte[] {7}), 1);
    stage.send(fill);
    stage.simulation.finish();
    Simulation resumed =
        Simulation.resume(stage.simulation.save(), new Interpreter(), Listener.NONE)
            .simulation()
            .orElseThrow();
    assertThat(resumed.stateHash()).isEqualTo(stage.simulation.stateHash());
    Script take = new Script();
    Script.Argument place = take.bytes(new byte[8]);
    take.call(Syscall.SOL_RING_BUFFER_POP, stage.results.get(0), place, 8);
    take.add(Puppet.LOAD_BYTE, place);
    String before = resumed.stateHash();
    assertThat(resumed.send(Stage.instruction(Stage.PUPPET, take)).logs())
        .contains("Program log: 0x0, 0x1, 0x0, 0x0, 0x0", "Program log: 0x1, 0x7, 0x0, 0x0, 0x0");
    assertThat(resumed.stateHash()).isNotEqualTo(before);
  }

  /** A fork has the registrations, rings, breakers and dead letters of its parent. */
  @Test
  void aForkIsItsParentAndGoesItsOwnWay() {
    Crowd parent = new Crowd(3, 1, new Interpreter()).begin().live(200);
    SavedState here = parent.save();
    String hash = parent.stateHash();
    String later = parent.live(300).stateHash();
    Crowd other = new Crowd(4, 1, new Interpreter()).resume(here);
    assertThat(other.stateHash()).isEqualTo(hash);
    assertThat(other.live(300).stateHash()).isNotEqualTo(later);
    Crowd same = new Crowd(3, 1, new Interpreter()).resume(here);
    assertThat(same.stateHash()).isEqualTo(hash);
    assertThat(same.live(300).stateHash()).isEqualTo(later);
  }

  @Test
  void faultsInjectedBeforeComeAfter() {
    Stage stage = new Stage();
    String before = stage.simulation.stateHash();
    stage.simulation.fail(Stage.PUPPET, 3, new Fault.Starved(100));
    assertThat(stage.simulation.stateHash()).isNotEqualTo(before);
  }

  @Test
  void damagedBytesAreRefusedAndNeverCrash() {
    Stage stage = new Stage();
    Script script = new Script();
    script.call(Syscall.SOL_TIMER_CREATE, 120, script.bytes(new byte[32]), 32, 50_000);
    script.call(
        Syscall.SOL_WATCHER_CREATE,
        Stage.MAP_ADDRESS - 88,
        0,
        script.bytes(new byte[8]),
        8,
        50_000);
    stage.send(script);
    stage.simulation.finish();
    SavedState saved = stage.simulation.save();
    Random random = new Random(1);
    int refused = 0;
    int accounts = accountBytes(stage);
    for (int i = 0; i < 3_000; i++) {
      byte[] state = saved.state().clone();
      if (i % 3 == 0) {
        state = Arrays.copyOf(state, random.nextInt(state.length));
      } else {
        // what stands in accounts may be anything
        int at = accounts + random.nextInt(state.length - accounts);
        state[at] = (byte) (i % 3 == 1 ? random.nextInt() : 0xFF);
      }
      SavedState damaged = new SavedState(saved.settings(), state, saved.tally());
      Simulation.Resumption resumed = Simulation.resume(damaged, new Interpreter(), Listener.NONE);
      refused += resumed.simulation().isEmpty() ? 1 : 0;
      resumed
          .simulation()
          .ifPresent(
              simulation -> {
                for (int slot = 0; slot < 30; slot++) {
                  simulation.step();
                }
              });
    }
    assertThat(refused).isBetween(1_000, 2_999);
  }

  private static int accountBytes(Stage stage) {
    long bytes = 8;
    for (Account account : stage.simulation.accounts().values()) {
      bytes += 32 + 8 + 32 + 1 + 8 + 8 + account.data().length;
    }
    return (int) bytes;
  }
}
