package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.BUDGET_EXCEEDED;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_ARGUMENT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_WATCHER;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_WATCHERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.NULL_POINTER;
import static dev.ovsm.sbpf.Syscall.SOL_SUBSCRIBE_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_PATTERN;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_THRESHOLD;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_REMOVE;
import static dev.ovsm.sbpf.Syscall.SOL_WATCH_ACCOUNT;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.sbpf.Syscall;
import java.util.HexFormat;
import java.util.List;

/** What calls that watch accounts refuse. */
final class WatcherCases {
  private static final long HUGE = 1L << 63;
  private static final List<Syscall> WATCHING =
      List.of(
          SOL_WATCH_ACCOUNT,
          SOL_WATCHER_CREATE,
          SOL_WATCHER_CREATE_THRESHOLD,
          SOL_WATCHER_CREATE_PATTERN,
          SOL_SUBSCRIBE_EVENT);

  private static final List<byte[]> BAD_CRITERIA =
      List.of(
          Callbacks.criteria(3, 2, 8, -1, 1),
          Callbacks.criteria(8, 8, -1, 1),
          Callbacks.criteria(2, 8, 0, 1),
          Callbacks.criteria(2, Account.MAX_DATA - 7, -1, 1),
          flipped(2),
          flipped(3),
          flipped(24),
          flipped(31));

  private WatcherCases() {}

  static void addTo(Cases cases) {
    watchers(cases);
  }

  /** Criteria with something in a byte that is to be 0. */
  private static byte[] flipped(int reserved) {
    byte[] criteria = Callbacks.criteria(2, 8, -1, 1);
    criteria[reserved] = 1;
    return criteria;
  }

  private static void watchers(Cases cases) {
    for (Syscall call : WATCHING) {
      cases.add(call, MAX_WATCHERS, "thirty-two watchers", trial -> trial.watchers(32));
      if (call != SOL_SUBSCRIBE_EVENT) {
        cases.values(call, NULL_POINTER, 1, 0);
      }
    }
    cases.common(SOL_WATCH_ACCOUNT, 3, 5);
    cases.values(SOL_WATCH_ACCOUNT, NULL_POINTER, 2, 0);
    for (byte[] bad : BAD_CRITERIA) {
      cases.add(
          SOL_WATCH_ACCOUNT,
          INVALID_ARGUMENT,
          "criteria of bytes " + HexFormat.of().formatHex(bad),
          trial -> trial.with(2, trial.script.bytes(bad)));
    }
    cases.common(SOL_WATCHER_CREATE, 3, 5);
    cases.values(SOL_WATCHER_CREATE, INVALID_ARGUMENT, 2, 4, 5, 6, 7, -1, HUGE);
    cases.add(
        SOL_WATCHER_CREATE,
        INVALID_ARGUMENT,
        "more data than is kept",
        trial -> trial.with(3, trial.mapBytes()).with(4, Call.MOST_DATA + 1));
    for (Syscall call : List.of(SOL_WATCHER_CREATE_THRESHOLD, SOL_WATCHER_CREATE_PATTERN)) {
      cases.values(call, NULL_POINTER, 5, 0);
      cases.add(
          call,
          NULL_POINTER,
          "data at no address",
          trial -> trial.with(5, trial.script.record(0, 8, Callbacks.BUDGET)));
      for (long budget : new long[] {0, 400_001, HUGE}) {
        cases.add(
            call,
            BUDGET_EXCEEDED,
            "a budget of " + budget,
            trial -> trial.with(5, trial.script.record(0, 0, budget)));
      }
      cases.add(
          call,
          INVALID_ARGUMENT,
          "more data than is kept",
          trial ->
              trial.with(
                  5, trial.script.record(Stage.MAP_ADDRESS, Call.MOST_DATA + 1, Callbacks.BUDGET)));
      cases.world(call);
    }
    long most = Account.MAX_DATA;
    cases.values(SOL_WATCHER_CREATE_THRESHOLD, INVALID_ARGUMENT, 2, 0, 3, 6, -1, HUGE);
    cases.values(SOL_WATCHER_CREATE_THRESHOLD, INVALID_ARGUMENT, 3, -1, most - 7, HUGE);
    cases.values(SOL_WATCHER_CREATE_PATTERN, INVALID_ARGUMENT, 2, -1, most - 3, HUGE);
    cases.values(SOL_WATCHER_CREATE_PATTERN, INVALID_ARGUMENT, 4, 0);
    cases.values(SOL_WATCHER_CREATE_PATTERN, NULL_POINTER, 3, 0);
    cases.add(
        SOL_WATCHER_CREATE_PATTERN,
        INVALID_ARGUMENT,
        "a pattern that is too long",
        trial -> trial.with(3, trial.mapBytes()).with(4, Call.MOST_DATA + 1));
    cases.values(SOL_WATCHER_REMOVE, INVALID_WATCHER, 1, 0, 2, 1L << 32, -1, Trial.TIMER);
    cases.add(
        SOL_WATCHER_REMOVE,
        INVALID_WATCHER,
        "the id of a timer",
        trial -> trial.with(1, Script.result(trial.timersInScript(1))));
    cases.add(
        SOL_WATCHER_REMOVE,
        INVALID_WATCHER,
        "the watcher of another program",
        trial -> trial.with(1, trial.foreignWatcher()));
    cases.add(
        SOL_WATCHER_REMOVE,
        INVALID_WATCHER,
        "one that was removed",
        trial -> trial.script.call(SOL_WATCHER_REMOVE, trial.arguments[0]));
  }
}
