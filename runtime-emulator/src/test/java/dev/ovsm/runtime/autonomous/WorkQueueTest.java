package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.vm.Interpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final long QUEUE = Stage.MAP_ADDRESS + 64;

  private final Stage stage = new Stage();

  private static void prepare(Script script, long queue, Script callback) {
    byte[] instruction = Stage.bincode(Stage.PUPPET, callback);
    script.call(SOL_WQ_INIT, queue, Stage.MAP_ID);
    script.call(SOL_WQ_SET_CALLBACK, queue, script.bytes(instruction), instruction.length);
  }

  @Test
  void workRunsInTheSlotInWhichItIsStarted() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    script.call(SOL_WQ_START, QUEUE);
    assertThat(stage.send(script)).containsExactly(0L, 0L, 0L);
    stage.simulation.finish();
    assertThat(stage.fatesOf(1)).containsExactly("100 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT) & 0xFF).isEqualTo(6);
    stage.send(Callbacks.calling(SOL_WQ_START, QUEUE));
    stage.steps(1);
    assertThat(stage.fatesOf(1)).hasSize(2);
  }

  @Test
  void startingQueuedWorkAgainIsOneRun() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    script.call(SOL_WQ_START, QUEUE);
    script.call(SOL_WQ_START, QUEUE);
    script.call(SOL_WQ_START, QUEUE);
    stage.send(script);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("100 COALESCED", "100 COALESCED", "101 EXECUTED");
  }

  /**
   * Of what is queued, the depth counts what waits for its turn, for room, or for another attempt.
   */
  @Test
  void theDepthIsAllThatWaits() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.failing());
    script.call(SOL_WQ_START, QUEUE);
    stage.send(script);
    assertThat(stage.simulation.queuedWork()).isEqualTo(1);
    stage.simulation.finish();
    assertThat(stage.fatesOf(1)).containsExactly("100 RETRIED");
    assertThat(stage.simulation.queuedWork()).isEqualTo(1);
    Simulation resumed =
        Simulation.resume(stage.simulation.save(), new Interpreter(), Listener.NONE)
            .simulation()
            .orElseThrow();
    assertThat(resumed.queuedWork()).isEqualTo(1);
    stage.steps(8);
    assertThat(stage.fatesOf(1)).endsWith("107 DEAD_LETTERED");
    assertThat(stage.simulation.queuedWork()).isZero();
  }

  @Test
  void workThatHasNoRoomIsStillQueued() {
    Stage narrow = new Stage(Settings.DEFAULT.withStartSlot(100).withSlotBudget(150_000), null);
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.spinning(30_000));
    script.call(SOL_WQ_START, QUEUE);
    narrow.send(script);
    Script other = new Script();
    prepare(other, QUEUE, Callbacks.recording());
    other.call(SOL_WQ_START, QUEUE);
    narrow.send(Stage.OTHER, other);
    assertThat(narrow.simulation.queuedWork()).isEqualTo(2);
    narrow.simulation.finish();
    assertThat(narrow.fatesOf(2)).containsExactly("100 DEFERRED");
    assertThat(narrow.simulation.queuedWork()).isEqualTo(1);
    narrow.steps(1);
    assertThat(narrow.simulation.queuedWork()).isZero();
  }

  @Test
  void workThatStartsItselfRunsInTheNextSlot() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.calling(SOL_WQ_START, QUEUE));
    script.call(SOL_WQ_START, QUEUE);
    stage.send(script);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED", "102 EXECUTED", "103 EXECUTED");
  }

  @Test
  void workStartedByATimerRunsInItsSlot() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    stage.send(script);
    stage.send(Callbacks.timer(105, Callbacks.calling(SOL_WQ_START, QUEUE)));
    stage.steps(6);
    assertThat(stage.fatesOf(1)).containsExactly("105 EXECUTED");
  }

  @Test
  void handlesOfTheOtherKindAreNoQueues() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    script.call(SOL_TIMER_START, QUEUE, 5);
    script.call(SOL_TIMER_INIT, QUEUE, Stage.MAP_ID);
    script.call(SOL_TIMER_INIT, QUEUE + 16, Stage.MAP_ID);
    script.call(SOL_WQ_START, QUEUE + 16);
    script.call(SOL_WQ_START, QUEUE, 1);
    script.call(SOL_WQ_START, 0);
    script.call(SOL_TIMER_SET_CALLBACK, QUEUE, QUEUE, 1);
    assertThat(stage.send(script)).containsExactly(0L, 0L, 2L, 17L, 0L, 2L, 17L, 1L, 2L);
  }

  @Test
  void anOverwrittenHandleCancelsItsWork() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    script.call(SOL_WQ_START, QUEUE);
    stage.send(script);
    stage.send(Callbacks.writing(64, 12));
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("100 CANCELLED");
    assertThat(stage.send(Callbacks.calling(SOL_WQ_START, QUEUE))).containsExactly(2L);
    stage.send(Callbacks.writing(64, 1));
    assertThat(stage.send(Callbacks.calling(SOL_WQ_START, QUEUE))).containsExactly(2L);
  }

  @Test
  void aHandleZeroedBeforeTheCommitIsNone() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    script.call(SOL_WQ_START, QUEUE);
    script.add(Puppet.STORE, QUEUE, 0);
    script.add(Puppet.STORE, QUEUE + 8, 0);
    stage.send(script);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("100 CANCELLED");
    Script again = new Script();
    prepare(again, QUEUE, Callbacks.recording());
    again.call(SOL_WQ_START, QUEUE);
    assertThat(stage.send(again)).containsExactly(0L, 0L, 0L);
    stage.steps(1);
    assertThat(stage.fatesOf(2)).containsExactly("102 EXECUTED");
  }

  @Test
  void anEvictionFromAnLruMapIsToldAsOne() {
    byte[] data = stage.simulation.account(Stage.map(Stage.PUPPET)).orElseThrow().data().clone();
    data[8] = 3;
    stage.simulation.put(
        Stage.map(Stage.PUPPET),
        stage.simulation.account(Stage.map(Stage.PUPPET)).orElseThrow().withData(data));
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    script.call(SOL_WQ_START, QUEUE);
    stage.send(script);
    Script evicting = Callbacks.writing(64, 0);
    evicting.add(Puppet.STORE, Stage.MAP_ADDRESS + 28, 1);
    stage.send(evicting);
    assertThat(stage.fatesOf(1)).containsExactly("100 EVICTED");
  }

  @Test
  void whatAFailedInvocationStartedIsNotQueued() {
    Script script = new Script();
    prepare(script, QUEUE, Callbacks.recording());
    stage.send(script);
    Script failing = Callbacks.calling(SOL_WQ_START, QUEUE);
    failing.add(Puppet.EXIT, 1);
    assertThat(stage.attempt(Stage.PUPPET, failing).succeeded()).isFalse();
    assertThat(stage.results).containsExactly(0L);
    assertThat(stage.simulation.queuedWork()).isZero();
    stage.steps(3);
    assertThat(stage.fates).isEmpty();
  }

  /** A map with room for more items than a program may have queued. */
  @Test
  void aThousandAndTwentyFourAreTheMostAndNoneMakesRoom() {
    int most = 1_024;
    byte[] data = Arrays.copyOf(Stage.mapBytes(), 64 + 16 * (most + 2));
    stage.simulation.put(Stage.map(Stage.PUPPET), Account.of(10_000_000_000L, data, Stage.PUPPET));
    long[] bytes = {data.length};
    byte[] callback = Stage.bincode(Stage.PUPPET, new Script());
    List<Long> started = new ArrayList<>();
    for (int first = 0; first < most + 2; first += 54) {
      Script script = new Script();
      Script.Argument at = script.bytes(callback);
      for (int i = first; i < first + 54; i++) {
        long handle = Layout.accountData(0, bytes) + 64 + 16L * i;
        script.call(SOL_WQ_INIT, handle, Stage.MAP_ID);
        script.call(SOL_WQ_SET_CALLBACK, handle, at, callback.length);
        started.add(0L);
        script.call(SOL_WQ_START, handle);
      }
      stage.results.clear();
      Instruction all = script.instruction(Stage.PUPPET, Stage.metas(Stage.PUPPET), bytes);
      assertThat(stage.simulation.send(all).error()).as("%s", stage.logs).isNull();
      for (int i = 0; i < 54; i++) {
        started.set(first + i, stage.results.get(3 * i + 2));
      }
    }
    assertThat(started).hasSize(most + 2);
    assertThat(started.subList(0, most)).containsOnly(0L);
    assertThat(started.subList(most, most + 2)).containsExactly(18L, 18L);
    stage.steps(20);
    List<Long> ran =
        stage.fates.stream()
            .filter(fate -> fate.fate() == Fate.EXECUTED)
            .map(FateRecord::registration)
            .toList();
    assertThat(ran).containsExactlyElementsOf(LongStream.rangeClosed(1, most).boxed().toList());
  }
}
