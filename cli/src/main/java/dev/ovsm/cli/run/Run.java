package dev.ovsm.cli.run;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
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
  private final Report report;

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
   */
  public Run(
      Settings settings,
      Engine engine,
      List<RunnableProgram> programs,
      @Nullable String init,
      List<Call> calls,
      Report report) {
    this.settings = settings;
    this.engine = engine;
    this.programs = List.copyOf(programs);
    this.init = init;
    this.calls = List.copyOf(calls);
    this.report = report;
  }

  /** Starts the programs and processes {@code slots} slots; adds what is wrong to {@code found}. */
  public Outcome execute(long slots, Diagnostics found) {
    final long started = System.nanoTime();
    List<Start> starts = starts(found);
    if (found.hasErrors()) {
      return Outcome.USAGE;
    }
    Failures failures = new Failures(report);
    Simulation simulation = new Simulation(settings, engine, failures);
    for (RunnableProgram program : programs) {
      if (!deploy(program, simulation, found)) {
        return Outcome.FAILED;
      }
    }
    for (Start start : starts) {
      TransactionOutcome outcome = simulation.send(start.instruction());
      if (outcome.error() != null) {
        found.add(startupFailed(start.program(), outcome.error()));
        return Outcome.FAILED;
      }
    }
    simulation.finishFirstSlot();
    calls.forEach(call -> simulation.plan(call.slot(), call.instruction()));
    failures.count();
    for (long i = 0; i < slots; i++) {
      simulation.step();
    }
    report.ended(simulation.summary(), (System.nanoTime() - started) / NANOS_PER_MILLI);
    failures.report(calls, found);
    return failures.any() ? Outcome.FAILED : Outcome.OK;
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
    if (entry.isEmpty() && calls.isEmpty()) {
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
