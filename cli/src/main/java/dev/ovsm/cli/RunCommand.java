package dev.ovsm.cli;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.history.RunFolder;
import dev.ovsm.cli.run.JsonReport;
import dev.ovsm.cli.run.Programs;
import dev.ovsm.cli.run.Progress;
import dev.ovsm.cli.run.Report;
import dev.ovsm.cli.run.Report.Detail;
import dev.ovsm.cli.run.Run;
import dev.ovsm.cli.run.TextReport;
import dev.ovsm.cli.scenario.Scenario;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Severity;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.trace.TraceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm run [PROGRAM…]}: starts programs and lets them act on their own for some slots. */
@CommandLine.Command(
    name = "run",
    description = {
      "Deploy programs in the emulator, start them, and let them act for a number of slots.",
      "",
      "Sources are compiled together as one program; a .so is a program of its own. Without a"
          + " program, the one in target/deploy is run."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm run examples/heartbeat.ovsm --slots 10000 --start-slot 990",
      "  ovsm run counter.so --slots 20 --send 5:increment:3 --json",
      "  ovsm run price_guard.ovsm --scenario crash.yaml",
      "",
      "A slot is 400 ms of chain time. Budgets are in compute units.",
      "",
      "Exit codes: 0 done, 1 a program is unsafe, does not start, or a transaction",
      "failed, 2 wrong usage, 3 a file is no program, 4 a file cannot be read or written."
    })
final class RunCommand implements Command {
  /** Later slots than any chain will see, and far from where sums of slots overflow. */
  private static final long MOST_SLOT = 1L << 53;

  private static final long USUAL_SLOTS = 100;
  private static final String NO_FOLDER = "none";
  private static final Scenario.Reading NO_SCENARIO =
      new Scenario.Reading(Scenario.Outcome.READ, Optional.empty());

  @Parameters(arity = "0..*", paramLabel = "PROGRAM", description = "Sources or .so files.")
  private List<String> files = List.of();

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many slots to run after the start (default: the scenario's, else 100).")
  private @Nullable Long slots;

  @Option(
      names = "--start-slot",
      paramLabel = "N",
      description = "The slot in which programs are started (default: ${DEFAULT-VALUE}).")
  private long startSlot;

  @Option(
      names = "--init",
      paramLabel = "ENTRY",
      description =
          "The entry that starts the program (default: on-startup, or one named initialize, init"
              + " or …-init).")
  private @Nullable String init;

  @Option(
      names = "--send",
      paramLabel = "SLOT:ENTRY[:ARGS]",
      description = "Send a user's transaction in a slot; may be given several times.")
  private List<String> sends = List.of();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "What happens around the programs, slot by slot, and what is expected.")
  private @Nullable String scenario;

  @Option(
      names = "--program-id",
      paramLabel = "ADDRESS",
      description = "The program's address (default: its keypair's, else one from its name).")
  private @Nullable String programId;

  @Option(names = "--json", description = "Print one JSON object a line, and nothing else.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the summary only.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print all lines of the log, and what becomes of every trigger.")
  private boolean verbose;

  @Option(
      names = {"--slot-budget", "--max-autonomous-compute-per-slot"},
      paramLabel = "N",
      description = "Compute units that callbacks may use in a slot (default: ${DEFAULT-VALUE}).")
  private long slotBudget = Settings.DEFAULT.slotBudget();

  @Option(
      names = "--fill",
      paramLabel = "strict|skip",
      description =
          "What happens to callbacks behind one that does not fit a slot: wait, or run if they fit"
              + " (default: strict).")
  private Fill fill = Fill.STRICT;

  @Option(
      names = "--tailcall",
      paramLabel = "lenient|strict",
      description =
          "What a tail call that cannot be made does: return a code, or end the program"
              + " (default: lenient).")
  private TailCall tailCall = TailCall.LENIENT;

  @Option(
      names = "--slots-per-epoch",
      paramLabel = "N",
      description = "Slots in an epoch (default: ${DEFAULT-VALUE}).")
  private long slotsPerEpoch = Settings.DEFAULT.slotsPerEpoch();

  @Option(
      names = "--genesis-time",
      paramLabel = "SECONDS",
      description = "Unix time of slot 0 (default: ${DEFAULT-VALUE}).")
  private long genesisTime;

