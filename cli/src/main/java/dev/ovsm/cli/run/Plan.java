package dev.ovsm.cli.run;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.saved.SavedRun;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.runtime.autonomous.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param slots how many slots to run after the start
 * @param init the entry that starts the programs, or null for the usual ones
 * @param grants what programs get before they start
 * @param calls transactions to send
 * @param scenarioFile the name of the scenario's file, or null if there is none
 * @param scenario what surrounds the programs
 * @param files what was read for the scenario, by name
 * @param earlier where the run is to go on, or null to start
 */
public record Plan(
    Settings settings,
    long slots,
    List<RunnableProgram> programs,
    @Nullable String init,
    List<Grant> grants,
    List<Call> calls,
    @Nullable String scenarioFile,
    Scenario scenario,
    Map<String, byte[]> files,
    @Nullable SavedRun earlier) {

  /** The programs, and those that the scenario deploys later. */
  public List<RunnableProgram> everyone() {
    List<RunnableProgram> all = new ArrayList<>(programs);
    all.addAll(scenario.deployed());
    return all;
  }
}
