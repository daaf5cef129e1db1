package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_SCHEDULE_EXECUTION;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_DEADLINE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_PERIODIC;

import dev.ovsm.runtime.autonomous.Callback.Decoded;
import dev.ovsm.runtime.autonomous.Registration.Draft;

/** Timers that are known by their id alone. */
final class TimerCalls {
  private TimerCalls() {}

  static void addTo(Calls calls) {
    calls
        .add(SOL_TIMER_CREATE, TimerCalls::create)
        .add(SOL_TIMER_CREATE_PERIODIC, TimerCalls::createPeriodic)
        .add(SOL_TIMER_CREATE_DEADLINE, TimerCalls::createDeadline)
        .add(SOL_SCHEDULE_EXECUTION, TimerCalls::schedule);
  }

  private static long create(
      Call call, long slot, long data, long length, long budget, long unused) {
    Decoded callback = Callback.readOwn(call, data, length);
    return once(call, Kind.TIMER, slot, Timing.NO_DEADLINE, callback, budget);
  }

  private static long schedule(
      Call call, long slot, long instruction, long length, long budget, long unused) {
    Decoded callback = Callback.read(call, instruction, length);
    return once(call, Kind.SCHEDULE, slot, Timing.NO_DEADLINE, callback, budget);
  }

  private static long createDeadline(
      Call call, long earliest, long deadline, long data, long length, long budget) {
    Decoded callback = Callback.readOwn(call, data, length);
    AsyncCode late = deadline < earliest ? AsyncCode.INVALID_SLOT : Checks.target(call, deadline);
    return late == AsyncCode.SUCCESS || callback.instruction() == null
        ? once(call, Kind.DEADLINE, earliest, deadline, callback, budget)
        : call.none(late);
  }

  private static long once(
      Call call, Kind kind, long slot, long deadline, Decoded callback, long budget) {
    if (callback.instruction() == null) {
      return call.none(callback.code());
    }
    AsyncCode code =
        Checks.first(
            Checks.target(call, slot), Checks.budget(call, budget), Checks.room(call, kind));
    if (code != AsyncCode.SUCCESS) {
      return call.none(code);
    }
    Draft draft = new Draft(call.owner(), kind).executes(callback.instruction(), budget);
    Registration registration = call.registry().add(draft.until(deadline));
    call.registry().arm(registration, slot);
    return registration.id;
  }

  private static long createPeriodic(
      Call call, long start, long period, long data, long length, long budget) {
    Decoded callback = Callback.readOwn(call, data, length);
    if (callback.instruction() == null) {
      return call.none(callback.code());
    }
    AsyncCode code =
        Checks.first(
            Checks.target(call, start),
            Checks.period(period),
            Checks.budget(call, budget),
            Checks.room(call, Kind.PERIODIC));
    if (code != AsyncCode.SUCCESS) {
      return call.none(code);
    }
    Draft draft = new Draft(call.owner(), Kind.PERIODIC).executes(callback.instruction(), budget);
    Registration registration = call.registry().add(draft.every(period));
    call.registry().tick(registration, start, start);
    return registration.id;
  }
}
