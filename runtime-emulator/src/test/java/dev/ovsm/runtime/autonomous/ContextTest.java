package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_GET_SLOT;
import static dev.ovsm.sbpf.Syscall.SOL_GET_TRIGGER_CONTEXT;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_CURRENT;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_DESTROY;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_NEW;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_NEXT;
import static dev.ovsm.sbpf.Syscall.SOL_QUERY_SUBSCRIPTIONS;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_TAIL_CALL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Murmur3;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest {
  private static final long HEAP = 0x3_0000_0000L;
  private static final long ARRAY = Integer.toUnsignedLong(Murmur3.hash("stages"));
  private static final long DATA = Layout.instructionData(Stage.ACCOUNT_BYTES);
  private static final Manifest WITH_ARRAY =
      new Manifest(
          "puppet",
          List.of(),
          List.of(),
          List.of(new Manifest.ArraySpec("stages", List.of(1L, 0L, 2L))),
          List.of());

  private final Stage stage = new Stage(Settings.DEFAULT.withStartSlot(100), WITH_ARRAY);

  @Test
  void theContextTellsWhatTriggered() {
    Script script = new Script();
    Callbacks.periodic(script, 103, 4, Callbacks.recording());
    stage.send(script);
    stage.simulation.skip(8);
    stage.steps(1);
    int at = Callbacks.CONTEXT;
    assertThat(stage.word(Stage.PUPPET, at)).as("kind, missed").isEqualTo(2 | 1L << 32);
    assertThat(stage.word(Stage.PUPPET, at + 8)).as("registration").isEqualTo(1);
    assertThat(stage.word(Stage.PUPPET, at + 16)).as("seq").isEqualTo(1);
    assertThat(stage.word(Stage.PUPPET, at + 24)).as("nominal").isEqualTo(103);
    assertThat(stage.word(Stage.PUPPET, at + 32)).as("actual").isEqualTo(109);
    assertThat(stage.word(Stage.PUPPET, at + 40)).as("payload length").isZero();
  }

  @Test
  void aRetrySaysHowManyAttemptsFailed() {
    Script script = Callbacks.recording();
    script.add(Puppet.LOAD_BYTE, Stage.MAP_ADDRESS + Callbacks.CONTEXT + 2);
    script.add(Puppet.SKIP_IF_EQUAL, Script.result(script.size() - 1), 2, 1);
    script.add(Puppet.EXIT, 5);
    stage.send(Callbacks.timer(101, script));
    stage.steps(6);
    assertThat(stage.fatesOf(1)).containsExactly("101 RETRIED", "102 RETRIED", "104 EXECUTED");
  }

  @Test
  void outsideACallbackThereIsNoContext() {
    Script script = new Script();
    script.call(SOL_GET_TRIGGER_CONTEXT, HEAP, 0, 100);
    script.call(SOL_GET_TRIGGER_CONTEXT, 0, 0, 0);
    script.call(SOL_GET_TRIGGER_CONTEXT, 0, 0, 1);
    script.call(SOL_ASYNC_LAST_ERROR);
    assertThat(stage.send(script)).containsExactly(0L, 0L, 0L, 1L);
  }

  @Test
  void aPartOfTheContextCanBeRead() {
    Script script = new Script();
    script.call(SOL_GET_TRIGGER_CONTEXT, Stage.MAP_ADDRESS + 128, 8, 4);
    script.call(SOL_GET_TRIGGER_CONTEXT, Stage.MAP_ADDRESS + 136, 44, 100);
    script.call(SOL_GET_TRIGGER_CONTEXT, Stage.MAP_ADDRESS + 144, 48, 8);
    script.call(SOL_GET_TRIGGER_CONTEXT, Stage.MAP_ADDRESS + 144, -1, 8);
    stage.send(Callbacks.timer(101, script));
    stage.steps(1);
    assertThat(stage.results).endsWith(48L, 48L, 48L, 48L);
    assertThat(stage.word(Stage.PUPPET, 128)).isEqualTo(1);
    assertThat(stage.word(Stage.PUPPET, 136)).isZero();
    assertThat(stage.word(Stage.PUPPET, 144)).isZero();
  }

  @Test
  void anIteratorGivesEveryNumberOnce() {
    Script script = new Script();
    script.call(SOL_ITER_NUM_NEW, HEAP, -1, 2);
    script.call(SOL_ITER_NUM_CURRENT, HEAP);
    for (int i = 0; i < 5; i++) {
      script.call(SOL_ITER_NUM_NEXT, HEAP);
      script.call(SOL_ITER_NUM_CURRENT, HEAP);
    }
    script.call(SOL_ITER_NUM_DESTROY, HEAP);
    script.call(SOL_ITER_NUM_NEXT, HEAP);
    script.add(Puppet.LOAD, HEAP + 16);
    assertThat(stage.send(script))
        .containsExactly(0L, 0L, HEAP, -1L, HEAP, 0L, HEAP, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
  }

  @Test
  void anInvalidRangeIsAnEmptyIterator() {
    Script script = new Script();
    script.call(SOL_ITER_NUM_NEW, HEAP, 3, 2);
    script.call(SOL_ITER_NUM_NEXT, HEAP);
    script.call(SOL_ITER_NUM_NEW, HEAP, Long.MAX_VALUE, Long.MAX_VALUE);
    script.call(SOL_ITER_NUM_NEXT, HEAP);
    script.call(SOL_ITER_NUM_NEW, HEAP, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    script.call(SOL_ITER_NUM_NEXT, HEAP);
    script.call(SOL_ITER_NUM_NEXT, HEAP);
    script.call(SOL_ITER_NUM_NEXT, HEAP);
    script.call(SOL_ITER_NUM_NEW, 0, 1, 2);
    script.call(SOL_ITER_NUM_NEXT, 0);
    assertThat(stage.send(script)).containsExactly(17L, 0L, 0L, 0L, 0L, HEAP, 0L, 0L, 1L, 0L);
  }

  @Test
  void queriesDescribeRegistrations() {
    Script script = Callbacks.timer(107, Callbacks.failing(), 123_456);
    script.call(SOL_REGISTRATION_SET, Script.result(0), 6, 10);
    Callbacks.periodic(script, 105, 3, Callbacks.recording());
    stage.send(script);
    stage.steps(8);
    Script query = new Script();
    Script.Argument program = query.bytes(Stage.PUPPET.bytes());
    query.call(SOL_QUERY_SUBSCRIPTIONS, program, HEAP, 5);
    for (int i = 0; i < 16; i++) {
      query.add(Puppet.LOAD, HEAP + 8L * i);
    }
    query.call(SOL_QUERY_SUBSCRIPTIONS, program, HEAP, 1);
    query.call(SOL_QUERY_SUBSCRIPTIONS, program, 0, 1);
    query.call(SOL_QUERY_SUBSCRIPTIONS, query.bytes(Stage.OTHER.bytes()), HEAP, 5);
    List<Long> results = stage.send(query);
    assertThat(results.get(0)).isEqualTo(2);
    // the timer: id; kind 0, state 3, 2 failures; next slot, budget, fired, seq, last slot, CU
    assertThat(results.subList(1, 8))
        .startsWith(1L, 3L << 8 | 2L << 16, 110L, 123_456L, 2L)
        .endsWith(108L);
    assertThat(results.subList(6, 9)).isEqualTo(last(1));
    // the periodic one: kind 2, state 2
    assertThat(results.subList(9, 16)).startsWith(2L, 2L | 2L << 8, 111L, 50_000L, 2L);
    assertThat(results.subList(14, 17)).isEqualTo(last(2));
    assertThat(results.subList(17, 20)).containsExactly(1L, 0L, 0L);
  }

  /** The trigger, the slot and the compute units of the last run of a registration, as told. */
  private List<Long> last(long id) {
    FateRecord told =
        stage.fates.stream()
            .filter(fate -> fate.registration() == id)
            .reduce((before, after) -> after)
            .orElseThrow();
    return List.of(told.seq(), told.slot(), told.units());
  }

  @Test
  void queriesCountTheTicksThatWereMissed() {
    Script script = new Script();
    Callbacks.periodic(script, 105, 3, Callbacks.recording());
    stage.send(script);
    stage.steps(5);
    // the ticks of 108, 111 and 114 are one run in slot 115
    stage.simulation.skip(9);
    stage.steps(1);
    Script query = new Script();
    Script.Argument program = query.bytes(Stage.PUPPET.bytes());
    query.call(SOL_QUERY_SUBSCRIPTIONS, program, HEAP, 1);
    query.add(Puppet.LOAD, HEAP + 8);
    assertThat(stage.fatesOf(1)).endsWith("105 EXECUTED", "115 COALESCED", "115 EXECUTED");
    assertThat(stage.send(query).get(1) >>> 32).isEqualTo(2);
  }

  @Test
  void propertiesAreCheckedAndOwned() {
    Script script = Callbacks.timer(107, Callbacks.recording());
    Callbacks.periodic(script, 105, 3, Callbacks.recording());
    Callbacks.watchKind(script, new byte[32], 0, Callbacks.recording());
    stage.send(script);
    Script set = new Script();
    long[][] cases = {
      {1, 1, 0, 17},
      {2, 1, 2, 0},
      {2, 1, 3, 17},
      {1, 2, 3, 0},
      {1, 2, 4, 17},
      {1, 3, 1, 17},
      {3, 3, 1_000_000, 0},
      {3, 3, 1_000_001, 17},
      {1, 4, 1, 17},
      {3, 4, 1, 0},
      {3, 4, 2, 17},
      {1, 5, 1, 8},
      {1, 6, 10, 0},
      {1, 6, 11, 17},
      {2, 6, 1, 17},
      {1, 7, 1, 0},
      {1, 7, -1, 17},
      {1, 8, 0, 17},
      {1, 0, 0, 17},
      {9, 2, 0, 2},
      {9, 3, 0, 3}
    };
    for (long[] one : cases) {
      set.call(SOL_REGISTRATION_SET, one[0], one[1], one[2]);
    }
    List<Long> results = stage.send(set);
    for (int i = 0; i < cases.length; i++) {
      assertThat(results.get(i)).as("case %d", i).isEqualTo(cases[i][3]);
    }
    assertThat(stage.send(Stage.OTHER, Callbacks.calling(SOL_REGISTRATION_SET, 1, 2, 0)))
        .containsExactly(2L);
  }

  @Test
  void aTailCallGoesOnInTheOtherEntry() {
    Script other = new Script();
    other.add(Puppet.STORE, Stage.MAP_ADDRESS + 200, 5);
    other.add(Puppet.LOAD, HEAP);
    other.add(Puppet.STORE, Stage.MAP_ADDRESS + 208, Script.result(1));
    Script script = new Script().orElse(1, other);
    script.add(Puppet.STORE, HEAP, 77);
    script.call(SOL_TAIL_CALL, DATA, ARRAY, 0);
    script.add(Puppet.EXIT, 3);
    stage.send(script);
    assertThat(stage.word(Stage.PUPPET, 200)).isEqualTo(5);
    assertThat(stage.word(Stage.PUPPET, 208)).as("heap contents stay").isEqualTo(77);
    assertThat(stage.logs.stream().filter(line -> line.contains(" consumed "))).hasSize(1);
  }

  @Test
  void thirtyThreeTailCallsAreTheMost() {
    Script script = new Script();
    script.add(Puppet.LOAD, Stage.MAP_ADDRESS + 200);
    script.call(SOL_GET_SLOT);
    script.call(SOL_ITER_NUM_NEW, HEAP, 0, 1);
    script.call(SOL_TAIL_CALL, DATA, ARRAY, 0);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 200, Script.result(3));
    stage.send(script);
    assertThat(stage.word(Stage.PUPPET, 200)).isEqualTo(14);
    assertThat(stage.simulation.deepestTailCall()).isEqualTo(33);
    assertThat(stage.logs.stream().filter(line -> line.startsWith("Program log: 0x1, 0x64")))
        .hasSize(34);
  }

  @Test
  void aTailCallThatCannotBeMadeFallsThrough() {
    Script script = new Script();
    script.call(SOL_TAIL_CALL, DATA, ARRAY, 1);
    script.call(SOL_TAIL_CALL, DATA, ARRAY, 3);
    script.call(SOL_TAIL_CALL, DATA, ARRAY, -1);
    script.call(SOL_TAIL_CALL, DATA, ARRAY + 1, 0);
    script.call(SOL_TAIL_CALL, 0x2_0000_0000L, ARRAY, 0);
    script.call(SOL_ASYNC_LAST_ERROR);
    assertThat(stage.send(script)).containsExactly(15L, 15L, 15L, 15L, 17L, 17L);
  }

  /** An empty place, one behind the last, one far away, and another array. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0, 3", "0, -1", "1, 0"})
  void strictTailCallsEndTheProgram(long array, long index) {
    Stage strict = strict();
    Script script = Callbacks.calling(SOL_TAIL_CALL, DATA, ARRAY + array, index);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 200, 1);
    assertThat(strict.attempt(Stage.PUPPET, script).succeeded()).isFalse();
    assertThat(strict.logs).anyMatch(line -> line.endsWith("tail call refused: NO_PROGRAM"));
    assertThat(strict.word(Stage.PUPPET, 200)).isZero();
  }

  @Test
  void soDoesTheThirtyFourth() {
    Stage strict = strict();
    Script script = Callbacks.calling(SOL_TAIL_CALL, DATA, ARRAY, 0);
    assertThat(strict.attempt(Stage.PUPPET, script).succeeded()).isFalse();
    assertThat(strict.logs).anyMatch(line -> line.endsWith("tail call refused: TAIL_CALL_LIMIT"));
    assertThat(strict.simulation.deepestTailCall()).isEqualTo(33);
  }

  private static Stage strict() {
    return new Stage(Settings.DEFAULT.withStartSlot(100).withStrictTailCalls(true), WITH_ARRAY);
  }

  @Test
  void aChainSharesOneMeterAndFailsAsOne() {
    Script other = new Script();
    other.add(Puppet.SPIN, 30_000);
    Script script = new Script().orElse(1, other);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 200, 5);
    script.call(SOL_TAIL_CALL, DATA, ARRAY, 0);
    stage.send(Callbacks.timer(101, script));
    stage.steps(1);
    assertThat(stage.word(Stage.PUPPET, 200)).isZero();
    assertThat(stage.fates.get(0).units()).isEqualTo(Callbacks.BUDGET);
  }

  @Test
  void aTimerMayCancelItselfInItsOwnCallback() {
    Script script = new Script();
    Callbacks.periodic(script, 103, 4, Callbacks.calling(SOL_TIMER_CANCEL, 1));
    stage.send(script);
    stage.steps(20);
    assertThat(stage.fatesOf(1)).containsExactly("103 CANCELLED", "103 EXECUTED");
    assertThat(stage.results).endsWith(0L);
  }
}
