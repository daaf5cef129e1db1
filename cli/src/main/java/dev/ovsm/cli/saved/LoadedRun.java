package dev.ovsm.cli.saved;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.FileCopies;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.vm.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A saved run that is only looked at. */
public record LoadedRun(SavedRun run, Simulation simulation) {
  /** The run of a snapshot; else empty, and {@code found} says why. */
  public static Optional<LoadedRun> read(String name, Diagnostics found) {
    Optional<SavedRun> run = SavedRun.read(name, found);
    if (run.isEmpty()) {
      return Optional.empty();
    }
    Simulation.Resumption resumption =
        Simulation.resume(run.get().state(), new Interpreter(), Listener.NONE);
    if (resumption.simulation().isEmpty()) {
      found.add(SavedRun.refused(name, resumption.problem()));
    }
    return resumption.simulation().map(simulation -> new LoadedRun(run.get(), simulation));
  }

  /** The programs of the run, and those that its scenario deploys. */
  public List<RunnableProgram> everyone() {
    List<RunnableProgram> all = new ArrayList<>(run.programs());
    String scenario = run.scenario();
    if (scenario != null) {
      FileCopies files = FileCopies.of(run.files());
      Scenario.read(scenario, files, run.programs(), new Diagnostics())
          .scenario()
          .ifPresent(played -> all.addAll(played.deployed()));
    }
    return all;
  }
}
