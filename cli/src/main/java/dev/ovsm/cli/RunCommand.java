package dev.ovsm.cli;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.chronicle.Chronicle;
import dev.ovsm.cli.file.FileCopies;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.cli.history.RunFolder;
import dev.ovsm.cli.metrics.MetricsServer;
import dev.ovsm.cli.run.JsonReport;
import dev.ovsm.cli.run.Plan;
import dev.ovsm.cli.run.Programs;
import dev.ovsm.cli.run.Progress;
import dev.ovsm.cli.run.Report;
import dev.ovsm.cli.run.Report.Detail;
import dev.ovsm.cli.run.Run;
import dev.ovsm.cli.run.TextReport;
import dev.ovsm.cli.saved.RecordedRun;
import dev.ovsm.cli.saved.Snapshots;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Severity;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.trace.TraceWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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
      "failed, 2 wrong usage, 3 a file is no program, 4 a file cannot be read or written,",
      "130 stopped by Ctrl-C: the slot is finished, what came of the run is written, and",
      "a snapshot is left to go on from."
    })
final class RunCommand implements Command {
  private static final int MOST_THREADS = 256;

  @Parameters(arity = "0..*", paramLabel = "PROGRAM", description = "Sources or .so files.")
  private List<String> files = List.of();

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many slots to run after the start (default: the scenario's, else 100).")
  private @Nullable Long slots;

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

  @Mixin private EngineOption engine = new EngineOption();

  @Option(
      names = "--resume",
      paramLabel = "SNAPSHOT",
      description =
          "Go on from a snapshot to the same end; programs, scenario and chain are those in it.")
  private @Nullable String resume;

  @Mixin private ChainOptions chain = new ChainOptions();
  @Mixin private MetricsOption metrics = new MetricsOption();
  @Mixin private EconomyOptions economy = new EconomyOptions();
  @Mixin private KeepOptions keep = new KeepOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Execute callbacks that share no accounts on N threads; the results are the same"
              + " (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--trace",
      paramLabel = "FOLDER",
      description =
          "Write the registers before every instruction of every invocation, as SBF_TRACE_DIR has"
              + " it; takes much space.")
  private @Nullable String trace;

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> wrong = wrong();
    if (wrong.isPresent()) {
      terminal.report(wrong.get());
      return ExitCode.USAGE;
    }
    if (resume != null) {
      Diagnostics found = new Diagnostics();
      Resumption resumption = Resumption.of(resume, slots, found);
      found.list().forEach(terminal::report);
      return resumption.assignment().isPresent()
          ? run(resumption.assignment().get(), terminal)
          : resumption.code();
    }
    Diagnostics found = new Diagnostics();
    Programs programs = Programs.find(files, programId, found);
    found.list().forEach(terminal::report);
    return switch (programs.outcome()) {
      case FOUND ->
          run(
              new Assignment(
                  programs.list(),
                  chain.settings(),
                  slots,
                  sends,
                  scenario,
                  FileCopies.fromDisk(),
                  null),
              terminal);
      case ENVIRONMENT -> ExitCode.ENVIRONMENT;
      case USAGE -> ExitCode.USAGE;
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case UNSAFE -> ExitCode.FINDINGS;
    };
  }

  private ExitCode run(Assignment assignment, Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Assignment.Reading reading = assignment.plan(init, economy, found);
    if (reading.plan().isEmpty()) {
      found.list().forEach(terminal::report);
      return reading.code();
    }
    return run(reading.plan().get(), terminal, found);
  }

  private ExitCode run(Plan plan, Terminal terminal, Diagnostics found) {
    Optional<MetricsServer> server = metrics.open(terminal, found);
    if (found.hasErrors()) {
      found.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    try (Interruption interruption = Interruption.listen()) {
      ExitCode code = run(plan, terminal, found, interruption);
      terminal.out().flush();
      terminal.err().flush();
      return code;
    } finally {
      server.ifPresent(MetricsServer::close);
    }
  }

  private ExitCode run(Plan plan, Terminal terminal, Diagnostics found, Interruption interruption) {
    Optional<Tracing> tracing = tracing(plan.everyone(), found);
    Optional<RecordedRun> recording =
        tracing
            .flatMap(begun -> Optional.ofNullable(keep.record()))
            .flatMap(file -> RecordedRun.to(file, found));
    if (found.hasErrors()) {
      found.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    Optional<RunFolder> folder = keep.folder(terminal);
    Optional<PrintWriter> events = folder.flatMap(one -> one.events(terminal::report));
    List<Report> reports = new ArrayList<>(List.of(report(plan, terminal)));
    events.ifPresent(file -> reports.add(new JsonReport(file, Detail.NORMAL)));
    if (metrics.isGiven()) {
      reports.add(metrics.metrics());
    }
    Chronicle chronicle = new Chronicle(plan);
    folder.ifPresent(one -> reports.add(chronicle));
    Snapshots snapshots = keep.snapshots(folder);
    Run run =
        new Run(
            plan,
            tracing.orElseThrow().engine(),
            reports,
            snapshots,
            threads,
            recording.map(RecordedRun::recorder).orElse(null),
            interruption::isAsked);
    Run.Outcome outcome = run.execute(found);
    events.ifPresent(PrintWriter::close);
    boolean isWhole = tracing.get().isComplete(found);
    isWhole &= recording.map(one -> one.close(run.isOver(), found)).orElse(true);
    found.list().forEach(terminal::report);
    folder.ifPresent(one -> leave(chronicle, one.path(), found, terminal));
    if (!isWhole || snapshots.failed()) {
      return ExitCode.ENVIRONMENT;
    }
    return switch (outcome) {
      case OK -> ExitCode.OK;
      case FAILED -> ExitCode.FINDINGS;
      case STOPPED -> ExitCode.INTERRUPTED;
      case USAGE -> ExitCode.USAGE;
      case NO_SNAPSHOT -> ExitCode.NOT_A_PROGRAM;
    };
  }

  private void leave(Chronicle chronicle, Path folder, Diagnostics said, Terminal terminal) {
    Diagnostics unwritten = new Diagnostics();
    chronicle.write(folder, said, unwritten);
    unwritten.list().forEach(one -> terminal.report(one.withSeverity(Severity.WARNING)));
    Path page = folder.resolve(Chronicle.PAGE);
    if (!json && !quiet && Files.exists(page)) {
      terminal.out().println("       report  " + page);
    }
  }

  private Report report(Plan plan, Terminal terminal) {
    Detail detail = quiet ? Detail.QUIET : verbose ? Detail.VERBOSE : Detail.NORMAL;
    if (json) {
      return new JsonReport(terminal.out(), detail);
    }
    boolean isTerminal = Boolean.getBoolean("ovsm.terminal");
    return new TextReport(
        terminal.out(),
        detail,
        new Progress(terminal.err(), isTerminal, plan.settings().startSlot(), plan.slots()));
  }

  private Optional<Tracing> tracing(List<RunnableProgram> programs, Diagnostics found) {
    Map<Pubkey, TraceWriter.Traced> traced = new HashMap<>();
    programs.forEach(
        one -> traced.put(one.id(), new TraceWriter.Traced(one.id().toString(), one.elf())));
    return Tracing.of(
        trace,
        engine.choice(),
        vm -> Optional.ofNullable(traced.get(vm.context(InstructionContext.class).program())),
        found);
  }

  private Optional<Diagnostic> wrong() {
    boolean begins =
        !files.isEmpty()
            || init != null
            || scenario != null
            || programId != null
            || economy.areGiven()
            || !sends.isEmpty();
    if (resume != null && (begins || chain.areGiven())) {
      return Optional.of(
          Diagnostic.in(
                  "--resume",
                  CommandCode.USAGE,
                  "a run that goes on has its programs and its chain")
              .withHelp(
                  "give --slots to say how many slots after the start it ends, and no others"));
    }
    if (threads < 1 || threads > MOST_THREADS) {
      return Optional.of(
          Diagnostic.in("--threads", CommandCode.USAGE, "--threads cannot be " + threads)
              .withHelp("give a number from 1 to " + MOST_THREADS));
    }
    return ChainOptions.atLeast("--slots", slots == null ? 0 : slots, 0)
        .or(metrics::wrong)
        .or(chain::wrong)
        .or(keep::wrong)
        .or(this::overwriting);
  }

  private Optional<Diagnostic> overwriting() {
    List<String> read = new ArrayList<>(files);
    Stream.of(scenario, resume).filter(Objects::nonNull).forEach(read::add);
    return Optional.ofNullable(keep.record())
        .flatMap(file -> OutputFile.overwriting(read, List.of(file)));
  }
}
