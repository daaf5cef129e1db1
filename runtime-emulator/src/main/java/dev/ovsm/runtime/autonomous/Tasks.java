package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.transaction.Instruction;
import java.util.Locale;
import java.util.Optional;

/** Registrations as people ask about them. */
final class Tasks {
  private Tasks() {}

  static Task of(Registration r, Task.Trial now) {
    Instruction callback = r.callback();
    byte[] data = callback == null ? new byte[0] : callback.data();
    return new Task(
        r.id,
        r.owner.program,
        r.kind,
        state(r),
        r.open.stream().filter(t -> t.queue != null).mapToLong(t -> t.due).min().orElse(-1),
        r.open.size(),
        r.breaker.failures(),
        r.breaker.openUntil(),
        r.period,
        r.priority,
        r.policy,
        r.budget,
        r.fired,
        r.lastSlot,
        r.lastUnits,
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

  /** When a registration falls due, if that is known. */
  static Optional<Forecast.Load> load(Registration r) {
    return r.open.stream()
        .filter(t -> t.queue != null)
        .findFirst()
        .map(t -> new Forecast.Load(r.id, t.due, r.period, r.budget, r.priority, r.policy));
  }
}
