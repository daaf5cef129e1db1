package dev.ovsm.cli;

import dev.ovsm.cli.history.PastRun;
import dev.ovsm.cli.history.RunFolder;
import dev.ovsm.diag.Diagnostics;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm why ID}: why a registration of the last run did or did not run. */
@CommandLine.Command(
    name = "why",
    description = {
      "Say why a timer, watcher, subscription or work item of the last run did or did not run:",
      "what became of its triggers, and which callback or transaction made them."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm why 1",
      "  ovsm why 3 --slot 423 --run target/run/7",
      "",
      "Exit codes: 0 said, 1 nothing is known of it, 2 wrong usage, 4 there is no such run."
    })
final class WhyCommand implements Command {
  @Parameters(
      paramLabel = "ID",
      description = "The registration's number, as ovsm run -v shows it.")
  private long id;

  @Option(
      names = "--slot",
      paramLabel = "N",
      description = "The slot asked about (default: all, shortened to the last steps).")
  private long slot = -1;

  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description =
          "A run's folder, or one of runs, of which the last is meant (default: "
              + RunFolder.USUAL
              + ").")
  private String run = RunFolder.USUAL;

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Optional<PastRun> past = PastRun.find(run, found);
    List<String> lines = past.map(one -> one.why(id, slot, found)).orElse(List.of());
    lines.forEach(terminal.out()::println);
    found.list().forEach(terminal::report);
    if (past.isEmpty()) {
      return ExitCode.ENVIRONMENT;
    }
    return found.hasErrors() ? ExitCode.FINDINGS : ExitCode.OK;
  }
}
