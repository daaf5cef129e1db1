package dev.ovsm.cli.run;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.saved.SavedRun;
import dev.ovsm.cli.saved.Snapshots;
import dev.ovsm.cli.scenario.Performance;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Severity;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Recorder;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run from deployment to summary. */
public final class Run {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Plan plan;
  private final Engine engine;
  private final List<Report> reports;
  private final Snapshots snapshots;
  private final int threads;
  private final @Nullable Recorder recorder;
  private final BooleanSupplier stop;
  private final Blaming blaming;
  private boolean isOver;
  private @Nullable Simulation attempted;
  private @Nullable Simulation ended;

  /** How a run ended. */
  public enum Outcome {
    OK,
    /** A program cannot be deployed or started, or a transaction failed. */
    FAILED,
    /** It was asked to stop. */
    STOPPED,
    /** There is nothing to start, or no such entry. */
    USAGE,
    /** The snapshot to go on from is none. */
    NO_SNAPSHOT
  }

  /**
   * A run to come.
   *
   * @param reports are told what happens, each after the one before
   * @param threads execute callbacks
   * @param recorder writes down what is put in, or null
   * @param stop whether the run is to end after the slot that it is in
   */
  public Run(
      Plan plan,
      Engine engine,
      List<Report> reports,
      Snapshots snapshots,
      int threads,
      @Nullable Recorder recorder,
      BooleanSupplier stop) {
    this.stop = stop;
    this.plan = plan;
    this.engine = engine;
    this.reports = List.copyOf(reports);
    this.snapshots = snapshots;
    this.threads = threads;
    this.recorder = recorder;
    this.blaming = new Blaming(this.reports);
  }

  /** Starts the programs and processes the slots; adds what is wrong to {@code found}. */
  public Outcome execute(Diagnostics found) {
    final long started = System.nanoTime();
    SavedRun earlier = plan.earlier();
    List<Start> starts = earlier == null ? starts(found) : List.of();
    if (found.hasErrors()) {
      return Outcome.USAGE;
    }
    Performance performance = plan.scenario().perform(found);
    Optional<Simulation> begun =
        earlier == null ? begin(starts, performance, found) : goOn(earlier, performance, found);
    if (begun.isEmpty()) {
      if (attempted != null) {
        Summary summary = attempted.summary();
        reports.forEach(report -> report.abandoned(summary));
      }
      return earlier == null ? Outcome.FAILED : Outcome.NO_SNAPSHOT;
    }
    Simulation simulation = begun.get();
    boolean isWhole = act(simulation, performance, found);
    simulation.endRecording();
    isOver = true;
    ended = simulation;
    Summary summary = simulation.summary();
    long millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
    reports.forEach(report -> report.ended(summary, millis));
    if (!isWhole) {
      return Outcome.STOPPED;
    }
    return found.hasErrors() ? Outcome.FAILED : Outcome.OK;
  }

  /** Processes the slots; whether all of them, which it did not if it was stopped. */
  private boolean act(Simulation simulation, Performance performance, Diagnostics found) {
    simulation.onThreads(threads);
    performance.mark();
    plan.calls().stream()
        .filter(call -> call.slot() > simulation.slot())
        .forEach(
            call ->
                simulation.plan(
                    call.slot(), call.instruction(), outcome -> notice(call, outcome, found)));
    long start = simulation.settings().startSlot();
    long last = start + plan.slots();
    while (simulation.slot() < last && !stop.getAsBoolean()) {
      final long before = simulation.slot() - start;
      performance.fork();
      simulation.enter();
      performance.act();
      simulation.finish();
      performance.check();
      performance.mark();
      long slot = simulation.slot();
      snapshots.take(
          slot - start, before, slot, () -> saved(simulation, performance, found), found);
    }
    if (simulation.slot() >= last) {
      performance.end();
      return true;
    }
    long slot = simulation.slot();
    Optional<Path> snapshot =
        snapshots.takeNow(slot, () -> saved(simulation, performance, found), found);
    reports.forEach(report -> report.stopped(slot, plan.slots(), snapshot));
    return false;
  }

  /** Whether it ran to its end, well or not. */
  public boolean isOver() {
    return isOver;
  }

  /** The simulation as it was left; empty if the run did not come to its end. */
  public Optional<Simulation> ended() {
    return Optional.ofNullable(ended);
  }

