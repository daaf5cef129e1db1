package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.call.Callbacks;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Task;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A lane for each of the first registrations that anything became of, and one for all others. */
final class Lanes {
  static final int MOST = 200;
  private static final long OTHERS = -1;

  private final Simulation simulation;
  private final Callbacks callbacks;
  private final Axis axis;
  private final Map<Long, Lane> byId = new LinkedHashMap<>();

  Lanes(Simulation simulation, Callbacks callbacks, Axis axis) {
    this.simulation = simulation;
    this.callbacks = callbacks;
    this.axis = axis;
  }

  /** The lane of what this step is about; it is told while the registration is still known. */
  Lane of(FateRecord fate) {
    return of(fate.registration(), fate.kind().word());
  }

  /** The lane of a registration that a fee is for; 0 is none. */
  Lane of(long id) {
    return of(
        id, simulation.prospects().task(id).map(task -> task.kind().word()).orElse("transaction"));
  }

  private Lane of(long id, String kind) {
    Lane lane = byId.get(id);
    if (lane == null && byId.size() < MOST) {
      lane = made(id, kind);
      byId.put(id, lane);
    }
    return lane == null
        ? byId.computeIfAbsent(OTHERS, others -> new Lane(OTHERS, "all others", "", "", axis))
        : lane;
  }

  Collection<Lane> all() {
    return byId.values();
  }

  private Lane made(long id, String kind) {
    Optional<Task> task = simulation.prospects().task(id);
    String callback = task.map(callbacks::name).orElse("");
    String program = task.map(one -> callbacks.program(one.program())).orElse("");
    return new Lane(id, kind, program, callback, axis);
  }
}
