package dev.ovsm.cli;

import dev.ovsm.cli.report.FileReport;
import dev.ovsm.cli.report.Format;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says in which form files are reported on. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "human, json, sarif or github (default: human).")
  private Format format = Format.HUMAN;

  /** Whether the report is for people. */
  boolean isHuman() {
    return format == Format.HUMAN;
  }

  /** Writes reports in the form that was asked for. */
  void print(List<FileReport> reports, Terminal terminal) {
    String summary = System.getenv("GITHUB_STEP_SUMMARY");
    format
        .renderer(Version.number(), summary == null ? null : Path.of(summary))
        .render(reports, terminal.out());
  }
}
