package dev.ovsm.cli;

import dev.ovsm.cli.file.FileCopies;
import dev.ovsm.cli.saved.SavedRun;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do of a run that was saved.
 *
 * @param code what is to be said where there is no assignment
 */
record Resumption(Optional<Assignment> assignment, ExitCode code) {
  /**
   * Reads a snapshot.
   *
   * @param slots how many slots after its start the run ends, or null for as many as before
   */
  static Resumption of(String snapshot, @Nullable Long slots, Diagnostics found) {
    Optional<SavedRun> saved = SavedRun.read(snapshot, found);
    if (saved.isEmpty()) {
      boolean isRefused =
          found.list().stream().anyMatch(one -> one.code() == RunCode.NOT_A_SNAPSHOT);
      return none(isRefused ? ExitCode.NOT_A_PROGRAM : ExitCode.ENVIRONMENT);
    }
    SavedRun earlier = saved.get();
    Optional<Settings> settings =
        Simulation.settings(earlier.state()).filter(one -> found.list().isEmpty());
    if (settings.isEmpty()) {
      found.add(SavedRun.refused(snapshot, "its settings make no sense"));
      return none(ExitCode.NOT_A_PROGRAM);
    }
    return new Resumption(
        Optional.of(
            new Assignment(
                earlier.programs(),
                settings.get(),
                slots == null ? Long.valueOf(earlier.slots()) : slots,
                earlier.sends(),
                earlier.scenario(),
                FileCopies.of(earlier.files()),
                earlier)),
        ExitCode.OK);
  }

  private static Resumption none(ExitCode code) {
    return new Resumption(Optional.empty(), code);
  }
}