  @Option(
      names = "--run-folder",
      paramLabel = "FOLDER",
      description =
          "Where a folder for the run's events is made, or none (default: ${DEFAULT-VALUE}).")
  private String runFolder = RunFolder.USUAL;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "interpreter, jit, or auto: jit for what is warm (default: auto).")
  private EngineChoice engine = EngineChoice.AUTO;

  @Option(
      names = "--trace",
      paramLabel = "FOLDER",
      description =
          "Write the registers before every instruction of every invocation, as SBF_TRACE_DIR has"
              + " it; takes much space.")
  private @Nullable String trace;

  /** What happens behind a callback that does not fit. */
  enum Fill {
    STRICT,
    SKIP
  }

  /** What happens at a tail call that cannot be made. */
  enum TailCall {
    LENIENT,
    STRICT
  }

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> wrong = wrongNumber();
    if (wrong.isPresent()) {
      terminal.report(wrong.get());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Programs programs = Programs.find(files, programId, found);
    found.list().forEach(terminal::report);
    return switch (programs.outcome()) {
      case FOUND -> run(programs.list(), terminal);
      case ENVIRONMENT -> ExitCode.ENVIRONMENT;
      case USAGE -> ExitCode.USAGE;
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case UNSAFE -> ExitCode.FINDINGS;
    };
  }

  private ExitCode run(List<RunnableProgram> programs, Terminal terminal) {
    Diagnostics found = new Diagnostics();
    List<Call> calls = new ArrayList<>();
    for (String send : sends) {
      Call.parse(send, programs, startSlot, found).ifPresent(calls::add);
    }
    if (found.hasErrors()) {
      found.list().forEach(terminal::report);
      return ExitCode.USAGE;
    }
    Scenario.Reading reading =
        scenario == null ? NO_SCENARIO : Scenario.read(scenario, programs, found);
    if (reading.outcome() != Scenario.Outcome.READ) {
      found.list().forEach(terminal::report);
      return reading.outcome() == Scenario.Outcome.ENVIRONMENT
          ? ExitCode.ENVIRONMENT
          : ExitCode.NOT_A_PROGRAM;
    }
    long count = slots(reading.scenario());
    calls.stream()
        .filter(call -> call.slot() - startSlot > count)
        .map(call -> late(call, count))
        .forEach(found::add);
    if (found.hasErrors()) {
      found.list().forEach(terminal::report);
      return ExitCode.USAGE;
    }
    Map<Pubkey, TraceWriter.Traced> traced = new HashMap<>();
    programs.forEach(
        one -> traced.put(one.id(), new TraceWriter.Traced(one.id().toString(), one.elf())));
    Optional<Tracing> tracing =
        Tracing.of(
            trace,
            engine,
            vm -> Optional.ofNullable(traced.get(vm.context(InstructionContext.class).program())),
            found);
    if (tracing.isEmpty()) {
      found.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    Detail detail = quiet ? Detail.QUIET : verbose ? Detail.VERBOSE : Detail.NORMAL;
    Progress progress =
        new Progress(terminal.err(), Boolean.getBoolean("ovsm.terminal"), startSlot, count);
    Report report =
        json
            ? new JsonReport(terminal.out(), detail)
            : new TextReport(terminal.out(), detail, progress);
    Optional<PrintWriter> events = events(terminal);
    List<Report> reports = new ArrayList<>(List.of(report));
    events.ifPresent(file -> reports.add(new JsonReport(file, Detail.NORMAL)));
    Run run =
        new Run(
            settings(),
            tracing.get().engine(),
            programs,
            init,
            calls,
            reading.scenario().orElse(null),
            reports);
    Run.Outcome outcome = run.execute(count, found);
    events.ifPresent(PrintWriter::close);
    boolean isTraced = tracing.get().isComplete(found);
    found.list().forEach(terminal::report);
    if (!isTraced) {
      return ExitCode.ENVIRONMENT;
    }
    return switch (outcome) {
      case OK -> ExitCode.OK;
      case FAILED -> ExitCode.FINDINGS;
      case USAGE -> ExitCode.USAGE;
    };
  }

  /** A file for the run's events; without one the run goes on, and says so. */
  private Optional<PrintWriter> events(Terminal terminal) {
    if (runFolder.equals(NO_FOLDER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunFolder.create(Path.of(runFolder)).events());
    } catch (IOException | InvalidPathException e) {
      terminal.report(
          Diagnostic.in(runFolder, CommandCode.UNWRITABLE, "the run leaves no events")
              .withSeverity(Severity.WARNING)
              .withHelp("name another folder with --run-folder, or none"));
      return Optional.empty();
    }
  }

  private Diagnostic late(Call call, long count) {
    return Diagnostic.in(
            "--send " + call.text(), RunCode.BAD_CALL, "slot " + call.slot() + " is not in the run")
        .withHelp("the last slot is " + (startSlot + count) + "; --slots makes the run longer");
  }

  private long slots(Optional<Scenario> played) {
    if (slots != null) {
      return slots;
    }
    return played.map(Scenario::slots).orElse(OptionalLong.empty()).orElse(USUAL_SLOTS);
  }

  private Settings settings() {
    return Settings.DEFAULT
        .withStartSlot(startSlot)
        .withSlotBudget(slotBudget)
        .withFillSkip(fill == Fill.SKIP)
        .withStrictTailCalls(tailCall == TailCall.STRICT)
        .withSlotsPerEpoch(slotsPerEpoch)
        .withGenesisTime(genesisTime);
  }

  private Optional<Diagnostic> wrongNumber() {
    return atLeast("--slots", slots == null ? 0 : slots, 0)
        .or(() -> atLeast("--start-slot", startSlot, 0))
        .or(() -> atLeast("--slot-budget", slotBudget, 1))
        .or(() -> atLeast("--slots-per-epoch", slotsPerEpoch, 1));
  }

  private static Optional<Diagnostic> atLeast(String flag, long value, long least) {
    if (value >= least && value <= MOST_SLOT) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.in(flag, CommandCode.USAGE, flag + " cannot be " + value)
            .withHelp("give a number from " + least + " to " + MOST_SLOT));
  }
}
