package dev.ovsm.cli.report;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.verifier.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found in one file.
 *
 * @param file the path as the user gave it
 * @param findings what the verifier found, empty if it did not come so far
 * @param others what other phases found
 */
public record FileReport(String file, List<Finding> findings, List<Diagnostic> others) {
  public FileReport {
    findings = List.copyOf(findings);
    others = List.copyOf(others);
  }

  /** The same without some diagnostics; verdicts stay. */
  public FileReport without(Set<Diagnostic> dropped) {
    List<Finding> kept =
        findings.stream()
            .map(
                one ->
                    one.diagnostic() == null || !dropped.contains(one.diagnostic())
                        ? one
                        : new Finding(
                            one.entry(), one.property(), one.verdict(), one.figure(), null))
            .toList();
    return new FileReport(file, kept, others.stream().filter(d -> !dropped.contains(d)).toList());
  }

  /** All diagnostics, those of earlier phases first, each once. */
  public List<Diagnostic> diagnostics() {
    Set<Diagnostic> all = new LinkedHashSet<>(others);
    for (Finding finding : findings) {
      if (finding.diagnostic() != null) {
        all.add(finding.diagnostic());
      }
    }
    return List.copyOf(all);
  }
}
