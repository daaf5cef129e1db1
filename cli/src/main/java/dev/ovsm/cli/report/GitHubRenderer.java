package dev.ovsm.cli.report;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import dev.ovsm.verifier.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For GitHub Actions: workflow commands that become annotations, and a table in the job's summary.
 *
 * <p>GitHub shows ten annotations of each severity a step and drops the rest without a word, so the
 * tenth says how many more there are.
 */
final class GitHubRenderer implements Renderer {
  private static final int MOST = 10;

  /** In UTF-16 units: in UTF-8 less than the 64 kilobytes that an annotation may have. */
  private static final int MOST_MESSAGE = 16_000;

  private static final int MOST_SUMMARY = 1024 * 1024;

  private final @Nullable Path summary;

  GitHubRenderer(@Nullable Path summary) {
    this.summary = summary;
  }

  @Override
  public void render(List<FileReport> reports, PrintWriter out) {
    for (Severity severity : Severity.values()) {
      annotate(reports, severity, out);
    }
    if (summary != null) {
      append(summary, table(reports));
    }
  }

  private static void annotate(List<FileReport> reports, Severity severity, PrintWriter out) {
    List<String> commands = new ArrayList<>();
    for (FileReport report : reports) {
      for (Diagnostic diagnostic : report.diagnostics()) {
        if (diagnostic.severity() == severity) {
          commands.add(command(report.file(), diagnostic));
        }
      }
    }
    int shown = commands.size() > MOST ? MOST - 1 : commands.size();
    commands.subList(0, shown).forEach(out::println);
    if (shown < commands.size()) {
      String text = "and " + (commands.size() - shown) + " more: --format sarif has them all";
      out.println("::" + word(severity) + " title=ovsm lint::" + message(text));
    }
  }

  private static String command(String file, Diagnostic diagnostic) {
    StringBuilder properties = new StringBuilder();
    Optional<Location> location = Location.of(diagnostic);
    properties.append("file=").append(property(location.map(Location::file).orElse(file)));
    location.ifPresent(
        at -> {
          properties.append(",line=").append(at.line()).append(",endLine=").append(at.endLine());
          if (at.line() == at.endLine()) {
            properties.append(",col=").append(at.column());
            properties.append(",endColumn=").append(at.endColumn());
          }
        });
    properties.append(",title=").append(property(title(diagnostic)));
    return "::" + word(diagnostic.severity()) + " " + properties + "::" + message(text(diagnostic));
  }

  private static String title(Diagnostic diagnostic) {
    return diagnostic.code().id() + " " + diagnostic.code().title();
  }

  private static String text(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder(diagnostic.message());
    if (diagnostic.place() != null) {
      text.append("\nat: ").append(diagnostic.place());
    }
    diagnostic
        .labels()
        .forEach(label -> text.append('\n').append(label.span()).append(": ").append(label.text()));
    diagnostic.remarks().forEach(note -> text.append("\nnote: ").append(note));
    if (diagnostic.help() != null) {
      text.append("\nhelp: ").append(diagnostic.help());
    }
    if (text.length() > MOST_MESSAGE) {
      text.setLength(
          Character.isHighSurrogate(text.charAt(MOST_MESSAGE - 1))
              ? MOST_MESSAGE - 1
              : MOST_MESSAGE);
      text.append("…");
    }
    return text.toString();
  }

  private static String word(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "notice";
    };
  }

  /** The text after the second pair of colons. */
  static String message(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** The value of a property, which a comma or a colon would end. */
  static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String table(List<FileReport> reports) {
    StringBuilder table = new StringBuilder("### ovsm lint\n\n");
    table.append("| file | entry | property | verdict | figure |\n|---|---|---|---|---|\n");
    for (FileReport report : reports) {
      for (Finding finding : report.findings()) {
        String row =
            "| "
                + String.join(
                    " | ",
                    cell(report.file()),
                    cell(finding.entry()),
                    finding.property().word(),
                    finding.verdict().word(),
                    cell(finding.figure()))
                + " |\n";
        if (table.length() + row.length() < MOST_SUMMARY / 4) {
          table.append(row);
        }
      }
    }
    return table.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
