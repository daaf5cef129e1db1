package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_QUERY_SUBSCRIPTIONS;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_POP;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that an invocation does comes about, or none of it. */
class AtomicityTest {
  private static final long QUEUE = Stage.MAP_ADDRESS + 64;
  private static final long HEAP = 0x3_0000_0000L;
  private static final int VALUE = 200;

  private static final long WORK = 1;
  private static final long SUBSCRIPTION = 2;
  private static final long WATCHER = 3;
  private static final long DOOMED = 4;
  private static final long RING = 5;

  private final Stage stage = new Stage();

  @BeforeEach
  void register() {
    Script script = new Script();
    byte[] instruction = Stage.bincode(Stage.PUPPET, new Script());
    script.call(SOL_WQ_INIT, QUEUE, Stage.MAP_ID);
    script.call(SOL_WQ_SET_CALLBACK, QUEUE, script.bytes(instruction), instruction.length);
    byte[] wanted = Callbacks.programEvent(new byte[32], "E", new byte[0]);
    Callbacks.subscribe(script, 6, wanted, new Script());
    byte[] map = Stage.map(Stage.PUPPET).bytes();
    Callbacks.watch(script, map, Callbacks.criteria(0, VALUE, -1, 9), new Script());
    byte[] data = new Script().data(Stage.ACCOUNT_BYTES);
    script.call(SOL_TIMER_CREATE, 120, script.bytes(data), data.length, Callbacks.BUDGET);
    script.call(SOL_RING_BUFFER_CREATE, 64);
    script.call(SOL_RING_BUFFER_PUSH, RING, script.bytes(new byte[] {11}), 1);
    assertThat(stage.send(script)).containsExactly(0L, 0L, 2L, 3L, 4L, 5L, 0L);
  }

  /** One effect of each kind. */
  private static Script everything() {
    Script script = new Script();
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + VALUE, 9);
    script.call(SOL_RING_BUFFER_POP, RING, HEAP, 8);
    script.call(SOL_RING_BUFFER_PUSH, RING, script.bytes(new byte[] {22}), 1);
    script.call(SOL_RING_BUFFER_CREATE, 128);
    script.call(SOL_WQ_START, QUEUE);
    Callbacks.emit(script, "E", new byte[0]);
    script.call(SOL_TIMER_CANCEL, DOOMED);
    script.call(SOL_REGISTRATION_SET, SUBSCRIPTION, 2, 3);
    byte[] data = new Script().data(Stage.ACCOUNT_BYTES);
    script.call(SOL_TIMER_CREATE, 110, script.bytes(data), data.length, Callbacks.BUDGET);
    return script;
  }

  private void check(boolean happened) {
    stage.steps(25);
    int times = happened ? 1 : 0;
    assertThat(stage.word(Stage.PUPPET, VALUE)).isEqualTo(happened ? 9 : 0);
    assertThat(stage.fatesOf(WORK)).hasSize(times);
    assertThat(stage.fatesOf(SUBSCRIPTION)).hasSize(times);
    assertThat(stage.fatesOf(WATCHER)).hasSize(times);
    assertThat(stage.fatesOf(DOOMED)).hasSize(1).allMatch(f -> f.endsWith("CANCELLED") == happened);
    assertThat(stage.fates).filteredOn(fate -> fate.nominal() == 110).hasSize(times);
    Script asking = new Script();
    asking.call(SOL_RING_BUFFER_POP, RING, HEAP, 8);
    asking.add(Puppet.LOAD_BYTE, HEAP);
    asking.call(SOL_RING_BUFFER_POP, RING, HEAP, 8);
    List<Long> ring = stage.send(asking);
    assertThat(ring).containsExactly(1L, happened ? 22L : 11L, 0L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallbacksEffectsCommitTogetherOrNotAtAll(boolean fails) {
    Script script = everything();
    script.add(Puppet.EXIT, fails ? 7 : 0);
    Script timer = Callbacks.timer(105, script);
    timer.call(SOL_REGISTRATION_SET, Script.result(0), 6, 0);
    long id = stage.send(timer).get(0);
    stage.steps(5);
    assertThat(stage.fatesOf(id)).containsExactly(fails ? "105 DEAD_LETTERED" : "105 EXECUTED");
    check(!fails);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void soDoThoseOfATransaction(boolean fails) {
    Script script = everything();
    script.add(Puppet.EXIT, fails ? 7 : 0);
    assertThat(stage.attempt(Stage.PUPPET, script).succeeded()).isEqualTo(!fails);
    check(!fails);
  }

  /** What the runtime keeps of its own about a failed activation stays. */
  @Test
  void bookkeepingIsNotTakenBack() {
    Script script = everything();
    script.add(Puppet.EXIT, 7);
    long id = stage.send(Callbacks.timer(105, script)).get(0);
    stage.steps(6);
    Script query = new Script();
    query.call(SOL_QUERY_SUBSCRIPTIONS, query.bytes(Stage.PUPPET.bytes()), HEAP, 32);
    int entry = 4 * 64;
    query.add(Puppet.LOAD, HEAP + entry);
    query.add(Puppet.LOAD, HEAP + entry + 8);
    query.add(Puppet.LOAD, HEAP + entry + 32);
    List<Long> told = stage.send(query);
    assertThat(told.get(1)).isEqualTo(id);
    assertThat(told.get(2) >>> 16 & 0xFFFF).as("failures in a row").isEqualTo(2);
    assertThat(told.get(3)).as("fired").isEqualTo(2);
    assertThat(stage.simulation.failures()).isEqualTo(2);
    Economics economics = stage.simulation.economics();
    assertThat(economics.collected()).as("fees").isEqualTo(7 * 10_000_000L + 2 * 100);
  }
}
