package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was found, by entry and property; {@code verified} is present if and only if
 * nothing is unsafe.
 */
public record Report(List<Finding> findings, Optional<Verified> verified) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether some finding has this verdict. */
  public boolean has(Verdict verdict) {
    return findings.stream().anyMatch(finding -> finding.verdict() == verdict);
  }

  /** The same without doubts about the compute units of entries that get as many as they need. */
  public Report withoutCompute(Set<String> entries) {
    return new Report(
        findings.stream()
            .filter(
                finding ->
                    finding.property() != Property.COMPUTE
                        || finding.verdict() == Verdict.SAFE
                        || !entries.contains(finding.entry()))
            .toList(),
        verified);
  }

  /** The diagnostics of all findings, each once. */
  public List<Diagnostic> diagnostics() {
    return findings.stream().map(Finding::diagnostic).filter(Objects::nonNull).distinct().toList();
  }
}
