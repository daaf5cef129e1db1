package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.AsyncCode.BUDGET_EXCEEDED;
import static dev.ovsm.runtime.autonomous.AsyncCode.INSUFFICIENT_ESCROW;
import static dev.ovsm.runtime.autonomous.AsyncCode.NO_CAPACITY;
import static dev.ovsm.runtime.autonomous.AsyncCode.NULL_POINTER;
import static dev.ovsm.runtime.autonomous.AsyncCode.SHUTDOWN;
import static dev.ovsm.sbpf.Syscall.SOL_WATCH_ACCOUNT;

import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes to calls that succeed, with the code that each is to be refused with. */
final class Cases {
  private static final long HUGE = 1L << 63;

  private final List<Case> all = new ArrayList<>();

  /** One thing that differs from a call that succeeds. */
  record Case(Syscall call, AsyncCode code, String what, Consumer<Trial> change) {}

  /** Those of all calls. */
  static List<Case> all() {
    Cases cases = new Cases();
    HandleCases.addTo(cases);
    CreationCases.addTo(cases);
    WatcherCases.addTo(cases);
    RingCases.addTo(cases);
    EventCases.addTo(cases);
    return cases.all;
  }

  void add(Syscall call, AsyncCode code, String what, Consumer<Trial> change) {
    all.add(new Case(call, code, what, change));
  }

  /** A case for each of some values in a register. */
  void values(Syscall call, AsyncCode code, int register, long... values) {
    for (long value : values) {
      String what = "r" + register + " = " + value;
      add(call, code, what, trial -> trial.with(register, value));
    }
  }

  /** What every way of registering checks, for calls with data and a budget in registers. */
  void common(Syscall call, int data, int budget) {
    values(call, NULL_POINTER, data, 0);
    values(call, BUDGET_EXCEEDED, budget, 400_001, -1, HUGE);
    if (call != SOL_WATCH_ACCOUNT) {
      values(call, BUDGET_EXCEEDED, budget, 0);
    }
    world(call);
  }

  /** What every way of registering finds in the world. */
  void world(Syscall call) {
    add(call, SHUTDOWN, "a program that closed itself", Trial::closed);
    add(call, NO_CAPACITY, "the slot is reserved", trial -> trial.reserved(351));
    add(call, NO_CAPACITY, "no id is left", Trial::withoutIds);
    add(call, INSUFFICIENT_ESCROW, "nothing to pay with", Trial::poor);
  }
}
