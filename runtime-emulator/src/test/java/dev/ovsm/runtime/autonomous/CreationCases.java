package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_ARGUMENT;
import static dev.ovsm.runtime.autonomous.AsyncCode.INVALID_SLOT;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_BUFFERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.MAX_TIMERS;
import static dev.ovsm.runtime.autonomous.AsyncCode.NO_CAPACITY;
import static dev.ovsm.runtime.autonomous.AsyncCode.SHUTDOWN;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_SCHEDULE_EXECUTION;
import static dev.ovsm.sbpf.Syscall.SOL_SUBSCRIBE_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_DEADLINE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_PERIODIC;
import static dev.ovsm.sbpf.Syscall.SOL_WATCH_ACCOUNT;

import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** What calls that give ids of timers and rings refuse. */
final class CreationCases {
  private static final long HUGE = 1L << 63;
  private static final List<Syscall> TIMED =
      List.of(
          SOL_TIMER_CREATE,
          SOL_TIMER_CREATE_PERIODIC,
          SOL_TIMER_CREATE_DEADLINE,
          SOL_SCHEDULE_EXECUTION);

  private CreationCases() {}

  static void addTo(Cases cases) {
    creations(cases);
  }

  private static void creations(Cases cases) {
    for (Syscall call : TIMED) {
      int budget = call == SOL_TIMER_CREATE || call == SOL_SCHEDULE_EXECUTION ? 4 : 5;
      cases.values(call, INVALID_SLOT, 1, 0, 99, 100, 1_000_101, -1, HUGE);
      cases.common(call, budget - 2, budget);
      cases.add(call, MAX_TIMERS, "sixteen timers", trial -> trial.timers(16));
    }
    cases.values(SOL_TIMER_CREATE_PERIODIC, INVALID_SLOT, 2, 0, 1_000_001, -1, HUGE);
    cases.values(SOL_TIMER_CREATE_DEADLINE, INVALID_SLOT, 2, 109, 1_000_101, 0, -1, HUGE);
    for (Syscall call : TIMED.subList(0, 3)) {
      int data = call == SOL_TIMER_CREATE ? 2 : 3;
      cases.add(
          call,
          INVALID_ARGUMENT,
          "more data than is kept",
          trial -> trial.with(data, trial.mapBytes()).with(data + 1, Call.MOST_DATA + 1));
    }
    for (BadInstruction bad : BadInstruction.values()) {
      cases.add(
          SOL_SCHEDULE_EXECUTION,
          INVALID_ARGUMENT,
          bad.toString(),
          trial -> trial.instruction(2, bad.bytes()));
      cases.add(
          SOL_WATCH_ACCOUNT,
          INVALID_ARGUMENT,
          bad.toString(),
          trial -> trial.instruction(3, bad.bytes()));
      cases.add(
          SOL_SUBSCRIBE_EVENT,
          INVALID_ARGUMENT,
          bad.toString(),
          trial -> trial.with(4, trial.script.structure(bad.bytes())));
    }
    cases.values(SOL_RING_BUFFER_CREATE, INVALID_ARGUMENT, 1, 1, 63, (1 << 20) + 1, -1, HUGE);
    cases.add(SOL_RING_BUFFER_CREATE, MAX_BUFFERS, "eight rings", trial -> trial.rings(8));
    cases.add(SOL_RING_BUFFER_CREATE, SHUTDOWN, "a program that closed itself", Trial::closed);
    cases.add(SOL_RING_BUFFER_CREATE, NO_CAPACITY, "no id is left", Trial::withoutIds);
  }
}
