package dev.ovsm.cli;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Verification;
import dev.ovsm.cli.report.FileReport;
import dev.ovsm.cli.report.Format;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm lint FILE…}: what the verifier proves of programs, and what it finds wrong. */
@CommandLine.Command(
    name = "lint",
    description = "Verify programs: loops, compute units, events, determinism.",
    footer = {
      "",
      "Examples:",
      "  ovsm lint examples/heartbeat.ovsm",
      "  ovsm lint src/*.ovsm --format sarif --fail-level warning >findings.sarif",
      "",
      "Exit codes: 0 all safe, 1 something is unsafe or at the fail level,",
      "2 wrong usage, 3 a file is no program, 4 a file cannot be read,",
      "5 something is unknown."
    })
final class LintCommand implements Command {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Sources or compiled programs.")
  private List<String> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "human, json, sarif or github (default: human).")
  private Format format = Format.HUMAN;

  @Option(
      names = "--fail-level",
      paramLabel = "LEVEL",
      description =
          "Fail at diagnostics of this severity: error, warning or note (default: error).")
  private FailLevel failLevel = FailLevel.ERROR;

  @Option(
      names = "--strict",
      description = "Refuse what is only doubtful, such as the time of day.")
  private boolean strict;

  @Override
  public ExitCode run(Terminal terminal) {
    List<FileReport> reports = new ArrayList<>();
    ExitCode worst = ExitCode.OK;
    for (String file : files) {
      Outcome outcome = lint(file);
      reports.add(outcome.report);
      worst = rank(outcome.code) > rank(worst) ? outcome.code : worst;
    }
    String summary = System.getenv("GITHUB_STEP_SUMMARY");
    format
        .renderer(Version.number(), summary == null ? null : Path.of(summary))
        .render(reports, terminal.out());
    if (format == Format.HUMAN) {
      reports.forEach(report -> report.diagnostics().forEach(terminal::report));
    }
    return worst;
  }

  /** Which code wins when files differ: what hides other findings comes first. */
  private static int rank(ExitCode code) {
    return switch (code) {
      case OK -> 0;
      case UNKNOWN -> 1;
      case FINDINGS -> 2;
      case NOT_A_PROGRAM -> 3;
      case USAGE, ENVIRONMENT, INTERNAL, UNWANTED -> 4;
    };
  }

  private record Outcome(FileReport report, ExitCode code) {}

  private Outcome lint(String file) {
    Diagnostics found = new Diagnostics();
    Optional<byte[]> bytes = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
    if (bytes.isEmpty()) {
      return new Outcome(new FileReport(file, List.of(), found.list()), ExitCode.ENVIRONMENT);
    }
    Policy policy = strict ? Policy.strictest() : Policy.standard();
    Optional<List<Finding>> findings =
        isElf(bytes.get()) || file.endsWith(".so")
            ? Verification.ofProgram(file, bytes.get(), policy, found)
            : InputFile.source(file, bytes.get(), found)
                .flatMap(source -> Verification.ofSource(source, policy, found));
    return findings
        .map(all -> judged(file, all, found))
        .orElseGet(
            () ->
                new Outcome(new FileReport(file, List.of(), found.list()), ExitCode.NOT_A_PROGRAM));
  }

  private static boolean isElf(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L';
  }

  private Outcome judged(String file, List<Finding> findings, Diagnostics found) {
    FileReport report = new FileReport(file, findings, found.list());
    boolean unsafe = findings.stream().anyMatch(f -> f.verdict() == Verdict.UNSAFE);
    boolean unknown = findings.stream().anyMatch(f -> f.verdict() == Verdict.UNKNOWN);
    boolean fails =
        report.diagnostics().stream()
            .anyMatch(diagnostic -> failLevel.includes(diagnostic.severity()));
    ExitCode otherwise = unknown ? ExitCode.UNKNOWN : ExitCode.OK;
    return new Outcome(report, unsafe || fails ? ExitCode.FINDINGS : otherwise);
  }
}
