package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.ml.ModelBytes;
import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What system calls charge, found by comparing scripts that differ in one call. */
class CostTest {
  private static final List<Syscall> CALLABLE =
      Arrays.stream(Syscall.values()).filter(Puppet::isCallable).toList();
  private static final long GET_SLOT_UNITS = 100;

  private final Stage stage = new Stage();

  private long units(Syscall syscall, Object... arguments) {
    Script script = new Script();
    script.call(syscall, arguments);
    return stage.attempt(Stage.PUPPET, script).units();
  }

  /** What a call charges: its script's units but for what the dispatch to it takes. */
  private long cost(Syscall syscall, Object... arguments) {
    int further = CALLABLE.indexOf(syscall) - CALLABLE.indexOf(Syscall.SOL_GET_SLOT);
    return units(syscall, arguments) - units(Syscall.SOL_GET_SLOT) - further + GET_SLOT_UNITS;
  }

  /** Section by section, what a call costs without data, and which register holds its length. */
  private static long[] expected(Syscall syscall) {
    return switch (syscall) {
      case SOL_GET_SLOT, SOL_ASYNC_LAST_ERROR -> new long[] {100, 0};
      case SOL_ITER_NUM_NEW, SOL_ITER_NUM_NEXT -> new long[] {100, 0};
      case SOL_ITER_NUM_CURRENT, SOL_ITER_NUM_DESTROY -> new long[] {100, 0};
      case SOL_GET_TRIGGER_CONTEXT, SOL_RING_BUFFER_PUSH -> new long[] {100, 3};
      case SOL_RING_BUFFER_POP, SOL_RINGBUF_OUTPUT -> new long[] {100, 3};
      case SOL_RINGBUF_RESERVE -> new long[] {100, 2};
      case SOL_RINGBUF_SUBMIT -> new long[] {100, 0};
      case SOL_EMIT_EVENT -> new long[] {100, 4};
      case SOL_TIMER_START, SOL_WQ_START, SOL_TIMER_CANCEL -> new long[] {200, 0};
      case SOL_WATCHER_REMOVE, SOL_RING_BUFFER_DESTROY -> new long[] {200, 0};
      case SOL_RINGBUF_DISCARD, SOL_REGISTRATION_SET -> new long[] {200, 0};
      case SOL_TIMER_SET_CALLBACK, SOL_WQ_SET_CALLBACK -> new long[] {200, 3};
      case SOL_TIMER_INIT, SOL_WQ_INIT, SOL_RING_BUFFER_CREATE -> new long[] {1000, 0};
      case SOL_WATCHER_CREATE_THRESHOLD -> new long[] {1000, 0};
      case SOL_TIMER_CREATE, SOL_SCHEDULE_EXECUTION -> new long[] {1000, 3};
      case SOL_SUBSCRIBE_EVENT -> new long[] {1000, 3};
      case SOL_TIMER_CREATE_PERIODIC, SOL_TIMER_CREATE_DEADLINE -> new long[] {1000, 4};
      case SOL_WATCH_ACCOUNT, SOL_WATCHER_CREATE -> new long[] {1000, 4};
      case SOL_WATCHER_CREATE_PATTERN -> new long[] {1000, 4};
      case SOL_TAIL_CALL -> new long[] {150, 0};
      case SOL_QUERY_SUBSCRIPTIONS -> new long[] {100, 0};
      case SOL_ML_FORWARD -> new long[] {1000, 0};
      case SOL_ML_DECISION_TREE -> new long[] {500, 0};
      default -> throw new AssertionError(syscall + " is not autonomous");
    };
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = "SOL_.*")
  void everyCallCostsWhatItShould(Syscall syscall) {
    if (!syscall.autonomous()) {
      return;
    }
    long[] expected = expected(syscall);
    assertThat(cost(syscall)).isEqualTo(expected[0]);
    if (expected[1] != 0) {
      Object[] arguments = {0, 0, 0, 0, 0};
      arguments[(int) expected[1] - 1] = 2_749L;
      assertThat(cost(syscall, arguments)).isEqualTo(expected[0] + 10);
    }
  }

  @Test
  void everyAutonomousCallHasAHandler() {
    Set<Syscall> missing = EnumSet.noneOf(Syscall.class);
    for (Syscall syscall : Syscall.values()) {
      if (syscall.autonomous() && !CALLABLE.contains(syscall)) {
        missing.add(syscall);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aQueryCostsByTheEntriesAskedFor() {
    assertThat(cost(Syscall.SOL_QUERY_SUBSCRIPTIONS, 0, 0, 7)).isEqualTo(240);
  }

  @Test
  void modelsCostByTheirWork() {
    byte[] network = ModelBytes.network(2, 3);
    Script script = new Script();
    Script.Argument model = script.bytes(network);
    Script.Argument features = script.bytes(new byte[16]);
    script.call(Syscall.SOL_ML_FORWARD, model, network.length, features, 2, 0x3_0000_0000L);
    long forward = stage.attempt(Stage.PUPPET, script).units();
    assertThat(forward - units(Syscall.SOL_ML_FORWARD)).isEqualTo(6);
    byte[] tree = ModelBytes.tree(1, new long[][] {{0, 1, 2, 5}, {-1, 0, 0, 1}, {-1, 0, 0, 2}});
    Script deciding = new Script();
    deciding.call(
        Syscall.SOL_ML_DECISION_TREE,
        deciding.bytes(tree),
        tree.length,
        deciding.bytes(new byte[8]),
        1,
        0x3_0000_0000L);
    long decide = stage.attempt(Stage.PUPPET, deciding).units();
    assertThat(decide - units(Syscall.SOL_ML_DECISION_TREE)).isEqualTo(10);
  }

  @Test
  void whatCannotBePaidEndsTheProgramBeforeItsArgumentsAreLookedAt() {
    Script script = new Script();
    script.call(Syscall.SOL_RING_BUFFER_PUSH, 1, 0, Long.MIN_VALUE);
    stage.attempt(Stage.PUPPET, script);
    assertThat(stage.logs).anyMatch(line -> line.endsWith("Computational budget exceeded"));
  }
}
