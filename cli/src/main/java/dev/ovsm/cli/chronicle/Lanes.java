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
    Lane lane = byId.get(fate.registration());
    if (lane == null && byId.size() < MOST) {
      lane = made(fate);
      byId.put(fate.registration(), lane);
    }
    return lane == null
        ? byId.computeIfAbsent(OTHERS, id -> new Lane(OTHERS, "all others", "", "", axis))
        : lane;
  }

  Collection<Lane> all() {
    return byId.values();
  }

  private Lane made(FateRecord fate) {
    Optional<Task> task = simulation.task(fate.registration());
    String callback = task.map(callbacks::name).orElse("");
    String program = task.map(one -> callbacks.program(one.program())).orElse("");
    return new Lane(fate.registration(), fate.kind().word(), program, callback, axis);
  }
}
