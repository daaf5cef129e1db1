package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.BUDGET_EXCEEDED;
import static dev.ovsm.runtime.autonomous.AsyncCode.BUFFER_FULL;
import static dev.ovsm.runtime.autonomous.AsyncCode.EVENT_LIMIT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INSUFFICIENT_ESCROW;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_ARGUMENT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_BUFFER;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_TIMER;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_WATCHER;
import static dev.ovsm.runtime.autonomous.AsyncCode.NO_PROGRAM;
import static dev.ovsm.runtime.autonomous.AsyncCode.NULL_POINTER;
import static dev.ovsm.runtime.autonomous.AsyncCode.TAIL_CALL_LIMIT;
import static dev.ovsm.sbpf.Syscall.SOL_EMIT_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_GET_TRIGGER_CONTEXT;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_CURRENT;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_DESTROY;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_NEW;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_NEXT;
import static dev.ovsm.sbpf.Syscall.SOL_ML_DECISION_TREE;
import static dev.ovsm.sbpf.Syscall.SOL_ML_FORWARD;
import static dev.ovsm.sbpf.Syscall.SOL_QUERY_SUBSCRIPTIONS;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_SUBSCRIBE_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_TAIL_CALL;

import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** What calls about events, and all others, refuse. */
final class EventCases {
  private static final long HUGE = 1L << 63;

  private EventCases() {}

  static void addTo(Cases cases) {
    events(cases);
    others(cases);
  }

  private static void events(Cases cases) {
    cases.values(SOL_EMIT_EVENT, NULL_POINTER, 1, 0);
    cases.values(SOL_EMIT_EVENT, NULL_POINTER, 3, 0);
    cases.values(SOL_EMIT_EVENT, INVALID_ARGUMENT, 2, 0);
    cases.add(
        SOL_EMIT_EVENT,
        INVALID_ARGUMENT,
        "an id that is too long",
        trial -> trial.with(1, trial.mapBytes()).with(2, 256));
    cases.add(
        SOL_EMIT_EVENT,
        INVALID_ARGUMENT,
        "more data than an event has",
        trial -> trial.with(3, trial.mapBytes()).with(4, 1_025));
    cases.add(SOL_EMIT_EVENT, EVENT_LIMIT, "a hundred before it", trial -> trial.emissions(100));
    cases.add(SOL_EMIT_EVENT, INSUFFICIENT_ESCROW, "nothing to pay with", Trial::poor);
    cases.add(SOL_EMIT_EVENT, BUFFER_FULL, "a full system ring", Trial::deafened);
    cases.values(SOL_SUBSCRIBE_EVENT, NULL_POINTER, 2, 0);
    cases.values(SOL_SUBSCRIBE_EVENT, NULL_POINTER, 4, 0);
    cases.values(SOL_SUBSCRIBE_EVENT, BUDGET_EXCEEDED, 5, 0, 400_001, -1, HUGE);
    cases.world(SOL_SUBSCRIBE_EVENT);
    cases.values(SOL_SUBSCRIBE_EVENT, INVALID_ARGUMENT, 1, 8, -1, HUGE);
    cases.values(SOL_SUBSCRIBE_EVENT, INVALID_ARGUMENT, 3, 0, 8, 15, 17);
    for (BadTrigger bad : BadTrigger.values()) {
      cases.add(
          SOL_SUBSCRIBE_EVENT,
          bad.code(),
          bad.toString(),
          trial ->
              trial
                  .with(1, bad.type())
                  .with(2, trial.script.bytes(bad.bytes()))
                  .with(3, bad.bytes().length));
    }
  }

  private static void others(Cases cases) {
    cases.values(
        SOL_TAIL_CALL, NO_PROGRAM, 2, Trial.ARRAY + 1, Stage.MAP_ID, Trial.ARRAY + (1L << 32));
    cases.values(SOL_TAIL_CALL, NO_PROGRAM, 3, 1, 3, -1, HUGE);
    cases.values(
        SOL_TAIL_CALL, INVALID_ARGUMENT, 1, 0x1_0000_0000L, 0x2_0000_0000L, 0x5_0000_0000L, 1);
    cases.add(SOL_TAIL_CALL, TAIL_CALL_LIMIT, "after thirty-three", Trial::ping);
    for (Syscall call :
        List.of(SOL_ITER_NUM_NEW, SOL_ITER_NUM_NEXT, SOL_ITER_NUM_CURRENT, SOL_ITER_NUM_DESTROY)) {
      cases.values(call, NULL_POINTER, 1, 0);
    }
    cases.values(SOL_ITER_NUM_NEW, INVALID_ARGUMENT, 2, 3, Long.MAX_VALUE);
    cases.values(SOL_QUERY_SUBSCRIPTIONS, NULL_POINTER, 1, 0);
    cases.values(SOL_QUERY_SUBSCRIPTIONS, NULL_POINTER, 2, 0);
    cases.values(SOL_GET_TRIGGER_CONTEXT, NULL_POINTER, 1, 0);
    for (Syscall call : List.of(SOL_ML_FORWARD, SOL_ML_DECISION_TREE)) {
      cases.values(call, NULL_POINTER, 1, 0);
      cases.values(call, NULL_POINTER, 3, 0);
      cases.values(call, NULL_POINTER, 5, 0);
      cases.values(call, INVALID_ARGUMENT, 2, 0, 15);
      cases.values(call, INVALID_ARGUMENT, 4, 0, 3, HUGE);
    }
    cases.add(
        SOL_ML_DECISION_TREE,
        INVALID_ARGUMENT,
        "a tree that leads back",
        trial -> trial.tree(new long[][] {{0, 0, 0, 1}}));
    long[][] unset = {{0, 1}, {8, 0}, {-1, 0}, {1, 3}, {2, 4}, {2, -1}, {6, 11}, {7, 2}, {3, 1}};
    for (long[] one : unset) {
      cases.add(
          SOL_REGISTRATION_SET,
          INVALID_ARGUMENT,
          "key " + one[0] + " of a one-shot timer to " + one[1],
          trial -> trial.with(2, one[0]).with(3, one[1]));
    }
    AsyncCode[] unknown = {
      INVALID_TIMER,
      INVALID_TIMER,
      INVALID_WATCHER,
      INVALID_WATCHER,
      INVALID_BUFFER,
      INVALID_TIMER,
      INVALID_TIMER
    };
    for (int key = 1; key <= 7; key++) {
      int which = key;
      cases.add(
          SOL_REGISTRATION_SET,
          unknown[key - 1],
          "key " + key + " of an unknown id",
          trial -> trial.with(1, 77).with(2, which).with(3, 1));
      cases.add(
          SOL_REGISTRATION_SET,
          unknown[key - 1],
          "key " + key + " of another program's",
          trial ->
              trial
                  .with(
                      1,
                      which == 5
                          ? trial.foreign(Callbacks.calling(SOL_RING_BUFFER_CREATE, 64))
                          : trial.foreign(Callbacks.timer(110, new Script())))
                  .with(2, which)
                  .with(3, 1));
    }
    cases.add(
        SOL_REGISTRATION_SET,
        INVALID_ARGUMENT,
        "a ring half open",
        trial -> trial.with(1, trial.ring()).with(2, 5).with(3, 2));
  }
}
