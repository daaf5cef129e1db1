package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_GET_SLOT;
import static dev.ovsm.sbpf.Syscall.SOL_QUERY_SUBSCRIPTIONS;
import static dev.ovsm.sbpf.Syscall.SOL_SCHEDULE_EXECUTION;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_DEADLINE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_PERIODIC;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.autonomous.Script.Argument;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerTest {
  private static final long HEAP = 0x3_0000_0000L;
  private static final long TIMER = Stage.MAP_ADDRESS + 64;

  private final Stage stage = new Stage();

  /** Adds one to the u64 at offset 128 of the map. */
  private static Script counting() {
    Script script = new Script();
    script.add(Puppet.LOAD, Stage.MAP_ADDRESS + 128);
    script.call(SOL_GET_SLOT);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 128, Script.result(1));
    return script;
  }

  private static byte[] data(Script script) {
    return script.data(Stage.ACCOUNT_BYTES);
  }

  private static Script create(long slot, Script callback) {
    Script script = new Script();
    byte[] data = data(callback);
    Argument at = script.bytes(data);
    script.call(SOL_TIMER_CREATE, slot, at, data.length, 50_000);
    script.call(SOL_ASYNC_LAST_ERROR);
    return script;
  }

  @Test
  void firesOnceInItsSlot() {
    List<Long> results = stage.send(create(107, counting()));
    assertThat(results).containsExactly(1L, 0L);
    stage.steps(20);
    assertThat(stage.fatesOf(1)).containsExactly("107 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, 128)).isEqualTo(107);
  }

  @Test
  void slotsThatAreNotAheadAreRefused() {
    for (long slot : new long[] {0, 99, 100, 1_000_101, -1, Long.MAX_VALUE}) {
      assertThat(stage.send(create(slot, counting()))).containsExactly(0L, 6L);
    }
    assertThat(stage.send(create(1_000_100, counting())).get(0)).isEqualTo(1);
  }

  @Test
  void aHandleIsInitialisedOnceAndStartedAfterItsCallbackIsSet() {
    Script callback = counting();
    byte[] instruction = Stage.bincode(Stage.PUPPET, callback);
    Script script = new Script();
    script.call(SOL_TIMER_START, TIMER, 5);
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    script.call(SOL_TIMER_START, TIMER, 5);
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(instruction), instruction.length);
    script.call(SOL_TIMER_START, TIMER, 0);
    script.call(SOL_TIMER_START, TIMER, 5, 1);
    script.call(SOL_TIMER_START, TIMER, 9);
    script.call(SOL_TIMER_START, TIMER, 5);
    script.call(SOL_TIMER_INIT, TIMER + 16, Stage.MAP_ID + 1);
    script.call(SOL_TIMER_INIT, Stage.MAP_ADDRESS, Stage.MAP_ID);
    script.call(SOL_TIMER_INIT, Stage.MAP_ADDRESS + Stage.MAP_BYTES - 15, Stage.MAP_ID);
    script.call(SOL_TIMER_INIT, HEAP, Stage.MAP_ID);
    script.call(SOL_TIMER_INIT, 0, Stage.MAP_ID);
    assertThat(stage.send(script))
        .containsExactly(2L, 0L, 17L, 2L, 0L, 6L, 17L, 0L, 0L, 2L, 2L, 2L, 2L, 1L);
    stage.steps(20);
    assertThat(stage.fatesOf(1)).containsExactly("100 CANCELLED", "105 EXECUTED");
  }

  /** The state of registration 1, as a query numbers it. */
  private long state() {
    Script query = new Script();
    query.call(SOL_QUERY_SUBSCRIPTIONS, query.bytes(Stage.PUPPET.bytes()), HEAP, 1);
    query.add(Puppet.LOAD, HEAP + 8);
    return (stage.send(query).get(1) >>> 8) & 0xFF;
  }

  @Test
  void aHandleGoesThroughItsStates() {
    byte[] instruction = Stage.bincode(Stage.PUPPET, counting());
    stage.send(Callbacks.calling(SOL_TIMER_INIT, TIMER, Stage.MAP_ID));
    assertThat(state()).as("initialized").isEqualTo(1);
    Script script = new Script();
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(instruction), instruction.length);
    stage.send(script);
    assertThat(state()).isEqualTo(1);
    stage.send(Callbacks.calling(SOL_TIMER_START, TIMER, 3));
    assertThat(state()).as("armed").isEqualTo(2);
    stage.steps(3);
    assertThat(state()).as("fired").isEqualTo(3);
    stage.send(Callbacks.calling(SOL_TIMER_START, TIMER, 3));
    assertThat(state()).as("armed").isEqualTo(2);
    stage.send(Callbacks.calling(SOL_TIMER_CANCEL, TIMER));
    assertThat(state()).as("cancelled").isEqualTo(4);
  }

  /** The memory of every account of an instruction can be written, and only its owner's counts. */
  @Test
  void aMapOfAnotherProgramHoldsNoHandles() {
    Script script = new Script();
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    Instruction foreign =
        script.instruction(Stage.OTHER, Stage.metas(Stage.PUPPET), Stage.ACCOUNT_BYTES);
    stage.results.clear();
    assertThat(stage.simulation.send(foreign).error()).isNull();
    assertThat(stage.results).containsExactly(2L);
  }

  @Test
  void anAccountWithoutTheHeaderOfAMapHoldsNoHandles() {
    long first = stage.word(Stage.PUPPET, 0);
    stage.write(Stage.map(Stage.PUPPET), 0, first + 1);
    assertThat(stage.send(Callbacks.calling(SOL_TIMER_INIT, TIMER, Stage.MAP_ID)))
        .containsExactly(2L);
    stage.write(Stage.map(Stage.PUPPET), 0, first);
    assertThat(stage.send(Callbacks.calling(SOL_TIMER_INIT, TIMER, Stage.MAP_ID)))
        .containsExactly(0L);
  }

  @Test
  void aPeriodicTimerKeepsItsGrid() {
    Script script = new Script();
    byte[] data = data(counting());
    script.call(SOL_TIMER_CREATE_PERIODIC, 103, 4, script.bytes(data), data.length, 50_000);
    stage.send(script);
    stage.steps(10);
    stage.simulation.skip(9);
    stage.steps(4);
    assertThat(stage.fatesOf(1))
        .containsExactly(
            "103 EXECUTED", "107 EXECUTED", "120 COALESCED", "120 EXECUTED", "123 EXECUTED");
    assertThat(stage.fates.stream().filter(f -> f.fate() == Fate.COALESCED).findFirst())
        .get()
        .extracting(FateRecord::count)
        .isEqualTo(2L);
  }

  @Test
  void aDeadlineTimerExpires() {
    Script script = new Script();
    Script failing = new Script();
    failing.add(Puppet.EXIT, 1);
    byte[] data = data(failing);
    script.call(SOL_TIMER_CREATE_DEADLINE, 103, 105, script.bytes(data), data.length, 50_000);
    stage.send(script);
    stage.steps(10);
    assertThat(stage.fatesOf(1)).containsExactly("103 RETRIED", "104 RETRIED", "106 EXPIRED");
  }

  @Test
  void onlyTheOwnerCancels() {
    stage.send(create(107, counting()));
    Script cancel = new Script();
    cancel.call(SOL_TIMER_CANCEL, 1);
    assertThat(stage.send(Stage.OTHER, cancel)).containsExactly(2L);
    assertThat(stage.send(cancel)).containsExactly(0L);
    assertThat(stage.send(cancel)).containsExactly(2L);
    stage.steps(10);
    assertThat(stage.fatesOf(1)).containsExactly("100 CANCELLED");
  }

  @Test
  void seventeenTimersAreOneTooMany() {
    for (int i = 0; i < 16; i++) {
      assertThat(stage.send(create(107, counting())).get(0)).isEqualTo(i + 1);
    }
    assertThat(stage.send(create(107, counting()))).containsExactly(0L, 4L);
    stage.steps(7);
    assertThat(stage.send(create(110, counting())).get(0)).isEqualTo(17);
  }

  @Test
  void aFailedActivationIsTriedAgainAndThenGivenUp() {
    Script failing = new Script();
    failing.add(Puppet.EXIT, 7);
    stage.send(create(103, failing));
    stage.steps(20);
    assertThat(stage.fatesOf(1))
        .containsExactly("103 RETRIED", "104 RETRIED", "106 RETRIED", "110 DEAD_LETTERED");
    assertThat(stage.simulation.summary().failures()).isEqualTo(4);
  }

  @Test
  void whatAFailedCallbackDidIsTakenBack() {
    Script failing = create(110, counting());
    failing.add(Puppet.STORE, Stage.MAP_ADDRESS + 128, 1);
    failing.add(Puppet.EXIT, 7);
    stage.send(create(103, failing));
    stage.steps(20);
    assertThat(stage.word(Stage.PUPPET, 128)).isZero();
    assertThat(stage.fates).allMatch(fate -> fate.registration() == 1);
  }

  @Test
  void aCancelledTimerFreesItsPlaceAtOnceAndKeepsItsCallback() {
    byte[] instruction = Stage.bincode(Stage.PUPPET, counting());
    Script script = new Script();
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(instruction), instruction.length);
    script.call(SOL_TIMER_START, TIMER, 3);
    script.call(SOL_TIMER_CANCEL, TIMER);
    Argument at = script.bytes(data(counting()));
    for (int i = 0; i < 16; i++) {
      script.call(SOL_TIMER_CREATE, 110 + i, at, data(counting()).length, 50_000);
    }
    script.call(SOL_TIMER_START, TIMER, 4);
    script.call(SOL_TIMER_CANCEL, 2);
    script.call(SOL_TIMER_START, TIMER, 5);
    List<Long> results = stage.send(script);
    assertThat(results.subList(4, 20)).doesNotContain(0L);
    assertThat(results.subList(20, 23)).containsExactly(4L, 0L, 0L);
    stage.steps(6);
    assertThat(stage.fatesOf(1)).containsExactly("100 CANCELLED", "105 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, 128)).isEqualTo(105);
  }

  @Test
  void anInstructionHasAtMost64AccountsAndNoSigners() {
    for (int[] one : new int[][] {{64, 0, 0}, {65, 0, 17}, {1, 1, 17}}) {
      LittleEndian out = new LittleEndian(32 + 8 + 34 * one[0] + 8);
      out.raw(Stage.PUPPET.bytes()).u64(one[0]);
      for (int i = 0; i < one[0]; i++) {
        out.raw(Stage.map(Stage.PUPPET).bytes()).u8(one[1]).u8(0);
      }
      byte[] instruction = out.u64(0).bytes();
      Script script = new Script();
      script.call(
          SOL_SCHEDULE_EXECUTION, 110, script.bytes(instruction), instruction.length, 50_000);
      script.call(SOL_ASYNC_LAST_ERROR);
      assertThat(stage.send(script).get(1)).isEqualTo(one[2]);
    }
  }
}
