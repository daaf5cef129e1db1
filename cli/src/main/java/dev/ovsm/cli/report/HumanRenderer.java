package dev.ovsm.cli.report;

import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** For people: of each entry a line for each property, and a line of sums at the end. */
final class HumanRenderer implements Renderer {
  @Override
  public void render(List<FileReport> reports, PrintWriter out) {
    for (FileReport report : reports) {
      if (!report.findings().isEmpty()) {
        out.println(report.file());
        byEntry(report).forEach((entry, findings) -> entry(entry, findings, out));
      }
    }
    if (reports.stream().anyMatch(report -> !report.findings().isEmpty())) {
      sums(reports, out);
    }
  }

  private static Map<String, List<Finding>> byEntry(FileReport report) {
    Map<String, List<Finding>> entries = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      entries.computeIfAbsent(finding.entry(), name -> new ArrayList<>()).add(finding);
    }
    return entries;
  }

  private static void entry(String name, List<Finding> findings, PrintWriter out) {
    out.println("  " + name);
    for (Finding finding : findings) {
      out.println(
          String.format(
              Locale.ROOT,
              "    %-8s %-14s %s",
              finding.verdict().word(),
              finding.property().word(),
              finding.figure()));
    }
  }

  private static void sums(List<FileReport> reports, PrintWriter out) {
    Map<Verdict, Long> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      long count =
          reports.stream()
              .flatMap(report -> report.findings().stream())
              .filter(finding -> finding.verdict() == verdict)
              .count();
      counts.put(verdict, count);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((verdict, count) -> parts.add(count + " " + verdict.word()));
    out.println(String.join(", ", parts));
  }
}
