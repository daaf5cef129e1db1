package dev.ovsm.cli;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.FileCopies;
import dev.ovsm.cli.run.Grant;
import dev.ovsm.cli.run.Plan;
import dev.ovsm.cli.saved.SavedRun;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.autonomous.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a run, on the command line or in the snapshot that it goes on from.
 *
 * @param slots how many slots to run after the start, or null for the scenario's or the usual ones
 * @param sends calls as they are written
 * @param scenario the name of a scenario's file, or null
 * @param files where the scenario is read from
 * @param earlier the snapshot, or null
 */
record Assignment(
    List<RunnableProgram> programs,
    Settings settings,
    @Nullable Long slots,
    List<String> sends,
    @Nullable String scenario,
    FileCopies files,
    @Nullable SavedRun earlier) {
  private static final long USUAL_SLOTS = 100;

  /**
   * What came of reading it.
   *
   * @param code how the command ends if there is no plan
   */
  record Reading(ExitCode code, Optional<Plan> plan) {
    private static Reading refused(ExitCode code) {
      return new Reading(code, Optional.empty());
    }
  }

  /**
   * Reads the calls, the scenario and the grants; {@code found} says what is wrong with them.
   *
   * @param init the entry that starts the programs, or null for the usual ones
   */
  Reading plan(@Nullable String init, EconomyOptions economy, Diagnostics found) {
    List<Call> calls = new ArrayList<>();
    for (String send : sends) {
      Call.parse(send, programs, settings.startSlot(), found).ifPresent(calls::add);
    }
    if (found.hasErrors()) {
      return Reading.refused(ExitCode.USAGE);
    }
    Scenario.Reading reading =
        scenario == null
            ? new Scenario.Reading(Scenario.Outcome.READ, Optional.empty())
            : Scenario.read(scenario, files, programs, found);
    if (reading.outcome() != Scenario.Outcome.READ) {
      return Reading.refused(
          reading.outcome() == Scenario.Outcome.ENVIRONMENT
              ? ExitCode.ENVIRONMENT
              : ExitCode.NOT_A_PROGRAM);
    }
    Scenario played = reading.scenario().orElse(Scenario.EMPTY);
    List<Grant> grants = economy.grants(programs, found);
    long count = slots == null ? played.slots().orElse(USUAL_SLOTS) : slots;
    refuseLate(calls, settings.startSlot() + count, found);
    if (found.hasErrors()) {
      return Reading.refused(ExitCode.USAGE);
    }
    Plan plan =
        new Plan(
            settings, count, programs, init, grants, calls, scenario, played, files.all(), earlier);
    return new Reading(ExitCode.OK, Optional.of(plan));
  }

  private static void refuseLate(List<Call> calls, long last, Diagnostics found) {
    for (Call call : calls) {
      if (call.slot() > last) {
        found.add(
            Diagnostic.in(
                    "--send " + call.text(),
                    RunCode.BAD_CALL,
                    "slot " + call.slot() + " is not in the run")
                .withHelp("the last slot is " + last + "; --slots makes the run longer"));
      }
    }
  }
}
