package dev.ovsm.cli;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.cost.CostReport;
import dev.ovsm.cli.cost.Measuring;
import dev.ovsm.cli.file.FileCopies;
import dev.ovsm.cli.history.PastRun;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.cli.program.Subject;
import dev.ovsm.cli.program.Verification;
import dev.ovsm.cli.run.Programs;
import dev.ovsm.cli.run.Run;
import dev.ovsm.cli.saved.Snapshots;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.verifier.Cost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm cost FILE…}: what each entry of a program takes in the worst case. */
@CommandLine.Command(
    name = "cost",
    description = "Show what each entry of a program takes in the worst case, in compute units.",
    footer = {
      "",
      "Calls of other programs are counted, but what they take is not in the figures.",
      "The shares of functions, and those of lines, come to the whole; a program without a",
      "table of lines is told by its instructions. Of each function besides: how often it is",
      "called then, and the most that one call takes, itself and with what it calls.",
      "",
      "Examples:",
      "  ovsm cost examples/heartbeat.ovsm",
      "  ovsm cost main.ovsm helpers.ovsm",
      "  ovsm cost examples/heartbeat.ovsm --slots 2000",
      "  ovsm cost examples/price_guard.ovsm --scenario examples/price_guard.yaml",
      "  ovsm run examples/heartbeat.ovsm && ovsm cost examples/heartbeat.ovsm --run target/run",
      "",
      "Exit codes: 0 every entry has a bound, 1 the verifier refuses the source, or the run",
      "fails, 2 wrong usage, 3 a file is no program, 4 it cannot be read, 5 some entry",
      "has no bound."
    })
final class CostCommand implements Command {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Sources of one program, or a compiled program.")
  private List<String> files = List.of();

  @Option(
      names = "--measured",
      paramLabel = "UNITS",
      description = "The compute units of the largest run seen, to compare the bounds with.")
  private long measured;

  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description =
          "A run of the program, to compare the bounds of callbacks with the largest runs of them:"
              + " a folder that ovsm run left, or target/run for the latest.")
  private @Nullable String past;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "Start the program, let it act for N slots, and compare the bounds with the largest runs"
              + " of its entries (with --scenario default: the scenario's, else 100).")
  private @Nullable Long slots;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "The same, with what happens in a scenario; what it expects is checked too.")
  private @Nullable String scenario;

  @Option(
      names = "--send",
      paramLabel = "SLOT:ENTRY[:ARGS]",
      description = "The same, with a user's transaction in a slot; may be given several times.")
  private List<String> sends = List.of();

  @Option(names = "--all", description = "Show every line, not only those that take the most.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object a line, one of each entry.")
  private boolean json;

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> wrong = ChainOptions.atLeast("--slots", slots == null ? 0 : slots, 0);
    if (wrong.isPresent()) {
      terminal.report(wrong.get());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Subject subject = Subject.read(files, found);
    Verification.Costs costs = Verification.costs(subject, found);
    found.list().forEach(terminal::report);
    if (subject.outcome() == Subject.Outcome.ENVIRONMENT) {
      return ExitCode.ENVIRONMENT;
    }
    if (subject.outcome() == Subject.Outcome.USAGE) {
      return ExitCode.USAGE;
    }
    Diagnostics problems = new Diagnostics();
    Map<String, Long> seen = new HashMap<>();
    ExitCode code = measure(costs, seen, problems);
    problems.list().forEach(terminal::report);
    if (code != ExitCode.OK && code != ExitCode.FINDINGS) {
      return code;
    }
    CostReport report = new CostReport(costs.entries(), costs.lines(), costs.names(), seen);
    if (json) {
      report.writeJson(terminal.out());
    } else {
      report.writeText(terminal.out(), all);
    }
    return switch (costs.outcome()) {
      case UNSAFE -> ExitCode.FINDINGS;
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case COMPILED -> {
        boolean unbounded =
            costs.entries().stream().anyMatch(cost -> cost.units() == Cost.UNBOUNDED);
        yield unbounded && code == ExitCode.OK ? ExitCode.UNKNOWN : code;
      }
    };
  }

  /** Puts the largest runs that are asked for into {@code seen}, by the names of entries. */
  private ExitCode measure(Verification.Costs costs, Map<String, Long> seen, Diagnostics found) {
    if (past != null) {
      PastRun.find(past, found).ifPresent(run -> seen.putAll(run.largest(found)));
    }
    if (measured > 0) {
      costs.entries().forEach(cost -> seen.put(cost.entry(), measured));
    }
    if (found.hasErrors()) {
      return ExitCode.ENVIRONMENT;
    }
    boolean runs = slots != null || scenario != null || !sends.isEmpty();
    return runs && costs.outcome() == Compilation.Outcome.COMPILED
        ? execute(seen, found)
        : ExitCode.OK;
  }

  private ExitCode execute(Map<String, Long> seen, Diagnostics found) {
    // What is wrong with the files has been said.
    Programs programs = Programs.find(files, null, new Diagnostics());
    ChainOptions chain = new ChainOptions();
    Assignment.Reading reading =
        new Assignment(
                programs.list(),
                chain.settings(),
                slots,
                sends,
                scenario,
                FileCopies.fromDisk(),
                null)
            .plan(null, new EconomyOptions(), found);
    if (reading.plan().isEmpty() || programs.list().isEmpty()) {
      return reading.code();
    }
    RunnableProgram program = programs.list().get(0);
    Measuring measuring =
        new Measuring(EngineChoice.AUTO.engine(), program.id(), program.manifest());
    Run run =
        new Run(reading.plan().get(), measuring, List.of(), Snapshots.NONE, 1, null, () -> false);
    Run.Outcome outcome = run.execute(found);
    seen.putAll(measuring.largest());
    return switch (outcome) {
      case OK -> ExitCode.OK;
      case USAGE -> ExitCode.USAGE;
      case FAILED, STOPPED, NO_SNAPSHOT -> ExitCode.FINDINGS;
    };
  }
}
