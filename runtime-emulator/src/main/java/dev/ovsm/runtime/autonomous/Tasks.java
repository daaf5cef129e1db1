package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.transaction.Instruction;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Registrations as people ask about them. */
final class Tasks {
  private Tasks() {}

  static Task of(Registration r, Task.Trial now) {
    History history = r.history();
    Instruction callback = r.callback();
    byte[] data = callback == null ? new byte[0] : callback.data();
    return new Task(
        r.id,
        r.owner.program,
        r.kind(),
        state(r),
        r.open().stream().filter(t -> t.queue != null).mapToLong(t -> t.due).min().orElse(-1),
        r.open().size(),
        history.breaker.failures(),
        history.breaker.openUntil(),
        r.period(),
        r.terms.priority(),
        r.terms.policy(),
        r.budget,
        history.fired,
        history.lastSlot,
        history.lastUnits,
        data.length < Long.BYTES ? 0 : LittleEndian.u64(data, 0),
        now);
  }

  /** The word for watchers and subscriptions is armed, since they wait for what may come. */
  private static String state(Registration r) {
    if (r.quarantined) {
      return "quarantined";
    }
    return r.isOneShot() ? r.state.name().toLowerCase(Locale.ROOT) : "armed";
  }

  /** When registrations fall due, as far as that is known, in order of creation of what waits. */
  static List<Forecast.Load> loads(Stream<Registration> registrations) {
    return registrations
        .filter(r -> r.kind().isTimed() || r.isPeriodic())
        .flatMap(r -> r.open().stream())
        .filter(t -> t.queue != null)
        .sorted(Comparator.comparingLong(t -> t.seq))
        .map(Tasks::load)
        .toList();
  }

  /** What follows a tick of the grid follows from the one that is queued for it. */
  private static Forecast.Load load(Trigger t) {
    Registration r = t.registration;
    long period = r.next == null || r.next == t ? r.period() : 0;
    return new Forecast.Load(
        r.id,
        r.kind(),
        r.owner.program,
        t.nominal,
        t.due,
        period,
        r.deadline(),
        r.budget,
        t.priority,
        r.terms.policy());
  }
}
