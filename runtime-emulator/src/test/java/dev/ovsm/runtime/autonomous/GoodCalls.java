package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_EMIT_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_DISCARD;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_RESERVE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;

import dev.ovsm.runtime.ml.ModelBytes;
import dev.ovsm.sbpf.Syscall;

/** Arguments with which each system call succeeds in a fresh world. */
final class GoodCalls {
  private final Script script;

  /** Arguments for calls at the end of a script, which may get calls to prepare them. */
  GoodCalls(Script script) {
    this.script = script;
  }

  /** What is in the registers, once the script has been prepared. */
  Object[] arguments(Syscall call) {
    byte[] data = new Script().data(Stage.ACCOUNT_BYTES);
    byte[] instruction = Stage.bincode(Stage.PUPPET, new Script());
    Object own = script.bytes(data);
    Object given = script.bytes(instruction);
    Object key = script.bytes(Stage.map(Stage.OTHER).bytes());
    long budget = Callbacks.BUDGET;
    return switch (call) {
      case SOL_TIMER_INIT, SOL_WQ_INIT -> five(Trial.TIMER, Stage.MAP_ID, 0);
      case SOL_TIMER_SET_CALLBACK -> {
        script.call(SOL_TIMER_INIT, Trial.TIMER, Stage.MAP_ID);
        yield five(Trial.TIMER, given, instruction.length);
      }
      case SOL_WQ_SET_CALLBACK -> {
        script.call(SOL_WQ_INIT, Trial.TIMER, Stage.MAP_ID);
        yield five(Trial.TIMER, given, instruction.length);
      }
      case SOL_TIMER_START -> {
        script.call(SOL_TIMER_INIT, Trial.TIMER, Stage.MAP_ID);
        script.call(SOL_TIMER_SET_CALLBACK, Trial.TIMER, given, instruction.length);
        yield five(Trial.TIMER, 5, 0);
      }
      case SOL_WQ_START -> {
        script.call(SOL_WQ_INIT, Trial.TIMER, Stage.MAP_ID);
        script.call(SOL_WQ_SET_CALLBACK, Trial.TIMER, given, instruction.length);
        yield five(Trial.TIMER, 0);
      }
      case SOL_TIMER_CANCEL -> {
        script.call(SOL_TIMER_INIT, Trial.TIMER, Stage.MAP_ID);
        yield five(Trial.TIMER);
      }
      case SOL_RINGBUF_RESERVE -> five(ring(), 8, 0);
      case SOL_RINGBUF_SUBMIT, SOL_RINGBUF_DISCARD ->
          five(Script.result(script.call(SOL_RINGBUF_RESERVE, ring(), 8)), 0);
      case SOL_RINGBUF_OUTPUT, SOL_RING_BUFFER_PUSH -> five(ring(), own, 8, 0);
      case SOL_RING_BUFFER_POP -> five(ring(), Trial.OUT, 8);
      case SOL_RING_BUFFER_DESTROY -> five(ring());
      case SOL_RING_BUFFER_CREATE -> five(64);
      case SOL_TAIL_CALL -> five(Trial.OUT, Trial.ARRAY, 0);
      case SOL_ITER_NUM_NEW, SOL_ITER_NUM_NEXT, SOL_ITER_NUM_CURRENT, SOL_ITER_NUM_DESTROY ->
          five(Trial.OUT, 1, 2);
      case SOL_WATCH_ACCOUNT ->
          five(
              key,
              script.bytes(Callbacks.criteria(2, 8, -1, 5)),
              given,
              instruction.length,
              budget);
      case SOL_SUBSCRIBE_EVENT ->
          five(0, script.record(10, 5), 16, script.structure(instruction), budget);
      case SOL_EMIT_EVENT -> five(own, 4, own, 8);
      case SOL_SCHEDULE_EXECUTION -> five(Trial.SLOT, given, instruction.length, budget);
      case SOL_QUERY_SUBSCRIPTIONS -> five(key, Trial.OUT, 1);
      case SOL_TIMER_CREATE -> five(Trial.SLOT, own, data.length, budget);
      case SOL_TIMER_CREATE_PERIODIC -> five(Trial.SLOT, 5, own, data.length, budget);
      case SOL_TIMER_CREATE_DEADLINE -> five(Trial.SLOT, Trial.SLOT + 5, own, data.length, budget);
      case SOL_WATCHER_CREATE -> five(key, 0, own, data.length, budget);
      case SOL_WATCHER_CREATE_THRESHOLD -> five(key, 4, 8, 5, script.structure(data, budget));
      case SOL_WATCHER_CREATE_PATTERN -> five(key, 8, own, 4, script.structure(data, budget));
      case SOL_REGISTRATION_SET ->
          five(
              Script.result(script.call(SOL_TIMER_CREATE, Trial.SLOT, own, data.length, budget)),
              2,
              3);
      case SOL_WATCHER_REMOVE ->
          five(
              Script.result(
                  script.call(SOL_WATCHER_CREATE, key, 0, own, data.length, Callbacks.BUDGET)));
      case SOL_GET_TRIGGER_CONTEXT -> five(Trial.OUT, 0, 8);
      case SOL_GET_SLOT, SOL_ASYNC_LAST_ERROR -> five();
      case SOL_ML_FORWARD -> {
        byte[] network = ModelBytes.network(2, 1);
        yield five(script.bytes(network), network.length, script.bytes(new byte[16]), 2, Trial.OUT);
      }
      case SOL_ML_DECISION_TREE -> {
        byte[] tree = ModelBytes.tree(1, new long[][] {{-1, 0, 0, 1}});
        yield five(script.bytes(tree), tree.length, script.bytes(new byte[8]), 1, Trial.OUT);
      }
      default -> throw new AssertionError(call + " is not autonomous");
    };
  }

  private Object ring() {
    return Script.result(script.call(SOL_RING_BUFFER_CREATE, 64));
  }

  private static Object[] five(Object... some) {
    Object[] all = {0, 0, 0, 0, 0};
    System.arraycopy(some, 0, all, 0, some.length);
    return all;
  }
}
