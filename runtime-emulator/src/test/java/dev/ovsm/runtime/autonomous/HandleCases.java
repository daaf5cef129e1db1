package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.BUDGET_EXCEEDED;
import static dev.ovsm.runtime.autonomous.AsyncCode.INSUFFICIENT_ESCROW;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_ARGUMENT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_SLOT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_TIMER;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_TIMERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.NO_CAPACITY;
import static dev.ovsm.runtime.autonomous.AsyncCode.NULL_POINTER;
import static dev.ovsm.runtime.autonomous.AsyncCode.QUEUE_FULL;
import static dev.ovsm.runtime.autonomous.AsyncCode.SHUTDOWN;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_START;

import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** What calls with handles of timers and work queues refuse. */
final class HandleCases {
  private static final long HUGE = 1L << 63;
  private static final long END = Stage.MAP_ADDRESS + Stage.MAP_BYTES;

  private HandleCases() {}

  static void addTo(Cases cases) {
    handles(cases);
  }

  private static void handles(Cases cases) {
    for (Syscall init : List.of(SOL_TIMER_INIT, SOL_WQ_INIT)) {
      cases.values(init, NULL_POINTER, 1, 0);
      // the header of the map, its end, the heap, and an id of another map
      cases.values(init, INVALID_TIMER, 1, Stage.MAP_ADDRESS, END - 15, Trial.OUT);
      cases.values(init, INVALID_TIMER, 2, Stage.MAP_ID + 1, Stage.MAP_ID + (1L << 32), 0, HUGE);
      cases.values(init, INVALID_ARGUMENT, 3, 1, HUGE);
      cases.add(
          init,
          INVALID_TIMER,
          "bytes that are no handle",
          trial -> trial.script.add(Puppet.STORE, Trial.TIMER + 8, 1));
      cases.add(
          init,
          INVALID_ARGUMENT,
          "a second time",
          trial -> trial.script.call(init, Trial.TIMER, Stage.MAP_ID));
      for (int type : new int[] {0, 4, 5, 6, 7, 9, 10}) {
        cases.add(init, INVALID_TIMER, "a map of type " + type, trial -> trial.mapType(type));
      }
      cases.add(init, INVALID_TIMER, "an account that is no map", Trial::noMap);
      cases.add(init, SHUTDOWN, "a program that closed itself", Trial::closed);
      cases.add(init, NO_CAPACITY, "no id is left", Trial::withoutIds);
      cases.add(init, INSUFFICIENT_ESCROW, "nothing to pay with", Trial::poor);
    }
    cases.add(SOL_TIMER_INIT, MAX_TIMERS, "sixteen timers", trial -> trial.timers(16));
    for (Syscall set : List.of(SOL_TIMER_SET_CALLBACK, SOL_WQ_SET_CALLBACK)) {
      cases.values(set, NULL_POINTER, 1, 0);
      cases.values(set, NULL_POINTER, 2, 0);
      cases.values(set, INVALID_TIMER, 1, Trial.TIMER + 16, Trial.OUT, Stage.MAP_ADDRESS);
      cases.values(set, INVALID_ARGUMENT, 3, 0, 47);
      for (BadInstruction bad : BadInstruction.values()) {
        cases.add(
            set, INVALID_ARGUMENT, bad.toString(), trial -> trial.instruction(2, bad.bytes()));
      }
      cases.add(
          set,
          BUDGET_EXCEEDED,
          "a callback that declares too much",
          trial -> trial.instruction(2, BadInstruction.calling(Trial.GREEDY)));
      cases.add(set, NO_CAPACITY, "the slot is reserved", trial -> trial.reserved(350));
    }
    handleStarts(cases);
  }

  private static void handleStarts(Cases cases) {
    cases.values(SOL_TIMER_START, NULL_POINTER, 1, 0);
    cases.values(SOL_TIMER_START, INVALID_TIMER, 1, Trial.TIMER + 16, Trial.OUT, Stage.MAP_ADDRESS);
    cases.values(SOL_TIMER_START, INVALID_SLOT, 2, 0, 1_000_001, -1, HUGE);
    cases.values(SOL_TIMER_START, INVALID_ARGUMENT, 3, 1);
    cases.values(SOL_WQ_START, NULL_POINTER, 1, 0);
    cases.values(SOL_WQ_START, INVALID_TIMER, 1, Trial.TIMER + 16, Trial.OUT);
    cases.values(SOL_WQ_START, INVALID_ARGUMENT, 2, 1);
    cases.add(
        SOL_TIMER_START,
        MAX_TIMERS,
        "its place was taken after it was cancelled",
        trial -> {
          trial.script.call(SOL_TIMER_CANCEL, Trial.TIMER);
          trial.timersInScript(16);
        });
    cases.add(
        SOL_TIMER_START,
        INVALID_TIMER,
        "a forged handle",
        trial -> trial.script.add(Puppet.STORE, Trial.TIMER, 7));
    cases.add(
        SOL_WQ_START,
        INVALID_TIMER,
        "a forged handle",
        trial -> trial.script.add(Puppet.STORE, Trial.TIMER + 8, 7));
    cases.add(SOL_WQ_START, QUEUE_FULL, "as much waits as may", Trial::crowded);
    cases.add(SOL_TIMER_START, SHUTDOWN, "a program that closed itself", Trial::closed);
    cases.add(SOL_WQ_START, SHUTDOWN, "a program that closed itself", Trial::closed);
    beside(cases, SOL_TIMER_START, SOL_TIMER_INIT, "before its callback is set");
    beside(cases, SOL_TIMER_START, SOL_WQ_INIT, "a work queue");
    beside(cases, SOL_WQ_START, SOL_WQ_INIT, "before its callback is set");
    beside(cases, SOL_WQ_START, SOL_TIMER_INIT, "a timer");
    cases.values(SOL_TIMER_CANCEL, NULL_POINTER, 1, 0);
    cases.values(
        SOL_TIMER_CANCEL, INVALID_TIMER, 1, 2, (1L << 32) - 1, Trial.TIMER + 16, Trial.OUT);
    cases.add(
        SOL_TIMER_CANCEL,
        INVALID_TIMER,
        "the timer of another program",
        trial -> trial.with(1, trial.foreign(Callbacks.timer(110, new Script()))));
    cases.add(
        SOL_TIMER_CANCEL,
        INVALID_TIMER,
        "the id of a watcher",
        trial -> trial.with(1, Script.result(trial.watcher())));
  }

  /** A handle beside the one that could be started. */
  private static void beside(Cases cases, Syscall start, Syscall init, String what) {
    cases.add(
        start,
        INVALID_TIMER,
        what,
        trial -> {
          trial.with(1, Trial.TIMER + 16);
          trial.script.call(init, Trial.TIMER + 16, Stage.MAP_ID);
        });
  }
}
