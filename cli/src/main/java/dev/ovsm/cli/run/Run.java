package dev.ovsm.cli.run;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.scenario.Performance;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run from deployment to summary. */
public final class Run {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Settings settings;
  private final Engine engine;
  private final List<RunnableProgram> programs;
  private final @Nullable String init;
  private final List<Call> calls;
  private final @Nullable Scenario scenario;
  private final List<Report> reports;

  /** How a run ended. */
  public enum Outcome {
    OK,
    /** A program cannot be deployed or started, or a transaction failed. */
    FAILED,
    /** There is nothing to start, or no such entry. */
    USAGE
  }

  /**
   * A run to come.
   *
   * @param init the entry that starts the programs, or null for the usual ones
   * @param calls transactions to send
   * @param scenario what surrounds the programs, or null for nothing
   * @param reports are told what happens, each after the one before
   */
  public Run(
      Settings settings,
      Engine engine,
      List<RunnableProgram> programs,
      @Nullable String init,
      List<Call> calls,
      @Nullable Scenario scenario,
      List<Report> reports) {
    this.settings = settings;
    this.engine = engine;
    this.programs = List.copyOf(programs);
    this.init = init;
    this.calls = List.copyOf(calls);
    this.scenario = scenario;
    this.reports = List.copyOf(reports);
  }

  /** Starts the programs and processes {@code slots} slots; adds what is wrong to {@code found}. */
  public Outcome execute(long slots, Diagnostics found) {
    final long started = System.nanoTime();
    List<Start> starts = starts(found);
    if (found.hasErrors()) {
      return Outcome.USAGE;
    }
    Performance performance =
        scenario == null ? Scenario.EMPTY.perform(found) : scenario.perform(found);
    Simulation simulation = new Simulation(settings, engine, listener(performance));
    performance.begin(simulation);
    for (RunnableProgram program : programs) {
      if (!deploy(program, simulation, found)) {
        return Outcome.FAILED;
      }
    }
    performance.act();
    for (Start start : starts) {
      TransactionOutcome outcome = simulation.send(start.instruction());
      if (outcome.error() != null) {
        found.add(startupFailed(start.program(), outcome.error()));
        return Outcome.FAILED;
      }
    }
    simulation.finish();
    performance.started();
    calls.forEach(
        call ->
            simulation.plan(
                call.slot(), call.instruction(), outcome -> notice(call, outcome, found)));
    while (simulation.slot() < settings.startSlot() + slots) {
      simulation.enter();
      performance.act();
      simulation.finish();
      performance.check();
    }
    performance.end();
    Summary summary = simulation.summary();
    long millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
    reports.forEach(report -> report.ended(summary, millis));
    return found.hasErrors() ? Outcome.FAILED : Outcome.OK;
  }

  private Listener listener(Performance performance) {
    List<Listener> all = new ArrayList<>(reports);
    all.add(0, performance);
    return new Together(all);
  }

  private static void notice(Call call, TransactionOutcome outcome, Diagnostics found) {
    TransactionError error = outcome.error();
    if (error != null) {
      found.add(
          Diagnostic.in(
                  "--send " + call.text(),
                  RunCode.TRANSACTION_FAILED,
                  "the transaction failed: " + Simulation.words(error))
              .withHelp("ovsm run -v shows the whole log"));
    }
  }

  /** How a program is started. */
  private record Start(RunnableProgram program, Instruction instruction) {}

  private List<Start> starts(Diagnostics found) {
    List<Start> starts = new ArrayList<>();
    for (RunnableProgram program : programs) {
      Optional<Instruction> start =
          init == null ? usualStart(program, found) : Call.startup(program, init, found);
      start.ifPresent(instruction -> starts.add(new Start(program, instruction)));
    }
    return starts;
  }

  private Optional<Instruction> usualStart(RunnableProgram program, Diagnostics found) {
    Manifest manifest = program.manifest();
    Optional<Manifest.Entry> entry =
        manifest == null ? Optional.empty() : EntryCall.startup(manifest);
    if (entry.isEmpty() && calls.isEmpty() && scenario == null) {
      found.add(
          Diagnostic.in(
                  program.file(), RunCode.NO_STARTUP, program.name() + " has no start-up entry")
              .withHelp("name the entry that starts it with --init ENTRY"));
    }
    return entry.flatMap(one -> Call.startup(program, one.name(), found));
  }

  private static boolean deploy(RunnableProgram program, Simulation simulation, Diagnostics found) {
    Optional<String> complaint = simulation.deploy(program.id(), program.elf());
    complaint.ifPresent(
        text ->
            found.add(
                Diagnostic.in(program.file(), RunCode.NOT_DEPLOYED, text)
                    .withHelp("compile the program again")));
    return complaint.isEmpty();
  }

  private static Diagnostic startupFailed(RunnableProgram program, TransactionError error) {
    return Diagnostic.in(
            program.file(),
            RunCode.STARTUP_FAILED,
            program.name() + " failed to start: " + Simulation.words(error))
        .withHelp("ovsm run -v " + program.file() + " shows the whole log");
  }
}
