package dev.ovsm.cli;

import dev.ovsm.cli.run.JsonReport;
import dev.ovsm.cli.run.Progress;
import dev.ovsm.cli.run.Report;
import dev.ovsm.cli.run.Report.Detail;
import dev.ovsm.cli.run.Rerun;
import dev.ovsm.cli.run.TextReport;
import dev.ovsm.cli.saved.RecordedRun;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.autonomous.Replay;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm replay FILE}: does a recorded run once more and compares all that comes of it. */
@CommandLine.Command(
    name = "replay",
    description = {
      "Run once more what ovsm run --record wrote down, and check that every fate, the compute"
          + " units of every callback and the state at the end are those of the recording."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm replay heartbeat.rec",
      "  ovsm replay heartbeat.rec --engine interpreter -v",
      "",
      "Exit codes: 0 the same, 1 something differs, 2 wrong usage, 3 no recording,",
      "4 it cannot be read."
    })
final class ReplayCommand implements Command {
  @Parameters(paramLabel = "FILE", description = "The recording.")
  private String file = "";

  @Option(names = "--json", description = "Print one JSON object a line, and nothing else.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print all lines of the log, and what becomes of every trigger.")
  private boolean verbose;

  @Mixin private EngineOption engine = new EngineOption();

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Optional<byte[]> recording = RecordedRun.read(file, found);
    if (recording.isEmpty()) {
      found.list().forEach(terminal::report);
      return found.list().stream().anyMatch(one -> one.code() == RunCode.NOT_A_RECORDING)
          ? ExitCode.NOT_A_PROGRAM
          : ExitCode.ENVIRONMENT;
    }
    Detail usual = json ? Detail.NORMAL : Detail.QUIET;
    Detail detail = verbose ? Detail.VERBOSE : usual;
    Report report =
        json
            ? new JsonReport(terminal.out(), detail)
            : new TextReport(terminal.out(), detail, new Progress(terminal.err(), false, 0, 0));
    Replay.Result result = Rerun.execute(recording.get(), engine.engine(), report);
    return switch (result.outcome()) {
      case SAME -> {
        if (!json) {
          terminal.out().println("       replay  the same as the recording");
        }
        yield ExitCode.OK;
      }
      case DIFFERENT -> {
        terminal.report(
            Diagnostic.in(file, RunCode.REPLAY_DIFFERS, result.problem())
                .withHelp("compare the recorded run's events.jsonl with ovsm replay --json"));
        yield ExitCode.FINDINGS;
      }
      case DAMAGED -> {
        terminal.report(RecordedRun.refused(file, result.problem()));
        yield ExitCode.NOT_A_PROGRAM;
      }
    };
  }
}