  private Optional<Simulation> begin(
      List<Start> starts, Performance performance, Diagnostics found) {
    Simulation simulation = new Simulation(plan.settings(), engine, listener(performance));
    attempted = simulation;
    if (recorder != null) {
      simulation.record(recorder);
    }
    blaming.begun(simulation);
    reports.forEach(report -> report.begun(simulation));
    performance.begin(simulation);
    for (RunnableProgram program : plan.programs()) {
      if (!deploy(program, simulation, found)) {
        return Optional.empty();
      }
    }
    for (Grant grant : plan.grants()) {
      give(grant, simulation, found);
    }
    performance.act();
    for (Start start : starts) {
      TransactionOutcome outcome = simulation.send(start.instruction());
      if (outcome.error() != null) {
        found.add(
            withPlace(
                startupFailed(start.program(), outcome.error()),
                simulation.slot(),
                outcome.error()));
        return Optional.empty();
      }
    }
    simulation.finish();
    performance.started();
    return Optional.of(simulation);
  }

  private static void give(Grant grant, Simulation simulation, Diagnostics found) {
    Optional<String> refusal =
        grant.isStake()
            ? simulation.stake(grant.program(), grant.lamports())
            : simulation.fund(grant.program(), grant.lamports());
    refusal.ifPresent(
        code ->
            found.add(
                Diagnostic.in(grant.text(), RunCode.TRANSACTION_FAILED, "refused with " + code)
                    .withHelp("all stakes together reserve at most the slot budget")));
  }

  private Optional<Simulation> goOn(SavedRun earlier, Performance performance, Diagnostics found) {
    Simulation.Resumption resumption =
        Simulation.resume(earlier.state(), engine, listener(performance));
    if (resumption.simulation().isEmpty()) {
      found.add(SavedRun.refused("--resume", resumption.problem()));
      return Optional.empty();
    }
    Simulation simulation = resumption.simulation().get();
    if (recorder != null) {
      simulation.record(recorder);
    }
    blaming.begun(simulation);
    reports.forEach(report -> report.begun(simulation));
    performance.resume(simulation, earlier.memory());
    if (performance.leavesWhatIsGone()) {
      found.add(
          SavedRun.refused("--resume", "a fork of its scenario goes back to a slot before it"));
      return Optional.empty();
    }
    for (String problem : earlier.problems()) {
      found.add(
          Diagnostic.in("--resume", RunCode.EXPECTATION_FAILED, problem)
              .withNote("this happened before the snapshot was taken")
              .withHelp("start the run anew to see where"));
    }
    return Optional.of(simulation);
  }

  private SavedRun saved(Simulation simulation, Performance performance, Diagnostics found) {
    return new SavedRun(
        simulation.save(),
        plan.slots(),
        plan.programs(),
        plan.calls().stream().map(Call::text).toList(),
        plan.scenarioFile(),
        plan.files(),
        performance.memory(),
        found.list().stream()
            .filter(one -> one.severity() == Severity.ERROR)
            .map(Diagnostic::message)
            .toList());
  }

  private Listener listener(Performance performance) {
    List<Listener> all = new ArrayList<>(reports);
    all.add(0, performance);
    all.add(blaming);
    return new Together(all);
  }

  private void notice(Call call, TransactionOutcome outcome, Diagnostics found) {
    TransactionError error = outcome.error();
    if (error != null) {
      Diagnostic failed =
          Diagnostic.in(
                  "--send " + call.text(),
                  RunCode.TRANSACTION_FAILED,
                  "the transaction failed: " + Simulation.words(error))
              .withHelp("ovsm run -v shows the whole log");
      found.add(withPlace(failed, call.slot(), error));
    }
  }

  private Diagnostic withPlace(Diagnostic failed, long slot, TransactionError error) {
    return blaming
        .latest(slot, error)
        .map(told -> failed.withNote("at " + told.words()))
        .orElse(failed);
  }

  /** How a program is started. */
  private record Start(RunnableProgram program, Instruction instruction) {}

  private List<Start> starts(Diagnostics found) {
    List<Start> starts = new ArrayList<>();
    for (RunnableProgram program : plan.programs()) {
      Optional<Instruction> start =
          plan.init() == null
              ? usualStart(program, found)
              : Call.startup(program, plan.init(), found);
      start.ifPresent(instruction -> starts.add(new Start(program, instruction)));
    }
    return starts;
  }

  /** An entry with parameters starts nothing by itself where transactions come from elsewhere. */
  private Optional<Instruction> usualStart(RunnableProgram program, Diagnostics found) {
    Manifest manifest = program.manifest();
    Optional<Manifest.Entry> entry =
        manifest == null ? Optional.empty() : EntryCall.startup(manifest);
    boolean others = !plan.calls().isEmpty() || plan.scenarioFile() != null;
    if (others && entry.filter(one -> !one.parameters().isEmpty()).isPresent()) {
      return Optional.empty();
    }
    if (entry.isEmpty() && !others) {
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
