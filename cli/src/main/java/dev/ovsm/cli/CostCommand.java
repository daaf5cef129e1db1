package dev.ovsm.cli;

import dev.ovsm.cli.cost.CostReport;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.history.PastRun;
import dev.ovsm.cli.program.Verification;
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

/** {@code ovsm cost FILE}: what each entry of a program takes in the worst case. */
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
      "  ovsm run examples/heartbeat.ovsm && ovsm cost examples/heartbeat.ovsm --run target/run",
      "",
      "Exit codes: 0 every entry has a bound, 1 the verifier refuses the source, 3 the",
      "file is no program, 4 it cannot be read, 5 some entry has no bound."
    })
final class CostCommand implements Command {
  @Parameters(arity = "1", paramLabel = "FILE", description = "A source or a compiled program.")
  private String file = "";

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

  @Option(names = "--all", description = "Show every line, not only those that take the most.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object a line, one of each entry.")
  private boolean json;

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Optional<byte[]> bytes = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
    Optional<Verification.Costs> costs =
        bytes.map(content -> Verification.costs(file, content, found));
    found.list().forEach(terminal::report);
    if (costs.isEmpty()) {
      return ExitCode.ENVIRONMENT;
    }
    Diagnostics problems = new Diagnostics();
    Map<String, Long> seen = measured(costs.get().entries(), problems);
    if (problems.hasErrors()) {
      problems.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    CostReport report = new CostReport(costs.get().entries(), costs.get().lines(), seen);
    if (json) {
      report.writeJson(terminal.out());
    } else {
      report.writeText(terminal.out(), all);
    }
    return switch (costs.get().outcome()) {
      case UNSAFE -> ExitCode.FINDINGS;
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case COMPILED -> {
        boolean unbounded =
            costs.get().entries().stream().anyMatch(cost -> cost.units() == Cost.UNBOUNDED);
        yield unbounded ? ExitCode.UNKNOWN : ExitCode.OK;
      }
    };
  }

  private Map<String, Long> measured(List<Cost> entries, Diagnostics found) {
    Map<String, Long> all = new HashMap<>();
    if (past != null) {
      PastRun.find(past, found).ifPresent(run -> all.putAll(run.largest(found)));
    }
    if (measured > 0) {
      entries.forEach(cost -> all.put(cost.entry(), measured));
    }
    return all;
  }
}
