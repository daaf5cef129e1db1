package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever programs ask for, they get a code or a fault. */
class HostileCallsTest {
  private static final List<Syscall> CALLS =
      Arrays.stream(Syscall.values()).filter(Syscall::autonomous).toList();
  private static final long TEXT = 0x1_0000_0000L;
  private static final long STACK = 0x2_0000_0000L;
  private static final long HEAP = 0x3_0000_0000L;
  private static final long WINDOW = 0x5_0000_0000L;
  private static final long MAP_END = Stage.MAP_ADDRESS + Stage.MAP_BYTES;

  private final Stage stage = new Stage();

  private static Object argument(Random random, Script script) {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1, 2 -> random.nextInt(40);
      case 3 ->
          pick(random, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 32, (1L << 32) - 1);
      case 4 -> pick(random, TEXT, TEXT - 1, STACK, HEAP, HEAP - 8, WINDOW, WINDOW + 64);
      case 5 -> pick(random, MAP_END - 1, MAP_END, MAP_END + 10_240, HEAP + (32 << 10) - 8, -8);
      case 6 -> pick(random, Stage.MAP_ID, Stage.MAP_ID + 1, Stage.MAP_ID + (1L << 32));
      case 7 -> Stage.MAP_ADDRESS + 64 + 4L * random.nextInt(64);
      case 8 -> {
        byte[] bytes = new byte[random.nextInt(128)];
        random.nextBytes(bytes);
        yield script.bytes(bytes);
      }
      default -> script.structure(Stage.bincode(Stage.PUPPET, new Script()), 50_000);
    };
  }

  private static long pick(Random random, long... all) {
    return all[random.nextInt(all.length)];
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anythingIsAnsweredWithACodeOrAFault(long seed) {
    Random random = new Random(seed);
    int failures = 0;
    for (int i = 0; i < 1_500; i++) {
      Script script = new Script();
      Set<Long> codes = new TreeSet<>(Set.of(0L));
      for (int j = random.nextInt(3); j >= 0; j--) {
        Object[] arguments = new Object[5];
        Arrays.setAll(arguments, k -> argument(random, script));
        Syscall call = CALLS.get(random.nextInt(CALLS.size()));
        script.call(call, arguments);
        Refusals.of(call).forEach(code -> codes.add((long) code.number()));
        script.call(Syscall.SOL_ASYNC_LAST_ERROR);
      }
      TransactionOutcome outcome = stage.attempt(Stage.PUPPET, script);
      for (int j = 1; j < stage.results.size(); j += 2) {
        assertThat(codes).as("%s", stage.logs).contains(stage.results.get(j));
      }
      TransactionError error = outcome.error();
      assertThat(error == null || error instanceof TransactionError.InstructionFailed)
          .as("%s", error)
          .isTrue();
      failures += error == null ? 0 : 1;
      if (i % 10 == 0) {
        stage.steps(1);
      }
    }
    assertThat(failures).isBetween(100, 1_400);
    assertThat(stage.simulation.economics().dropped()).isZero();
    stage.steps(20);
  }

  @Test
  void noLengthReachesFromOneRegionIntoAnother() {
    long end = MAP_END + 10_240;
    for (Syscall call : List.of(Syscall.SOL_RING_BUFFER_PUSH, Syscall.SOL_RINGBUF_OUTPUT)) {
      Script script = new Script();
      int ring = script.call(Syscall.SOL_RING_BUFFER_CREATE, 1 << 20);
      script.call(call, Script.result(ring), HEAP + (32 << 10) - 8, 8);
      script.call(call, Script.result(ring), HEAP + (32 << 10) - 8, 9);
      assertThat(stage.attempt(Stage.PUPPET, script).succeeded()).isFalse();
      assertThat(stage.results).endsWith(0L);
      assertThat(stage.logs.get(stage.logs.size() - 1)).contains("Access violation");
    }
    Script past = new Script();
    past.call(Syscall.SOL_GET_TRIGGER_CONTEXT, STACK - 4, 0, 8);
    assertThat(stage.attempt(Stage.PUPPET, past).succeeded()).isFalse();
    Script handle = new Script();
    handle.call(Syscall.SOL_TIMER_INIT, end + (1L << 33), Stage.MAP_ID);
    assertThat(stage.attempt(Stage.PUPPET, handle).succeeded()).isFalse();
  }

  @Test
  void aHandleCopiedElsewhereIsForged() {
    long first = Stage.MAP_ADDRESS + 64;
    long second = first + 16;
    byte[] instruction = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    Script script = new Script();
    script.call(Syscall.SOL_TIMER_INIT, first, Stage.MAP_ID);
    script.call(
        Syscall.SOL_TIMER_SET_CALLBACK, first, script.bytes(instruction), instruction.length);
    script.call(Syscall.SOL_MEMCPY_, second, first, 16);
    script.call(Syscall.SOL_TIMER_START, second, 5);
    script.call(Syscall.SOL_TIMER_INIT, second, Stage.MAP_ID);
    script.call(Syscall.SOL_TIMER_START, first, 5);
    assertThat(stage.send(script)).containsExactly(0L, 0L, 0L, 2L, 2L, 0L);
    stage.steps(6);
    assertThat(stage.fatesOf(1)).containsExactly("105 EXECUTED");
  }

  @Test
  void aCallbackThatNeverEndsUsesItsBudgetAndNoMore() {
    stage.send(Callbacks.timer(101, Callbacks.spinning(Long.MAX_VALUE)));
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("101 RETRIED");
    assertThat(stage.fates.get(0).units()).isEqualTo(Callbacks.BUDGET);
  }

  @Test
  void aCallbackThatTrapsFailsAlone() {
    Script trap = new Script();
    trap.add(Puppet.STORE, 0, 1);
    stage.send(Callbacks.timer(101, trap));
    stage.send(Callbacks.timer(101, Callbacks.recording()));
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("101 RETRIED");
    assertThat(stage.fatesOf(2)).containsExactly("101 EXECUTED");
  }

  @Test
  void aWatcherAndASubscriptionMayRemoveThemselves() {
    Script script = new Script();
    Callbacks.watchKind(
        script,
        Stage.map(Stage.OTHER).bytes(),
        2,
        Callbacks.calling(Syscall.SOL_WATCHER_REMOVE, 1));
    Callbacks.subscribe(
        script,
        6,
        Callbacks.programEvent(new byte[32], "E", new byte[0]),
        Callbacks.calling(Syscall.SOL_WATCHER_REMOVE, 2));
    Callbacks.emit(script, "E", new byte[0]);
    Callbacks.emit(script, "E", new byte[0]);
    stage.send(script);
    stage.write(Stage.map(Stage.OTHER), 200, 1);
    stage.steps(2);
    stage.write(Stage.map(Stage.OTHER), 200, 2);
    stage.steps(2);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
    assertThat(stage.fatesOf(2)).containsExactly("101 CANCELLED", "101 EXECUTED");
  }

  @Test
  void aProgramAsksForAHundredThousandTimersAndHasSixteen() {
    byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
    Script script = new Script();
    Script.Argument at = script.bytes(data);
    for (int i = 0; i < 100; i++) {
      script.call(Syscall.SOL_TIMER_CREATE, 1_000, at, data.length, 50_000);
    }
    script.call(Syscall.SOL_ASYNC_LAST_ERROR);
    Simulation simulation = new Stage().simulation;
    for (int i = 0; i < 1_000; i++) {
      assertThat(simulation.send(Stage.instruction(Stage.PUPPET, script)).error()).isNull();
    }
    assertThat(simulation.prospects().tasks()).hasSize(16);
    assertThat(stage.send(script)).endsWith(0L, 0L, 4L);
  }

  @Test
  void aProgramThatClosesItselfMayBeginNothingAndLosesAll() {
    byte[] instruction = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    long timer = Stage.MAP_ADDRESS + 64;
    Script before = Callbacks.timer(110, Callbacks.recording());
    before.call(Syscall.SOL_TIMER_INIT, timer, Stage.MAP_ID);
    before.call(
        Syscall.SOL_TIMER_SET_CALLBACK, timer, before.bytes(instruction), instruction.length);
    before.call(Syscall.SOL_RING_BUFFER_CREATE, 64);
    stage.send(before);
    Calling closing = Calling.closing(stage.simulation, Stage.PUPPET);
    Script script = new Script();
    closing.close(script);
    script.call(Syscall.SOL_TIMER_INIT, timer + 16, Stage.MAP_ID);
    script.call(Syscall.SOL_TIMER_START, timer, 5);
    script.call(Syscall.SOL_RING_BUFFER_CREATE, 64);
    script.call(Syscall.SOL_ASYNC_LAST_ERROR);
    byte[] data = new byte[8];
    script.call(Syscall.SOL_TIMER_CREATE, 120, script.bytes(data), data.length, 50_000);
    stage.results.clear();
    assertThat(stage.simulation.send(closing.instruction(script)).error()).isNull();
    assertThat(stage.results).containsExactly(0L, 0L, 7L, 7L, 0L, 7L, 0L);
    assertThat(stage.fatesOf(1)).containsExactly("100 CANCELLED");
    assertThat(stage.simulation.prospects().tasks()).isEmpty();
    stage.steps(20);
    assertThat(stage.fates).hasSize(1);
  }
}
