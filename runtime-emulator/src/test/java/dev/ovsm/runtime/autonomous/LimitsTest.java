package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_EMIT_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;
import static dev.ovsm.sbpf.Syscall.SOL_SCHEDULE_EXECUTION;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_DEADLINE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_PERIODIC;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_THRESHOLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits that all ways of registering share, in one program that uses every family of calls. */
class LimitsTest {
  private static final long FIRST_HANDLE = Stage.MAP_ADDRESS + 64;

  private final Stage stage = new Stage();

  /** Five ways, three of each, and one more. */
  @Test
  void sixteenTimersOfAllKindsAreTheMostOfOneProgram() {
    for (Pubkey program : List.of(Stage.PUPPET, Stage.OTHER)) {
      for (int i = 0; i < 3; i++) {
        List<Long> made = timers(program, i);
        assertThat(made.get(0)).as("a handle").isZero();
        assertThat(made.subList(1, 5)).doesNotContain(0L);
      }
      assertThat(stage.send(program, handle(3))).containsExactly(0L);
      List<Long> refused = new ArrayList<>(timers(program, 4));
      assertThat(refused.get(0)).isEqualTo(4);
      assertThat(refused.subList(1, 5)).containsOnly(0L);
      assertThat(refused.get(5)).isEqualTo(4);
    }
  }

  private List<Long> timers(Pubkey program, int place) {
    byte[] data = new Script().data(Stage.ACCOUNT_BYTES);
    byte[] instruction = Stage.bincode(program, new Script());
    Script script = handle(place);
    Script.Argument own = script.bytes(data);
    script.call(SOL_TIMER_CREATE, 150, own, data.length, 50_000);
    script.call(SOL_TIMER_CREATE_PERIODIC, 150, 10, own, data.length, 50_000);
    script.call(SOL_TIMER_CREATE_DEADLINE, 150, 160, own, data.length, 50_000);
    script.call(SOL_SCHEDULE_EXECUTION, 150, script.bytes(instruction), instruction.length, 50_000);
    script.call(SOL_ASYNC_LAST_ERROR);
    return stage.send(program, script);
  }

  private static Script handle(int place) {
    Script script = new Script();
    script.call(SOL_TIMER_INIT, FIRST_HANDLE + 16L * place, Stage.MAP_ID);
    return script;
  }

  @Test
  void thirtyTwoWatchersAndSubscriptionsAreTheMostOfOneProgram() {
    for (Pubkey program : List.of(Stage.PUPPET, Stage.OTHER)) {
      for (int i = 0; i < 8; i++) {
        assertThat(watchers(program).subList(0, 4)).doesNotContain(0L);
      }
      assertThat(watchers(program)).containsExactly(0L, 0L, 0L, 0L, 5L);
      assertThat(stage.send(program, handle(0))).as("timers count alone").containsExactly(0L);
    }
  }

  private List<Long> watchers(Pubkey program) {
    byte[] account = Stage.map(Stage.OTHER).bytes();
    Script callback = new Script();
    Script script = new Script();
    Callbacks.watch(script, account, Callbacks.criteria(2, 128, -1, 5), callback);
    Callbacks.watchKind(script, account, 0, callback);
    byte[] data = callback.data(Stage.ACCOUNT_BYTES);
    Script.Argument packed = script.structure(data, 50_000);
    script.call(SOL_WATCHER_CREATE_THRESHOLD, script.bytes(account), 4, 128, 5, packed);
    Callbacks.subscribe(
        script, 6, Callbacks.programEvent(new byte[32], "DONE", new byte[0]), callback);
    script.call(SOL_ASYNC_LAST_ERROR);
    return stage.send(program, script);
  }

  /** Neither of what was cancelled, nor of what was taken back, nor of a ring. */
  @Test
  void anIdIsGivenOnce() {
    byte[] data = new Script().data(Stage.ACCOUNT_BYTES);
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Script script = new Script();
      script.call(SOL_TIMER_CREATE, 150, script.bytes(data), data.length, 50_000);
      script.call(SOL_TIMER_CANCEL, Script.result(0));
      if (i == 2) {
        script.add(Puppet.EXIT, 1);
        stage.attempt(Stage.PUPPET, script);
      } else {
        stage.send(script);
      }
      ids.add(stage.results.get(0));
    }
    ids.addAll(stage.send(Callbacks.calling(SOL_RING_BUFFER_CREATE, 64)));
    ids.addAll(stage.send(Stage.OTHER, Callbacks.calling(SOL_RING_BUFFER_CREATE, 64)));
    assertThat(ids).doesNotHaveDuplicates().isSorted().doesNotContain(0L);
  }

  /** No address is looked at before that: the transaction goes on. */
  @Test
  void nullIsLegalWithoutALengthAndCodeOneWithAny() {
    for (long length : List.of(1L, 8L, 1L << 63, -1L)) {
      Script script = new Script();
      final int ring = script.call(SOL_RING_BUFFER_CREATE, 4_096);
      script.call(SOL_TIMER_CREATE, 150, 0, length, 50_000);
      script.call(SOL_ASYNC_LAST_ERROR);
      script.call(SOL_RING_BUFFER_PUSH, Script.result(ring), 0, length);
      script.call(SOL_EMIT_EVENT, script.bytes(new byte[] {65}), 1, 0, length);
      List<Long> results = results(script, length);
      if (!results.isEmpty()) {
        assertThat(results.subList(1, 5)).containsExactly(0L, 1L, 1L, 1L);
      }
    }
    Script script = new Script();
    script.call(SOL_TIMER_CREATE, 150, 0, 0, 50_000);
    script.call(SOL_EMIT_EVENT, script.bytes(new byte[] {65}), 1, 0, 0);
    List<Long> results = stage.send(script);
    assertThat(results.get(0)).isPositive();
    assertThat(results.get(1)).isZero();
  }

  /** A length that costs more than there is ends the program first. */
  private List<Long> results(Script script, long length) {
    boolean isDear = length < 0;
    assertThat(stage.attempt(Stage.PUPPET, script).succeeded()).isEqualTo(!isDear);
    return isDear ? List.of() : List.copyOf(stage.results);
  }

  /** Limits are those of a program: with more programs there is more of everything. */
  @Test
  void nothingLimitsAllProgramsTogether() {
    int programs = 70;
    for (int i = 0; i < programs; i++) {
      Pubkey program = NamedKey.ofProgram("one of many " + i);
      assertThat(stage.simulation.deploy(program, Puppet.elf(null))).isEmpty();
      Account map = Account.of(10_000_000_000L, Stage.mapBytes(), program);
      stage.simulation.put(Stage.map(program), map);
      Script script = new Script();
      for (int handle = 0; handle < 16; handle++) {
        script.call(SOL_TIMER_INIT, FIRST_HANDLE + 16L * handle, Stage.MAP_ID);
      }
      for (int ring = 0; ring < 8; ring++) {
        script.call(SOL_RING_BUFFER_CREATE, 64);
      }
      List<Long> made = stage.send(program, script);
      assertThat(made.subList(0, 16)).containsOnly(0L);
      assertThat(made.subList(16, 24)).doesNotContain(0L);
      for (int four = 0; four < 8; four++) {
        assertThat(watchers(program).subList(0, 4)).doesNotContain(0L);
      }
    }
    assertThat(stage.simulation.prospects().tasks()).hasSize(programs * (16 + 32));
  }
}
