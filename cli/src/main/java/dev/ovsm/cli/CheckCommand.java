package dev.ovsm.cli;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.cli.report.FileReport;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm check FILE…}: what the compiler has to say of sources, without making a program. */
@CommandLine.Command(
    name = "check",
    description = {
      "Read, expand, resolve and type sources as one program, as compile does, and stop there.",
      "",
      "Nothing is written and nothing is proved: lint proves."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm check examples/heartbeat.ovsm",
      "  ovsm check main.ovsm helpers.ovsm --format json",
      "",
      "Exit codes: 0 the sources are a program, warnings or not, 2 wrong usage, 3 a source does"
          + " not",
      "parse or type, 4 a file cannot be read."
    })
final class CheckCommand implements Command {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Sources in OVSM.")
  private List<String> files = List.of();

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing unless something is wrong.")
  private boolean quiet;

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    List<Source> sources = new ArrayList<>();
    boolean isRead = true;
    for (String file : files) {
      Optional<byte[]> bytes = InputFile.bytes(file, InputFile.MOST_SOURCE, found);
      isRead &= bytes.isPresent();
      bytes.flatMap(text -> InputFile.source(file, text, found)).ifPresent(sources::add);
    }
    if (!found.hasErrors()) {
      Compilation.phases(sources, found);
    }
    report(found, terminal);
    if (!isRead) {
      return ExitCode.ENVIRONMENT;
    }
    return found.hasErrors() ? ExitCode.NOT_A_PROGRAM : ExitCode.OK;
  }

  private void report(Diagnostics found, Terminal terminal) {
    if (!format.isHuman()) {
      format.print(List.of(new FileReport(files.get(0), List.of(), found.list())), terminal);
      return;
    }
    found.list().forEach(terminal::report);
    if (!quiet && !found.hasErrors()) {
      String last = found.list().isEmpty() ? "" : ", with warnings";
      terminal
          .out()
          .println(String.format(Locale.ROOT, "%s: a program%s", String.join(", ", files), last));
    }
  }
}
